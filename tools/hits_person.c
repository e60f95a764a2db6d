#include "tools/hits_person.h"

void hits_put_name(struct hits_sheet *s, struct buf *to,
		   const struct json_node *name)
{
	hits_put(s, to, name, "surname");
	buf_z(to, ", ");
	hits_put(s, to, name, "given");
}

static bool is_text(const struct json_node *n)
{
	return json_node_kind(n) == JSON_KIND_TEXT ||
	       json_node_kind(n) == JSON_KIND_NULL;
}

static bool same(const struct json_node *a, const struct json_node *b,
		 const char *key)
{
	const struct json_node *x = json_node_get(a, key);
	const struct json_node *y = json_node_get(b, key);

	return is_text(x) && is_text(y) &&
	       str_eq(json_node_text(x), json_node_text(y));
}

static bool same_name(const struct json_node *a, const struct json_node *b)
{
	return same(a, b, "surname") && same(a, b, "given");
}

static bool is_blank(const struct json_node *name, const char *key)
{
	const struct json_node *n = json_node_get(name, key);

	return is_text(n) && str_empty(str_trim(json_node_text(n)));
}

/* The i-th form: the traveller's own, then those of the sources. */
static const struct json_node *form(const struct json_node *traveller,
				    const struct json_node *names, size_t i)
{
	return i ? json_node_at(names, i - 1) : traveller;
}

/* "(TIF, DOCS)": who says so; equal forms stand on one line. */
static void put_sources(struct hits_sheet *s, struct buf *to,
			const struct json_node *names,
			const struct json_node *name)
{
	const char *before = " (";

	for (size_t i = 0; i < json_node_nr(names); i++) {
		const struct json_node *n = json_node_at(names, i);

		if (json_node_kind(n) != JSON_KIND_OBJECT ||
		    !same_name(n, name))
			continue;
		hits_take(s, n, "surname");
		hits_take(s, n, "given");
		buf_z(to, before);
		hits_put(s, to, n, "source");
		before = ", ";
	}
	buf_z(to, *before == ',' ? ")" : "");
}

static bool had_before(const struct json_node *traveller,
		       const struct json_node *names, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (same_name(form(traveller, names, k),
			      form(traveller, names, i)))
			return true;
	return false;
}

bool hits_person_names(struct hits_sheet *s, struct buf *to,
		       const struct json_node *traveller, int64_t met)
{
	const struct json_node *names = hits_list(s, traveller, "names");
	int64_t nr = 0;

	for (size_t i = 0; i <= json_node_nr(names); i++) {
		const struct json_node *n = form(traveller, names, i);

		if (json_node_kind(n) != JSON_KIND_OBJECT ||
		    had_before(traveller, names, i))
			continue;
		if (is_blank(n, "surname") && is_blank(n, "given")) {
			hits_take(s, n, "surname");
			hits_take(s, n, "given");
			continue;
		}
		hits_put_name(s, to, n);
		put_sources(s, to, names, n);
		buf_z(to, nr == met ? " *\n" : "\n");
		nr++;
	}
	return met >= 0 && met < nr;
}

/* What may be absent without a word. */
static void put_if_there(struct hits_sheet *s, struct buf *to,
			 const char *before, const struct json_node *parent,
			 const char *key)
{
	const struct json_node *n = hits_take(s, parent, key);

	if (json_node_kind(n) == JSON_KIND_NULL)
		return;
	buf_z(to, before);
	hits_value(to, n);
}

void hits_person_nationality(struct hits_sheet *s, struct buf *to,
			     const struct json_node *traveller)
{
	hits_put(s, to, traveller, "nationality");
	put_if_there(s, to, ", ", traveller, "second_nationality");
	buf_byte(to, '\n');
}

void hits_person_birth_place(struct hits_sheet *s, struct buf *to,
			     const struct json_node *traveller)
{
	put_if_there(s, to, "", traveller, "birth_place");
	put_if_there(s, to, " / ", traveller, "birth_country");
	buf_byte(to, '\n');
}

static void put_document(struct hits_sheet *s, struct buf *to,
			 const struct json_node *d)
{
	hits_put(s, to, d, "type");
	buf_byte(to, ' ');
	hits_put(s, to, d, "number");
	buf_byte(to, ' ');
	hits_put(s, to, d, "issuer");
	put_if_there(s, to, " until ", d, "expires");
}

void hits_person_documents(struct hits_sheet *s, struct buf *to,
			   const struct json_node *person)
{
	const struct json_node *list = hits_list(s, person, "documents");

	for (size_t i = 0; i < json_node_nr(list); i++) {
		const struct json_node *d = json_node_at(list, i);

		if (json_node_kind(d) != JSON_KIND_OBJECT)
			continue;
		put_document(s, to, d);
		buf_byte(to, '\n');
	}
	if (!json_node_nr(list))
		buf_z(to, list ? "none\n" : "not in the evidence\n");
}
