#include "engine/compare.h"

#include "base/docnumber.h"
#include "parsers/name.h"

static enum flag flag_of(bool differs)
{
	return differs ? FLAG_YES : FLAG_NO;
}

/* By the forms of the name if there are any, else by the name itself. */
static struct name form_of(const struct traveller *t, uint32_t i)
{
	if (t->nr_names)
		return t->names[i];
	return (struct name){ .surname = t->surname, .given = t->given };
}

static uint32_t nr_forms(const struct traveller *t)
{
	return t->nr_names ? t->nr_names : t->surname.len > 0;
}

/* Two forms; where a given name is missing the surname alone tells. */
static enum flag form(struct name x, struct name y)
{
	static const struct str any = STR_INIT("X");

	if (name_match(x.surname, x.given, y.surname, y.given))
		return FLAG_NO;
	if (x.given.len && y.given.len)
		return FLAG_YES;
	return name_match(x.surname, any, y.surname, any) ? FLAG_UNSET
							  : FLAG_YES;
}

static enum flag name(const struct traveller *pnr, const struct traveller *api)
{
	enum flag result = FLAG_YES;

	if (!nr_forms(pnr) || !nr_forms(api))
		return FLAG_UNSET;
	for (uint32_t i = 0; i < nr_forms(pnr); i++)
		for (uint32_t k = 0; k < nr_forms(api); k++) {
			enum flag f = form(form_of(pnr, i), form_of(api, k));

			if (f == FLAG_NO)
				return f;
			if (f == FLAG_UNSET)
				result = f;
		}
	return result;
}

/* Unset unless a part that both know differs, or all parts agree. */
static enum flag date(struct date x, struct date y)
{
	if (!date_is_set(x) || !date_is_set(y))
		return FLAG_UNSET;
	if (x.year != y.year || (x.month && y.month && x.month != y.month) ||
	    (x.day && y.day && x.day != y.day))
		return FLAG_YES;
	return x.month == y.month && x.day == y.day ? FLAG_NO : FLAG_UNSET;
}

static enum flag birth_date(const struct traveller *pnr,
			    const struct traveller *api)
{
	return date(pnr->birth_date, api->birth_date);
}

static enum flag code(struct str x, struct str y)
{
	return x.len && y.len ? flag_of(!str_eq(x, y)) : FLAG_UNSET;
}

static enum flag sex(const struct traveller *pnr, const struct traveller *api)
{
	return code(pnr->sex, api->sex);
}

static enum flag nationality(const struct traveller *pnr,
			     const struct traveller *api)
{
	return code(pnr->nationality, api->nationality);
}

static bool has_document(const struct traveller *t)
{
	for (uint32_t i = 0; i < t->nr_documents; i++)
		if (docnumber_is_set(t->documents[i].number))
			return true;
	return false;
}

/* The first document of `t` from `*i` on with a number that `x` has, too. */
static bool find_same(const struct document *x, const struct traveller *t,
		      uint32_t *i)
{
	if (!docnumber_is_set(x->number))
		return false;
	for (; *i < t->nr_documents; (*i)++)
		if (docnumber_same(x->number, t->documents[*i].number))
			return true;
	return false;
}

static enum flag document(const struct traveller *pnr,
			  const struct traveller *api)
{
	if (!has_document(pnr) || !has_document(api))
		return FLAG_UNSET;
	for (uint32_t i = 0; i < pnr->nr_documents; i++) {
		uint32_t k = 0;

		if (find_same(&pnr->documents[i], api, &k))
			return FLAG_NO;
	}
	return FLAG_YES;
}

static enum flag expiry(const struct traveller *pnr,
			const struct traveller *api)
{
	enum flag result = FLAG_UNSET;

	for (uint32_t i = 0; i < pnr->nr_documents; i++) {
		const struct document *x = &pnr->documents[i];

		for (uint32_t k = 0; find_same(x, api, &k); k++) {
			enum flag f =
				date(x->expires, api->documents[k].expires);

			if (f == FLAG_NO)
				return f;
			if (f == FLAG_YES)
				result = f;
		}
	}
	return result;
}

static const struct {
	const char *name;
	enum flag (*differs)(const struct traveller *pnr,
			     const struct traveller *api);
} items[COMPARISON_ITEMS] = {
	{ "name", name },	  { "birth_date", birth_date },
	{ "sex", sex },		  { "nationality", nationality },
	{ "document", document }, { "expiry", expiry },
};

void compare_sides(struct subject *out, const struct traveller *pnr,
		   const struct traveller *api)
{
	for (uint32_t i = 0; i < ARRAY_SIZE(items); i++)
		out->comparison[i] =
			(struct comparison){ str_of(items[i].name),
					     items[i].differs(pnr, api) };
	out->nr_comparisons = ARRAY_SIZE(items);
}
