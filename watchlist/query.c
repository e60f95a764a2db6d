#include "watchlist/query.h"

#include "base/country.h"

#include <string.h>

void watch_query_add_name(struct watch_query *q, struct str surname,
			  struct str given)
{
	if (str_empty(str_trim(surname)) && str_empty(str_trim(given)))
		return;
	for (uint32_t i = 0; i < q->nr_names; i++)
		if (str_eq(q->name[i].surname, surname) &&
		    str_eq(q->name[i].given, given))
			return;
	if (q->nr_names < QUERY_NAMES)
		q->name[q->nr_names++] =
			(struct watch_query_name){ surname, given };
}

void watch_query_add_nationality(struct watch_query *q, struct str country)
{
	struct str code = country_canonical(country);

	if (!code.ptr || q->nr_nationalities == QUERY_NATIONALITIES)
		return;
	for (uint32_t i = 0; i < q->nr_nationalities; i++)
		if (str_eq(q->nationality[i], code))
			return;
	q->nationality[q->nr_nationalities++] = code;
}

static void add_document(struct watch_query *q, struct document_number number,
			 struct str issuer)
{
	struct watch_document d = { .number = number, .issuer = issuer };

	if (d.number.len == 0 || q->nr_documents == QUERY_DOCUMENTS)
		return;
	for (uint32_t i = 0; i < q->nr_documents; i++) {
		const struct watch_document *o = &q->document[i];

		if (o->number.len == d.number.len &&
		    !memcmp(o->number.text, d.number.text, d.number.len) &&
		    str_eq(o->issuer, d.issuer))
			return;
	}
	q->document[q->nr_documents++] = d;
}

void watch_query_add_document(struct watch_query *q, struct str number,
			      struct str issuer)
{
	struct document_number n = document_canonical(number);
	struct str country = country_canonical(issuer);

	add_document(q, n, country);
	add_document(q, document_unchecked(n), country);
}

void watch_query_of_traveller(struct watch_query *out,
			      const struct traveller *t)
{
	*out = (struct watch_query){ .birth = t->birth_date,
				     .birth_place = t->birth_place,
				     .birth_country = t->birth_country };
	watch_query_add_name(out, t->surname, t->given);
	for (uint32_t i = 0; i < t->nr_names; i++)
		watch_query_add_name(out, t->names[i].surname,
				     t->names[i].given);
	if (t->sex.len == 1 && strchr("MFX", t->sex.ptr[0]))
		out->sex = t->sex.ptr[0];
	watch_query_add_nationality(out, t->nationality);
	watch_query_add_nationality(out, t->second_nationality);
	for (uint32_t i = 0; i < t->nr_documents; i++)
		watch_query_add_document(out, t->documents[i].number,
					 t->documents[i].issuer);
}
