#include "rules/validity.h"

#define ART_6_4 "Directive (EU) 2016/681 Art. 6(4)"

/* The last day of a validity that begins on `d`. */
static struct date review_due(struct date d)
{
	int month = d.month - 1 + VALIDITY_MAX_MONTHS;

	d.year = (int16_t)(d.year + month / 12);
	d.month = (uint8_t)(month % 12 + 1);
	while (d.day > 28 && !date_is_valid(d))
		d.day--;
	return d;
}

void validity_read(struct validity *out, struct faults *f,
		   const struct yaml_node *map)
{
	static const char *const keys[] = { "from", "until", NULL };
	const struct yaml_node *n = yaml_get(map, STR("valid"));

	*out = (struct validity){ DATE_NONE, DATE_NONE };
	if (n && !read_map(f, n, keys))
		return;
	if (n) {
		out->from = read_date(f, n, "from");
		out->until = read_date(f, n, "until");
	}
	if (!validity_is_set(out)) {
		fault_at(f, ERR_LEGAL, n ? n : map,
			 ART_6_4 " and C-817/19, 201: criteria are reviewed "
				 "regularly; add 'valid: {from: 2026-09-01, "
				 "until: 2027-02-28}'");
		return;
	}
	if (date_to_days(out->until) < date_to_days(out->from))
		fault_at(f, ERR_VALUE, n, "the validity ends before it begins");
	else if (date_to_days(out->until) > date_to_days(review_due(out->from)))
		fault_at(f, ERR_LEGAL, n,
			 ART_6_4 " and C-817/19, 201: the validity is longer "
				 "than the review period of %d months",
			 VALIDITY_MAX_MONTHS);
}

bool validity_is_set(const struct validity *v)
{
	return date_is_set(v->from) && date_is_set(v->until);
}

bool validity_covers(const struct validity *v, const struct validity *other)
{
	return date_to_days(v->from) <= date_to_days(other->from) &&
	       date_to_days(v->until) >= date_to_days(other->until);
}

bool validity_holds(const struct validity *v, struct moment at)
{
	int64_t day;

	if (!moment_is_set(at))
		return false;
	day = date_to_days(date_of_moment(at));
	return day >= date_to_days(v->from) && day <= date_to_days(v->until);
}
