#include "watchlist/list_json.h"

#include "base/country.h"
#include "watchlist/entry_add.h"
#include "watchlist/json_lines.h"
#include "watchlist/list_rows.h"

#include <string.h>

/* What is being read: the reading, and the entry in hand. */
struct row {
	struct list_reading *r;
	struct watch_entry n;
};

static int bad(struct err *e, const char *member, const char *expected)
{
	return err_at(e, ERR_VALUE, 0, "member '%s': not %s", member, expected);
}

static int too_many(struct err *e, const char *member, int limit)
{
	return err_at(e, ERR_LIMIT, 0, "member '%s': more than %d", member,
		      limit);
}

/* A text of at most `limit` bytes; null and missing are absent. */
static struct str text_of(const struct json_node *object, const char *member,
			  size_t limit, struct err *e)
{
	const struct json_node *n = json_node_get(object, member);
	struct str s = json_node_text(n);

	if (json_node_kind(n) != JSON_KIND_NULL && !s.ptr)
		bad(e, member, "a text");
	else if (s.len > limit)
		err_at(e, ERR_LIMIT, 0, "member '%s': %zu bytes; at most %zu",
		       member, s.len, limit);
	return s;
}

static struct str required(const struct json_node *object, const char *member,
			   size_t limit, struct err *e)
{
	struct str s = text_of(object, member, limit, e);

	if (str_empty(str_trim(s)))
		bad(e, member, "there; it is required");
	return s;
}

/* Only these may be in an object. */
static int check_members(const struct json_node *object,
			 const char *const *known, struct err *e)
{
	void *iter = NULL;
	const char *key;

	while (json_node_next(object, &iter, &key)) {
		const char *const *one = known;

		while (*one && strcmp(*one, key) != 0)
			one++;
		if (!*one)
			return err_at(e, ERR_VALUE, 0,
				      "an entry has no member '%.40s'", key);
	}
	return 0;
}

/* An array of objects or texts; NULL when it is not there. */
static const struct json_node *array_of(const struct json_node *entry,
					const char *member, struct err *e)
{
	const struct json_node *n = json_node_get(entry, member);

	if (json_node_kind(n) == JSON_KIND_NULL)
		return NULL;
	if (json_node_kind(n) != JSON_KIND_ARRAY)
		bad(e, member, "an array");
	return n;
}

static int read_names(struct row *row, const struct json_node *entry,
		      struct err *e)
{
	static const char *const known[] = { "surname", "given", NULL };
	const struct json_node *list = array_of(entry, "names", e);

	for (size_t i = 0; i < json_node_nr(list) && !e->code; i++) {
		const struct json_node *n = json_node_at(list, i);
		struct str surname, given;

		if (json_node_kind(n) != JSON_KIND_OBJECT)
			return bad(e, "names",
				   "objects with 'surname' and 'given'");
		if (check_members(n, known, e))
			return e->code;
		surname = required(n, "surname", 256, e);
		given = text_of(n, "given", 256, e);
		if (!e->code && !entry_add_name(&row->n, row->r->arena, surname,
						given.ptr ? given : STR("")))
			return too_many(e, "names", LIST_NAMES);
	}
	return e->code;
}

static int read_births(struct row *row, const struct json_node *entry,
		       struct err *e)
{
	const struct json_node *list = array_of(entry, "birth_dates", e);

	for (size_t i = 0; i < json_node_nr(list) && !e->code; i++) {
		struct birth_range range;

		if (!birth_read(json_node_text(json_node_at(list, i)), &range))
			return bad(e, "birth_dates",
				   "YYYY-MM-DD, YYYY-MM, YYYY or FROM..TO");
		if (!entry_add_birth(&row->n, row->r->arena, range))
			return too_many(e, "birth_dates", LIST_VALUES);
	}
	return e->code;
}

static int read_nations(struct row *row, const struct json_node *entry,
			struct err *e)
{
	const struct json_node *list = array_of(entry, "nationalities", e);

	for (size_t i = 0; i < json_node_nr(list) && !e->code; i++) {
		struct str code = country_canonical(
			json_node_text(json_node_at(list, i)));

		if (!code.ptr)
			return bad(e, "nationalities", "ISO 3166 codes as AUT");
		if (!entry_add_nationality(&row->n, row->r->arena, code))
			return too_many(e, "nationalities", LIST_VALUES);
	}
	return e->code;
}

static int read_document(struct row *row, const struct json_node *n,
			 struct err *e)
{
	static const char *const known[] = { "number", "issuer", "type", NULL };
	struct watch_document d = { 0 };
	struct str issuer;

	if (json_node_kind(n) != JSON_KIND_OBJECT)
		return bad(e, "documents",
			   "objects with 'number', 'issuer' and 'type'");
	if (check_members(n, known, e))
		return e->code;
	d.number = document_canonical(required(n, "number", 40, e));
	issuer = str_trim(text_of(n, "issuer", 3, e));
	d.type = arena_str(row->r->arena, str_trim(text_of(n, "type", 4, e)));
	if (e->code)
		return e->code;
	if (!d.number.len)
		return bad(e, "number", "one of 5 to 24 letters and digits");
	if (!str_empty(issuer)) {
		d.issuer = country_canonical(issuer);
		if (!d.issuer.ptr)
			return bad(e, "issuer", "an ISO 3166 code as AUT");
	}
	if (!entry_add_document(&row->n, row->r->arena, &d))
		return too_many(e, "documents", LIST_VALUES);
	return 0;
}

static int read_documents(struct row *row, const struct json_node *entry,
			  struct err *e)
{
	const struct json_node *list = array_of(entry, "documents", e);

	for (size_t i = 0; i < json_node_nr(list) && !e->code; i++)
		(void)!read_document(row, json_node_at(list, i), e);
	return e->code;
}

static int read_sex(struct row *row, const struct json_node *entry,
		    struct err *e)
{
	struct str sex = text_of(entry, "sex", 1, e);

	if (sex.len && !strchr("MFX", sex.ptr[0]))
		return bad(e, "sex", "M, F or X");
	row->n.sex = sex.len ? sex.ptr[0] : 0;
	return e->code;
}

/* A list of persons is of names, one of documents of one document each. */
static int check_kind(const struct row *row, struct err *e)
{
	if (row->r->list->sheet.kind == SHEET_PERSONS) {
		if (!row->n.nr_names)
			return bad(e, "names", "there; a person has one");
	} else if (row->n.nr_names || row->n.nr_documents != 1 ||
		   !row->n.documents[0].issuer.ptr) {
		return bad(e, "documents",
			   "one document with an issuer, and no names: the "
			   "sheet says 'kind: documents'");
	}
	return 0;
}

static int on_entry(void *ctx, size_t line, const struct json_node *entry,
		    struct err *e)
{
	static const char *const known[] = {
		"id",	       "reference",   "offence", "valid_until",
		"names",       "birth_dates", "sex",	 "nationalities",
		"birth_place", "documents",   NULL,
	};
	struct row row = { .r = ctx };
	struct list_ground g;
	int rc;

	if (check_members(entry, known, e))
		return e->code;
	g = (struct list_ground){ required(entry, "id", 64, e),
				  required(entry, "reference", 128, e),
				  required(entry, "offence", 8, e),
				  required(entry, "valid_until", 10, e) };
	rc = e->code ? e->code : list_admit(row.r, &row.n, &g, e);
	if (rc <= 0)
		return rc;
	row.n.birth_place =
		arena_str(row.r->arena, text_of(entry, "birth_place", 256, e));
	if (e->code || read_names(&row, entry, e) ||
	    read_births(&row, entry, e) || read_sex(&row, entry, e) ||
	    read_nations(&row, entry, e) || read_documents(&row, entry, e) ||
	    check_kind(&row, e))
		return e->code;
	list_keep(row.r, &row.n, line);
	return 0;
}

static void on_bad_line(void *ctx, size_t line, const struct err *e)
{
	list_leave_out(ctx, line, e);
}

int list_json_read(struct watch_list *out, struct arena *a,
		   const struct watch_sheet *sheet, struct str text,
		   const struct watch_registers *law, struct list_warnings *w,
		   struct err *e)
{
	struct watch_list list = { .sheet = *sheet };
	struct list_reading r = {
		.list = &list, .arena = a, .law = law, .w = w
	};

	if (!json_lines_read(text, on_entry, on_bad_line, &r) &&
	    list.left_out_bad)
		return err_at(e, ERR_VALUE, 0,
			      "none of %u lines is an entry as "
			      "doc/watchlists.md shows one",
			      list.left_out_bad);
	if (list_finish(&r, e) < 0)
		return e->code;
	*out = list;
	return 0;
}
