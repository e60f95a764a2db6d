/*
 * pax_twice.c - a traveller who stands on a list twice
 *
 * Senders list persons in transit as FL and as DDU. Both are read; linking
 * knows them for one by the carrier's reference or the document. The sender
 * is told.
 */
#include "parsers/paxlst.h"

/* What tells persons apart; its seed keeps references and numbers apart. */
static uint32_t hash_of(struct str s, uint32_t seed)
{
	uint32_t h = 2166136261u ^ seed;

	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (uint8_t)s.ptr[i]) * 16777619u;
	return h ^ h >> 15;
}

/* Travellers by what they are known by; places hold an index + 1, or 0. */
struct known {
	const struct traveller *who;
	uint32_t *place, mask;
};

static bool has_reference(const struct traveller *t, struct str id)
{
	return str_eq(t->carrier_id, id);
}

static bool has_document(const struct traveller *t, struct str id)
{
	return t->nr_documents && str_eq(t->documents[0].number, id);
}

/* Is somebody before traveller `i` known by `id`? Then he is, too. */
static bool is_known(const struct known *k, uint32_t i, struct str id,
		     uint32_t seed,
		     bool (*has)(const struct traveller *t, struct str id))
{
	uint32_t at;

	if (str_empty(id))
		return false;
	for (at = hash_of(id, seed) & k->mask; k->place[at];
	     at = (at + 1) & k->mask)
		if (k->place[at] - 1 != i && has(&k->who[k->place[at] - 1], id))
			return true;
	k->place[at] = i + 1;
	return false;
}

void pax_note_repeated(struct walk *w)
{
	const struct message *m = w->msg;
	struct known k = { .who = m->travellers };
	uint32_t size = 4;

	if (m->nr_travellers < 2)
		return;
	while (size < 4 * m->nr_travellers)
		size *= 2;
	k.mask = size - 1;
	k.place = arena_alloc(w->arena, size * sizeof(*k.place));
	for (uint32_t i = 0; i < m->nr_travellers; i++) {
		const struct traveller *t = &m->travellers[i];
		struct str number =
			t->nr_documents ? t->documents[0].number : STR_NONE;
		bool by_id = is_known(&k, i, t->carrier_id, 0, has_reference);

		if (is_known(&k, i, number, 1, has_document) || by_id)
			diag_add(w->parsed, w->arena, DIAG_WARNING,
				 "traveller-repeated", t->pos,
				 "this traveller stands on the list before");
	}
}
