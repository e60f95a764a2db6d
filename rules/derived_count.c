#include "rules/derived_count.h"

/* Tags met so far, and pieces that have none. */
struct pieces {
	struct str tag[COUNT_MAX];
	uint32_t nr_tags, nr_bare;
	bool has_head; /* of a pool */
	bool known;
};

static bool is_new(const struct str *seen, uint32_t nr, struct str s)
{
	for (uint32_t i = 0; i < nr; i++)
		if (str_eq(seen[i], s))
			return false;
	return true;
}

static bool is_member(const struct traveller *t)
{
	return str_eq(t->bag_pool, STR("MP"));
}

static void add_bags(struct pieces *p, const struct traveller *t)
{
	if (!t->known_bags)
		p->known = false;
	if (str_eq(t->bag_pool, STR("HP")))
		p->has_head = true;
	for (uint32_t i = 0; p->known && i < t->nr_bags; i++) {
		struct str tag = t->bags[i].tag;

		if (p->nr_tags + p->nr_bare == COUNT_MAX)
			p->known = false;
		else if (!tag.len)
			p->nr_bare++;
		else if (is_new(p->tag, p->nr_tags, tag))
			p->tag[p->nr_tags++] = tag;
	}
}

/* His pieces are his head's; without a head here nobody knows them. */
static bool is_elsewhere(const struct pieces *p, const struct traveller *t)
{
	return is_member(t) && !t->nr_bags && !p->has_head;
}

static void set_pieces(struct value *out, const struct pieces *p)
{
	if (p->known)
		*out = value_exact(TYPE_INT, p->nr_tags + p->nr_bare);
}

void traveller_bag_count(struct value *out, const struct derived_input *in)
{
	const struct traveller *t = in->self;
	struct pieces p;

	if (!t)
		return;
	p.nr_tags = p.nr_bare = 0;
	p.has_head = false;
	p.known = true;
	add_bags(&p, t);
	if (!is_elsewhere(&p, t))
		set_pieces(out, &p);
}

/* All pieces of the booking; false when they are not known. */
static bool read_booking(struct pieces *p, const struct subject *s)
{
	p->nr_tags = p->nr_bare = 0;
	p->has_head = false;
	p->known = s->booking && s->traveller;
	if (!p->known)
		return false;
	add_bags(p, s->traveller);
	for (uint32_t i = 0; i < s->nr_co_travellers; i++)
		add_bags(p, s->co_traveller[i]);
	if (is_elsewhere(p, s->traveller))
		p->known = false;
	for (uint32_t i = 0; i < s->nr_co_travellers; i++)
		if (is_elsewhere(p, s->co_traveller[i]))
			p->known = false;
	return p->known;
}

void booking_bag_count(struct value *out, const struct derived_input *in)
{
	struct pieces p;

	if (read_booking(&p, in->subject))
		set_pieces(out, &p);
}

static struct value weight_of(const struct traveller *t)
{
	if (t->bag_weight.set)
		return value_exact(TYPE_DECIMAL, t->bag_weight.v);
	if (!t->nr_bags || is_member(t))
		return value_exact(TYPE_DECIMAL, 0);
	return VALUE_UNKNOWN(TYPE_DECIMAL);
}

void booking_bag_weight(struct value *out, const struct derived_input *in)
{
	const struct subject *s = in->subject;
	struct value sum, more;
	struct pieces p;

	if (!read_booking(&p, s))
		return;
	sum = weight_of(s->traveller);
	for (uint32_t i = 0; i < s->nr_co_travellers; i++) {
		more = weight_of(s->co_traveller[i]);
		sum = value_add(TYPE_DECIMAL, &sum, &more);
	}
	*out = sum;
}

void booking_split_count(struct value *out, const struct derived_input *in)
{
	const struct booking *b = in->subject->booking;
	struct str seen[COUNT_MAX + 1];
	uint32_t nr = 0, bare = 0;

	if (!b || !b->known_splits || b->nr_splits > COUNT_MAX)
		return;
	if (b->split_from.len)
		seen[nr++] = b->split_from;
	for (uint32_t i = 0; i < b->nr_splits; i++) {
		struct str other = b->splits[i].locator;

		if (!other.len)
			bare++;
		else if (is_new(seen, nr, other))
			seen[nr++] = other;
	}
	*out = value_exact(TYPE_INT, nr ? nr : bare > 0);
	out->hi = nr + bare;
}

/* Rows of the history that are meant. */
typedef bool history_test(const struct history *h);

static bool is_leg(const struct history *h)
{
	return !h->item.ptr || str_eq(h->item, STR("leg"));
}

static bool is_cancelled_leg(const struct history *h)
{
	return is_leg(h) && str_eq(h->action, STR("cancelled"));
}

static bool is_added_leg(const struct history *h)
{
	return is_leg(h) && str_eq(h->action, STR("added"));
}

static bool is_name(const struct history *h)
{
	return str_eq(h->item, STR("name"));
}

/* Is there a row of that kind and moment among the first `nr`? */
static bool has_moment(const struct booking *b, uint32_t nr, struct moment at,
		       history_test *test)
{
	for (uint32_t k = 0; k < nr; k++)
		if (test(&b->history[k]) && moment_is_set(b->history[k].at) &&
		    b->history[k].at.s == at.s)
			return true;
	return false;
}

static void count_moments(struct value *out, const struct booking *b,
			  history_test *test)
{
	uint32_t nr = 0, bare = 0;

	if (!b || !b->known_history || b->nr_history > COUNT_MAX)
		return;
	for (uint32_t i = 0; i < b->nr_history; i++) {
		const struct history *h = &b->history[i];

		if (!test(h))
			continue;
		if (!moment_is_set(h->at))
			bare++;
		else if (!has_moment(b, i, h->at, test))
			nr++;
	}
	*out = value_exact(TYPE_INT, nr ? nr : bare > 0);
	out->hi = nr + bare;
}

void booking_change_count(struct value *out, const struct derived_input *in)
{
	count_moments(out, in->subject->booking, is_leg);
}

void booking_name_changes(struct value *out, const struct derived_input *in)
{
	count_moments(out, in->subject->booking, is_name);
}

void booking_rebookings(struct value *out, const struct derived_input *in)
{
	const struct booking *b = in->subject->booking;
	uint32_t nr = 0, bare = 0, added = 0;

	if (!b || !b->known_history || b->nr_history > COUNT_MAX)
		return;
	for (uint32_t i = 0; i < b->nr_history; i++) {
		const struct history *h = &b->history[i];

		added += is_added_leg(h);
		if (!moment_is_set(h->at))
			bare += is_cancelled_leg(h) || is_added_leg(h);
		else if (is_cancelled_leg(h) &&
			 !has_moment(b, i, h->at, is_cancelled_leg) &&
			 has_moment(b, b->nr_history, h->at, is_added_leg))
			nr++;
	}
	*out = value_exact(TYPE_INT, nr);
	out->hi = added ? nr + bare : 0;
}

void traveller_discrepancies(struct value *out, const struct derived_input *in)
{
	const struct subject *s = in->subject;

	if (!s->nr_comparisons || in->self != s->traveller)
		return;
	*out = value_exact(TYPE_INT, 0);
	for (uint32_t i = 0; i < s->nr_comparisons; i++) {
		out->lo += s->comparison[i].differs == FLAG_YES;
		out->hi += s->comparison[i].differs != FLAG_NO;
	}
}
