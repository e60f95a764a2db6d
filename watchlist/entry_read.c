#include "watchlist/entry_read.h"

#include "watchlist/list_version.h"

enum { MOST = 255 }; /* of each list, as the snapshot has it */

static int bad(struct err *e, const char *member)
{
	return err_at(e, ERR_VALUE, 0,
		      "the record of the entry has no usable '%s'", member);
}

/* A text that may be null; *e says so when it is neither. */
static struct str text_of(const struct json_node *record, const char *member,
			  struct arena *a, struct err *e)
{
	const struct json_node *n = json_node_get(record, member);

	if (!n || (json_node_kind(n) != JSON_KIND_TEXT &&
		   json_node_kind(n) != JSON_KIND_NULL))
		bad(e, member);
	return arena_str(a, json_node_text(n));
}

static uint16_t small_number(const struct json_node *n, const char *member,
			     struct err *e)
{
	int64_t v = 0;

	if (!json_node_int(n, &v) || v < 0 || v > UINT16_MAX) {
		bad(e, member);
		return 0;
	}
	return (uint16_t)v;
}

/* A list of at most MOST elements of `size` bytes, zeroed. */
static const struct json_node *list_of(void *items, uint32_t *nr, size_t size,
				       const struct json_node *record,
				       const char *member, struct arena *a,
				       struct err *e)
{
	const struct json_node *list = json_node_get(record, member);
	size_t n = json_node_nr(list);

	if (json_node_kind(list) != JSON_KIND_ARRAY || n > MOST) {
		bad(e, member);
		n = 0;
	}
	*nr = (uint32_t)n;
	*(void **)items = arena_alloc(a, n * size + 1);
	return list;
}

static void read_weights(struct watch_name *name, const struct json_node *n,
			 struct err *e)
{
	const struct json_node *list = json_node_get(n, "weights");
	size_t nr = json_node_nr(list);

	if (json_node_kind(list) != JSON_KIND_ARRAY || nr > NAME_TOKENS) {
		bad(e, "weights");
		return;
	}
	for (size_t i = 0; i < nr; i++)
		name->weight[i] =
			small_number(json_node_at(list, i), "weights", e);
}

static void read_names(struct watch_entry *out, const struct json_node *record,
		       struct arena *a, struct err *e)
{
	const struct json_node *list =
		list_of(&out->names, &out->nr_names, sizeof(*out->names),
			record, "names", a, e);

	for (uint32_t i = 0; i < out->nr_names; i++) {
		const struct json_node *n = json_node_at(list, i);

		out->names[i].surname = text_of(n, "surname", a, e);
		out->names[i].given = text_of(n, "given", a, e);
		read_weights(&out->names[i], n, e);
	}
}

/* Not there: the list asks for no more than its threshold. */
static void read_least(struct watch_entry *out, const struct json_node *record,
		       struct err *e)
{
	const struct json_node *list = json_node_get(record, "least");

	if (list && json_node_nr(list) != ENTRY_CLASSES)
		bad(e, "least");
	for (size_t i = 0; list && i < ENTRY_CLASSES && !e->code; i++)
		out->least[i] = small_number(json_node_at(list, i), "least", e);
}

/* Not there: the record is older, or the list's files were not stated. */
static void read_version(struct watch_entry *out,
			 const struct json_node *record, struct err *e)
{
	const struct json_node *n = json_node_get(record, "list_version");

	if (n && !list_version_read(json_node_text(n), &out->list_version))
		bad(e, "list_version");
}

static void read_births(struct watch_entry *out, const struct json_node *record,
			struct arena *a, struct err *e)
{
	const struct json_node *list =
		list_of(&out->births, &out->nr_births, sizeof(*out->births),
			record, "birth_dates", a, e);

	for (uint32_t i = 0; i < out->nr_births; i++)
		if (!birth_read(json_node_text(json_node_at(list, i)),
				&out->births[i]))
			bad(e, "birth_dates");
}

static void read_nations(struct watch_entry *out,
			 const struct json_node *record, struct arena *a,
			 struct err *e)
{
	const struct json_node *list = list_of(
		&out->nationalities, &out->nr_nationalities,
		sizeof(*out->nationalities), record, "nationalities", a, e);

	for (uint32_t i = 0; i < out->nr_nationalities; i++) {
		struct str code = json_node_text(json_node_at(list, i));

		if (!code.ptr)
			bad(e, "nationalities");
		out->nationalities[i] = arena_str(a, code);
	}
}

static void read_documents(struct watch_entry *out,
			   const struct json_node *record, struct arena *a,
			   struct err *e)
{
	const struct json_node *list =
		list_of(&out->documents, &out->nr_documents,
			sizeof(*out->documents), record, "documents", a, e);

	for (uint32_t i = 0; i < out->nr_documents; i++) {
		const struct json_node *n = json_node_at(list, i);
		struct watch_document *d = &out->documents[i];

		struct str number = text_of(n, "number", a, e);

		d->number = document_canonical(number);
		if (!d->number.len && number.len)
			bad(e, "number");
		d->issuer = text_of(n, "issuer", a, e);
		d->type = text_of(n, "type", a, e);
	}
}

static void read_sex(struct watch_entry *out, const struct json_node *record,
		     struct arena *a, struct err *e)
{
	struct str sex = text_of(record, "sex", a, e);

	if (sex.ptr && sex.len != 1)
		bad(e, "sex");
	else if (sex.ptr)
		out->sex = sex.ptr[0];
}

int watch_entry_read(struct watch_entry *out, const struct json_node *record,
		     struct arena *a, struct err *e)
{
	struct str until;

	*out = (struct watch_entry){
		.list = text_of(record, "list", a, e),
		.id = text_of(record, "id", a, e),
		.reference = text_of(record, "reference", a, e),
		.offence = text_of(record, "offence", a, e),
		.birth_place = text_of(record, "birth_place", a, e),
		.threshold = small_number(json_node_get(record, "threshold"),
					  "threshold", e),
	};
	until = text_of(record, "valid_until", a, e);
	if (until.ptr && !date_read(until, &out->valid_until))
		bad(e, "valid_until");
	read_version(out, record, e);
	read_least(out, record, e);
	read_sex(out, record, a, e);
	read_names(out, record, a, e);
	read_births(out, record, a, e);
	read_nations(out, record, a, e);
	read_documents(out, record, a, e);
	return e->code;
}
