/*
 * pax_unknown.c - tags and codes that say nothing in a PAXLST
 *
 * They are skipped, and the sender is told: once for each tag and code, for a
 * code that one traveller has, the others have, too. The text names neither:
 * what stands there may be anything.
 */
#include "parsers/paxlst.h"

#include <string.h>

/* Was it told before, or is the list of those full? */
static bool is_told(struct paxlst *p, uint32_t tag, struct str code)
{
	struct pax_unknown u = { .tag = tag };

	memcpy(u.code, code.ptr ? code.ptr : "",
	       code.len < PAX_CODE_MAX ? code.len : PAX_CODE_MAX);
	for (uint32_t i = 0; i < p->nr_unknown; i++)
		if (!memcmp(&p->unknown[i], &u, sizeof(u)))
			return true;
	if (p->nr_unknown == PAX_UNKNOWN_MAX)
		return true;
	p->unknown[p->nr_unknown++] = u;
	return false;
}

/* Is there a row for the tag, in whatever phase? */
static bool is_known_tag(uint32_t tag)
{
	for (size_t i = 0; i < pax_rows_nr; i++)
		if (tag == EDI_TAG((uint8_t)pax_rows[i].tag[0],
				   (uint8_t)pax_rows[i].tag[1],
				   (uint8_t)pax_rows[i].tag[2]))
			return true;
	return false;
}

void pax_note_unknown(struct walk *w, struct piece code)
{
	bool tag = is_known_tag(w->seg.code);

	if (w->seg.odd & EDI_BAD_TAG)
		return; /* told already: no segment at all */
	if (tag && !piece_is_set(code))
		return; /* empty is absent */
	if (is_told(paxlst_of(w), w->seg.code, tag ? code.text : STR_NONE))
		return;
	if (tag)
		diag_add(w->parsed, w->arena, DIAG_INFO, "code-unknown",
			 piece_span(w, code).pos,
			 "this code says nothing here; what it stands for is "
			 "skipped");
	else
		diag_add(w->parsed, w->arena, DIAG_INFO, "segment-unknown",
			 w->seg.pos, "no segment of a PAXLST; skipped");
}
