#include "rules/list_kind.h"

#include "base/country.h"
#include "rules/name.h"
#include "rules/refuse.h"

#include <string.h>

#define ART_6_3 "Directive (EU) 2016/681 Art. 6(3)(a)"

enum { CODE_MAX = 4, DIGITS_MAX = 4, AGENCY_MAX = 9, AGENCY_DIGITS_MAX = 8 };

static bool is_capitals(struct str s, size_t low, size_t high)
{
	for (size_t i = 0; i < s.len; i++)
		if (!(s.ptr[i] >= 'A' && s.ptr[i] <= 'Z') &&
		    !(s.ptr[i] >= '0' && s.ptr[i] <= '9'))
			return false;
	return s.len >= low && s.len <= high;
}

static bool is_airport(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < 'A' || s.ptr[i] > 'Z')
			return false;
	return s.len == 3;
}

static bool is_country(struct str s)
{
	return str_eq(country_canonical(s), s);
}

static bool is_agency(struct str s)
{
	return is_capitals(s, 3, AGENCY_MAX);
}

static bool is_carrier(struct str s)
{
	return is_capitals(s, 2, 3);
}

static bool is_code(struct str s)
{
	return is_capitals(s, 1, CODE_MAX);
}

static const struct list_kind {
	const char *name;
	enum type type;
	const char *record; /* whose fields it may meet; NULL: any */
	bool (*is_value)(struct str s);
	size_t max_digits; /* more of them are somebody's number */
	const char *form, *misfit;
} kinds[] = {
	{ "airports", TYPE_AIRPORT, NULL, is_airport, DIGITS_MAX,
	  "an airport's three letters, as VIE",
	  "holds airports, and this is none" },
	{ "countries", TYPE_COUNTRY, NULL, is_country, DIGITS_MAX,
	  "a country's three letters, as DEU",
	  "holds countries, and this is none; country(airport) gives the "
	  "country" },
	{ "agencies", TYPE_CODE, "agency", is_agency, AGENCY_DIGITS_MAX,
	  "an agency's IATA number, as 12345678, or its office, as VIE1A0980",
	  "holds agencies; compare number or office of booking.agency" },
	{ "carriers", TYPE_CODE, NULL, is_carrier, DIGITS_MAX,
	  "a carrier's two or three characters, as OS",
	  "holds carriers, and this is no code" },
	{ "codes", TYPE_CODE, NULL, is_code, DIGITS_MAX,
	  "a code of one to four capital letters and digits, as CA",
	  "holds codes, and this is none" },
};

/* Kinds that are asked for, and belong elsewhere. */
static const char *const persons[] = {
	"persons",   "people",	  "names",     "surnames", "travellers",
	"documents", "passports", "contacts",  "phones",   "emails",
	"cards",     "accounts",  "addresses", "locators",
};

/* The value is not repeated: errors are logged. */
static int refuse_persons(struct faults *f, const struct yaml_node *n,
			  const char *what)
{
	return fault_at(f, ERR_LEGAL, n,
			ART_6_3 ": %s; persons, their documents and contacts "
				"belong on a watchlist",
			what);
}

static const struct list_kind *no_such_kind(struct faults *f,
					    const struct yaml_node *n)
{
	struct nearest near = { .word = n->text };
	struct err e = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(persons); i++)
		if (str_eq(n->text, str_of(persons[i]))) {
			refuse_persons(
				f, n,
				"a list of this kind would identify people");
			return NULL;
		}
	if (refuse_proxy(n->text, 0, &e)) {
		fault_at(f, e.code, n, "%s", e.text);
		return NULL;
	}
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		nearest_try(&near, str_of(kinds[i].name));
	fault_at(f, ERR_VALUE, n,
		 "there is no kind '" STR_FMT "'; %s" STR_FMT "%s",
		 STR_ARG(str_slice(n->text, 0, 40)),
		 near.best.ptr ? "did you mean '" : "it is ",
		 STR_ARG(near.best.ptr ? near.best
				       : STR("airports, countries, agencies, "
					     "carriers or codes")),
		 near.best.ptr ? "'?" : "");
	return NULL;
}

const struct list_kind *list_kind_read(struct faults *f,
				       const struct yaml_node *doc)
{
	const struct yaml_node *n = yaml_get(doc, STR("kind"));
	struct str s = read_needed(f, doc, "kind", ERR_VALUE,
				   "it is airports, countries, agencies, "
				   "carriers or codes");

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (str_eq(s, str_of(kinds[i].name)))
			return &kinds[i];
	return s.len ? no_such_kind(f, n) : NULL;
}

/* A mail address, a telephone number, a name, a document's number. */
static bool looks_personal(const struct list_kind *k, struct str s)
{
	size_t digits = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (strchr("@+/ ", s.ptr[i]))
			return true;
		digits += s.ptr[i] >= '0' && s.ptr[i] <= '9';
	}
	return digits > k->max_digits;
}

int list_kind_check(const struct list_kind *k, struct faults *f,
		    const struct yaml_node *n)
{
	struct str country = country_canonical(n->text);
	struct err e = { 0 };

	if (n->kind != YAML_SCALAR || !n->text.len)
		return fault_at(f, ERR_VALUE, n, "expected %s", k->form);
	if (refuse_proxy(n->text, 0, &e) ||
	    (k->is_value == is_code && refuse_ssr_code(n->text, 0, &e)))
		return fault_at(f, e.code, n, "%s", e.text);
	if (looks_personal(k, n->text))
		return refuse_persons(
			f, n, "this looks like somebody's number or name");
	if (k->is_value(n->text))
		return 0;
	if (k->is_value == is_code && is_capitals(n->text, 1, 60))
		return refuse_persons(f, n,
				      "this is longer than a code, and may be "
				      "somebody's number or name");
	if (k->type == TYPE_COUNTRY && country.ptr)
		return fault_at(f, ERR_VALUE, n,
				"'" STR_FMT "' is written " STR_FMT " here",
				STR_ARG(n->text), STR_ARG(country));
	return fault_at(f, ERR_VALUE, n, "'" STR_FMT "' is not %s",
			STR_ARG(str_slice(n->text, 0, 40)), k->form);
}

const char *list_kind_name(const struct list_kind *k)
{
	return k->name;
}

const char *list_kind_misfit(const struct list_kind *k, enum type t,
			     const struct field *f)
{
	if (t != k->type)
		return k->misfit;
	if (k->record && (!f || strcmp(f->record, k->record) != 0))
		return k->misfit;
	return NULL;
}
