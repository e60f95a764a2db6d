#include "parsers/baggage.h"

#include "parsers/convert.h"

#include <string.h>

enum {
	GRAMS_PER_POUND_E5 = 45359237, /* 0.45359237 kg, exactly */
	TAG_FIRST_ELEMENT = 4,	       /* pool or tags from here on */
	PIECES_MAX = 99,
};

/* The same bag on another leg may come with the carrier of that leg. */
static bool has_tag(const struct traveller *t, struct str tag)
{
	for (uint32_t i = 0; i < t->nr_bags; i++)
		if (str_eq(t->bags[i].tag, tag))
			return true;
	return false;
}

/* `tag` with its last digits counted up by `by`; same width. */
static struct str tag_plus(struct walk *w, struct str tag, uint32_t by)
{
	struct str out;
	char *p;

	if (by == 0)
		return tag;
	out = arena_str(w->arena, tag);
	p = (char *)(uintptr_t)out.ptr;
	for (size_t i = tag.len; i-- > 0 && by;) {
		if (p[i] < '0' || p[i] > '9')
			break;
		by += (uint32_t)(p[i] - '0');
		p[i] = (char)('0' + by % 10);
		by /= 10;
	}
	return out;
}

/* A piece that was counted on another leg gets its tag now. */
static struct bag *untagged(const struct traveller *t)
{
	for (uint32_t i = 0; i < t->nr_bags; i++)
		if (!t->bags[i].tag.ptr)
			return &t->bags[i];
	return NULL;
}

/* As bags_add_run(); `first` has the first tag and what all have. */
static void add_run(struct walk *w, struct traveller *t, struct bag first,
		    uint32_t nr)
{
	t->known_bags = true;
	for (uint32_t i = 0; i < nr && i < BAG_RUN_MAX; i++) {
		struct str tag = tag_plus(w, first.tag, i);
		struct bag *bag;

		if (has_tag(t, tag))
			continue;
		bag = untagged(t);
		if (!bag)
			bag = LIST_PUSH(w, t, bags);
		*bag = first;
		bag->tag = tag;
	}
}

void bags_add_run(struct walk *w, struct traveller *t, struct str first,
		  struct str carrier, struct str destination, uint32_t nr)
{
	add_run(w, t,
		(struct bag){ .tag = first,
			      .carrier = carrier,
			      .destination = destination },
		nr);
}

void bags_fill(struct walk *w, struct traveller *t, int64_t pieces)
{
	t->known_bags = true;
	if (pieces > PIECES_MAX)
		pieces = PIECES_MAX;
	while (t->nr_bags < pieces)
		LIST_PUSH(w, t, bags);
}

uint32_t bags_run_length(struct walk *w, struct piece v)
{
	int64_t n;

	if (v.text.len > 3 || !str_is_digits(v.text) ||
	    !str_to_i64(v.text, &n) || n < 1 || n > BAG_RUN_MAX)
		return 1;
	piece_claim(w, v);
	return (uint32_t)n;
}

void bag_weight_read(struct walk *w, struct piece weight, struct piece unit,
		     struct number *kilograms)
{
	int64_t milli;

	if (!piece_is_set(weight) || !decimal_read(weight.text, &milli) ||
	    milli <= 0 || milli > 1000000000 || piece_is(unit, "702"))
		return;
	piece_claim(w, weight);
	piece_claim(w, unit);
	if (piece_is(unit, "701") || piece_is(unit, "LBR"))
		milli = (milli * GRAMS_PER_POUND_E5 + 50000000) / 100000000;
	*kilograms = (struct number){ milli, true };
}

/* HP head of a pool, MP member, NP none: the element's own text tells. */
static bool is_pool(struct piece v)
{
	return piece_is(v, "HP") || piece_is(v, "MP") || piece_is(v, "NP") ||
	       piece_is(v, "YP");
}

static bool other_has_tag(const struct booking *b, const struct traveller *t,
			  struct str tag)
{
	for (uint32_t i = 0; i < b->nr_travellers; i++)
		if (&b->travellers[i] != t && has_tag(&b->travellers[i], tag))
			return true;
	return false;
}

static bool is_tag(struct piece v)
{
	return piece_is_set(v) && str_is_alnum(v.text);
}

/* Elements of the TBD at hand that hold a tag. */
static unsigned count_tags(const struct walk *w, unsigned first)
{
	unsigned n = 0;

	for (unsigned e = first; e <= w->seg.elems; e++)
		n += is_tag(piece_at(w, e, 2));
	return n;
}

struct tbd {
	int64_t pieces; /* 0: not stated */
	unsigned first; /* element of the first tag */
	bool member;	/* of somebody else's pool */
};

static void read_tags(struct walk *w, struct booking *b, struct traveller *t,
		      const struct tbd *tbd)
{
	bool one_each = count_tags(w, tbd->first) == tbd->pieces;

	for (unsigned e = tbd->first; e <= w->seg.elems; e++) {
		struct piece number = piece_at(w, e, 2);
		struct piece place = piece_at(w, e, 4);
		struct piece issuer = piece_at(w, e, 5);
		struct bag first = { .tag = STR_NONE };
		uint32_t run = bags_run_length(w, piece_at(w, e, 3));

		if (!is_tag(number))
			continue;
		first.tag = piece_keep(w, number);
		first.carrier = keep_at(w, e, 1);
		if (piece_is_set(place))
			convert_airport(w, place, &first.destination);
		if (issuer.text.len == 3 && str_is_digits(issuer.text))
			first.issuer = piece_keep(w, issuer);
		if (one_each)
			run = 1;
		else if (tbd->pieces && run > tbd->pieces)
			run = (uint32_t)tbd->pieces;
		if (tbd->member && other_has_tag(b, t, first.tag))
			continue;
		add_run(w, t, first, run);
	}
}

void tbd_read(struct walk *w, struct booking *b, struct traveller *t)
{
	struct piece pool = piece_at(w, 4, 1), count = piece_at(w, 2, 1);
	struct piece ref = piece_at(w, 4, 2);
	struct tbd tbd = { 0, TAG_FIRST_ELEMENT, false };
	struct number pieces = { 0 };

	if (!is_pool(pool) && is_pool(piece_at(w, 3, 1))) {
		pool = piece_at(w, 3, 1);
		ref = piece_at(w, 3, 2);
	}
	if (is_pool(pool)) {
		if (piece_is_set(ref))
			convert_code(w, ref, &t->bag_pool_ref);
		t->bag_pool = piece_keep(w, pool);
		tbd.member = piece_is(pool, "MP") && b->nr_travellers > 1;
	}
	if (is_pool(piece_at(w, 4, 1)))
		tbd.first++;
	if (piece_is_set(count) && convert_int(w, count, &pieces))
		tbd.pieces = pieces.v;
	t->known_bags = true;
	read_tags(w, b, t, &tbd);
	if (tbd.member)
		return;
	bags_fill(w, t, tbd.pieces);
	bag_weight_read(w, piece_at(w, 2, 2), piece_at(w, 2, 3),
			&t->bag_weight);
}
