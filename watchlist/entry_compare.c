#include "watchlist/entry_compare.h"

#include <string.h>

static int compare_numbers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int compare_names(const struct watch_entry *a,
			 const struct watch_entry *b)
{
	int order = compare_numbers(a->nr_names, b->nr_names);

	for (uint32_t i = 0; !order && i < a->nr_names; i++) {
		order = str_cmp(a->names[i].surname, b->names[i].surname);
		if (!order)
			order = str_cmp(a->names[i].given, b->names[i].given);
	}
	return order;
}

static int compare_births(const struct watch_entry *a,
			  const struct watch_entry *b)
{
	int order = compare_numbers(a->nr_births, b->nr_births);

	for (uint32_t i = 0; !order && i < a->nr_births; i++) {
		order = compare_numbers(a->births[i].from, b->births[i].from);
		if (!order)
			order = compare_numbers(a->births[i].to,
						b->births[i].to);
	}
	return order;
}

static int compare_nations(const struct watch_entry *a,
			   const struct watch_entry *b)
{
	int order = compare_numbers(a->nr_nationalities, b->nr_nationalities);

	for (uint32_t i = 0; !order && i < a->nr_nationalities; i++)
		order = str_cmp(a->nationalities[i], b->nationalities[i]);
	return order;
}

static int compare_documents(const struct watch_entry *a,
			     const struct watch_entry *b)
{
	int order = compare_numbers(a->nr_documents, b->nr_documents);

	for (uint32_t i = 0; !order && i < a->nr_documents; i++) {
		const struct watch_document *x = &a->documents[i];
		const struct watch_document *y = &b->documents[i];

		order = str_cmp((struct str){ x->number.text, x->number.len },
				(struct str){ y->number.text, y->number.len });
		if (!order)
			order = str_cmp(x->issuer, y->issuer);
		if (!order)
			order = str_cmp(x->type, y->type);
	}
	return order;
}

static int compare_rest(const struct watch_entry *a,
			const struct watch_entry *b)
{
	int order = str_cmp(a->offence, b->offence);

	if (!order)
		order = str_cmp(a->birth_place, b->birth_place);
	if (!order)
		order = compare_numbers(a->sex, b->sex);
	if (!order)
		order = compare_numbers(a->threshold, b->threshold);
	return order ? order : memcmp(a->least, b->least, sizeof(a->least));
}

int watch_entry_compare(const struct watch_entry *a,
			const struct watch_entry *b)
{
	static int (*const parts[])(const struct watch_entry *a,
				    const struct watch_entry *b) = {
		compare_names,	   compare_births, compare_nations,
		compare_documents, compare_rest,
	};
	int order = str_cmp(a->reference, b->reference);

	for (size_t i = 0; !order && i < ARRAY_SIZE(parts); i++)
		order = parts[i](a, b);
	return order;
}
