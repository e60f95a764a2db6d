/*
 * fuzz_edifact.c - the reader on any bytes: parts lie in order inside their
 * segment, segments follow each other, and reading comes to an end
 */
#include "parsers/una.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
	if (!ok)
		abort();
}

static void check_segment(struct str in, const struct edi_reader *r,
			  const struct edi_segment *s, struct arena *a)
{
	uint32_t at = s->body;

	check(s->pos <= s->body && s->body <= s->term && s->term <= s->end);
	check(s->end <= in.len && r->pos == s->end);
	for (unsigned e = 1; e <= s->elems; e++)
		for (unsigned c = 1; c <= edi_components(s, e); c++) {
			struct edi_part p, all;
			struct str text;

			check(edi_part(s, e, c, &p));
			text = edi_clean(&r->syn, in, &p, a);
			check(p.pos >= at && p.pos + p.len <= s->end);
			check(text.len <= p.len);
			edi_raw_range(&r->syn, in, &p, 0, text.len, &all);
			check(all.pos >= p.pos &&
			      all.pos + all.len <= p.pos + p.len);
			at = p.pos + p.len;
		}
}

/* The plain twin gives the same segment. */
static void check_twin(struct edi_reader *twin, const struct edi_segment *s)
{
	struct edi_segment t;

	check(edi_next_plain(twin, &t));
	check(t.code == s->code && t.pos == s->pos && t.body == s->body &&
	      t.term == s->term && t.end == s->end && t.odd == s->odd &&
	      t.nr == s->nr && t.elems == s->elems);
	for (uint32_t i = 0; i < s->nr; i++) {
		struct edi_part p = edi_part_nr(s, i), q = edi_part_nr(&t, i);

		check(p.pos == q.pos && p.len == q.len && p.dirty == q.dirty);
	}
	for (uint32_t e = 1; e <= s->elems; e++)
		check(edi_components(&t, e) == edi_components(s, e));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena arena;
	struct str in = { (const char *)data, size };
	struct edi_start start;
	size_t pos = 0;

	while (edi_find_start(in, pos, &start)) {
		struct edi_reader r, twin;
		struct edi_segment s;

		check(start.una >= pos && start.una <= start.unb);
		edi_init(&r, in, start.unb, &start.syntax, &arena);
		edi_init(&twin, in, start.unb, &start.syntax, &arena);
		while (edi_next(&r, &s)) {
			check_segment(in, &r, &s, &arena);
			check_twin(&twin, &s);
		}
		check(!edi_next_plain(&twin, &s));
		pos = start.unb + 3;
		arena_clear(&arena);
		if (pos > 4096) /* many starts: quadratic, and nothing new */
			break;
	}
	arena_clear(&arena);
	return 0;
}
