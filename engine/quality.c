#include "engine/quality.h"

#include <string.h>

static bool has_given(const struct traveller *t, const struct booking *b)
{
	(void)b;
	return t->given.len > 0;
}

static bool has_contact(const struct traveller *t, const struct booking *b)
{
	return t->nr_contacts || t->nr_addresses ||
	       (b && (b->nr_contacts || b->nr_addresses));
}

static bool has_payment(const struct traveller *t, const struct booking *b)
{
	(void)t;
	for (uint32_t i = 0; b && i < b->nr_payments; i++)
		if (b->payments[i].form.len)
			return true;
	return false;
}

static bool has_booked(const struct traveller *t, const struct booking *b)
{
	(void)t;
	return b && moment_is_set(b->created_at);
}

static bool has_itinerary(const struct traveller *t, const struct booking *b)
{
	(void)t;
	for (uint32_t i = 0; b && i < b->nr_legs; i++) {
		const struct leg *l = &b->legs[i];

		if (str_eq(l->number, STR("ARNK")))
			continue;
		if (!l->origin.len || !l->destination.len ||
		    !moment_is_set(l->departs))
			return false;
	}
	return b && b->nr_legs;
}

static bool has_agency(const struct traveller *t, const struct booking *b)
{
	(void)t;
	return b && (b->agency.number.len || b->agency.office.len ||
		     b->agency.system.len);
}

static bool has_birth_date(const struct traveller *t, const struct booking *b)
{
	(void)b;
	return date_is_full(t->birth_date) && date_is_valid(t->birth_date);
}

static bool has_sex(const struct traveller *t, const struct booking *b)
{
	(void)b;
	return t->sex.len > 0;
}

static bool has_nationality(const struct traveller *t, const struct booking *b)
{
	(void)b;
	return t->nationality.len > 0;
}

static bool has_document(const struct traveller *t, const struct booking *b)
{
	(void)b;
	for (uint32_t i = 0; i < t->nr_documents; i++)
		if (t->documents[i].number.len)
			return true;
	return false;
}

static bool has_expiry(const struct traveller *t, const struct booking *b)
{
	(void)b;
	for (uint32_t i = 0; i < t->nr_documents; i++)
		if (date_is_full(t->documents[i].expires))
			return true;
	return false;
}

static bool has_issuer(const struct traveller *t, const struct booking *b)
{
	(void)b;
	for (uint32_t i = 0; i < t->nr_documents; i++)
		if (t->documents[i].issuer.len)
			return true;
	return false;
}

#define DIFFER(points, item)
const struct quality_rule quality_rules[] = {
#define RULE(name, side, points, code, check, help) \
	{ QUALITY_##side, points, code, check, help },
#include "engine/quality.def"
#undef RULE
};
#undef DIFFER

const size_t quality_rules_nr = ARRAY_SIZE(quality_rules);

#define RULE(name, side, points, code, check, help)
static const struct {
	const char *item, *code;
	int32_t points;
} differences[] = {
#define DIFFER(points, item) { #item, "differs-" #item, points },
#include "engine/quality.def"
#undef DIFFER
};
#undef RULE

_Static_assert(ARRAY_SIZE(quality_rules) + ARRAY_SIZE(differences) <=
		       QUALITY_SIDES_REASONS,
	       "room for every reason");

/* A reason that both sides may give stands once, and costs each time. */
static void take_off(struct quality *q, int32_t points, const char *code)
{
	uint32_t i = 0;

	q->score = q->score > points ? q->score - points : 0;
	while (i < q->nr && strcmp(q->reason[i], code) != 0)
		i++;
	if (i == q->nr)
		q->reason[q->nr++] = code;
}

void quality_of_traveller(struct quality *out, unsigned sides,
			  const struct traveller *t, const struct booking *b)
{
	out->score = QUALITY_FULL;
	out->nr = 0;
	for (size_t i = 0; i < quality_rules_nr; i++) {
		const struct quality_rule *r = &quality_rules[i];

		if ((r->side & sides) && !r->check(t, b))
			take_off(out, r->points, r->code);
	}
}

void quality_of_subject(struct quality *out, const struct subject *s)
{
	unsigned sides = s->booking ? QUALITY_PNR : QUALITY_API;

	if (s->nr_comparisons)
		sides |= QUALITY_API;
	quality_of_traveller(out, sides, s->traveller, s->booking);
	for (size_t i = 0; i < ARRAY_SIZE(differences); i++)
		for (uint32_t k = 0; k < s->nr_comparisons; k++)
			if (s->comparison[k].differs == FLAG_YES &&
			    str_eq(s->comparison[k].item,
				   str_of(differences[i].item)))
				take_off(out, differences[i].points,
					 differences[i].code);
}
