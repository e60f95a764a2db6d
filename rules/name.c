#include "rules/name.h"

#include "rules/refuse.h"

#include <string.h>

enum { FAR = 9, LONGEST = 40 };

static const struct root {
	const char *name;
	enum expr_base base;
	const char *record;
} roots[] = {
	{ "message", BASE_MESSAGE, "message" },
	{ "flight", BASE_FLIGHT, "flight" },
	{ "booking", BASE_BOOKING, "booking" },
	{ "traveller", BASE_TRAVELLER, "traveller" },
	{ "trip", BASE_TRIP, "trip" },
	{ "past", BASE_PAST, "past" },
};

/* Whose clock a local time is read on. */
static const struct {
	const char *record, *time, *airport;
} clocks[] = {
	{ "leg", "departs", "origin" },
	{ "leg", "arrives", "destination" },
	{ "flight", "departs", "origin" },
	{ "flight", "arrives", "destination" },
	{ "history", "departs", "origin" },
	{ "service", "from", "place" },
	{ "service", "until", "place" },
};

const char *local_airport(const struct field *f)
{
	for (size_t i = 0; i < ARRAY_SIZE(clocks); i++)
		if (!strcmp(clocks[i].record, f->record) &&
		    !strcmp(clocks[i].time, f->name))
			return clocks[i].airport;
	return NULL;
}

unsigned edit_distance(struct str a, struct str b)
{
	unsigned row[LONGEST + 1];

	if (a.len > LONGEST || b.len > LONGEST)
		return FAR;
	for (size_t j = 0; j <= b.len; j++)
		row[j] = (unsigned)j;
	for (size_t i = 1; i <= a.len; i++) {
		unsigned diagonal = row[0];

		row[0] = (unsigned)i;
		for (size_t j = 1; j <= b.len; j++) {
			unsigned d = diagonal + (a.ptr[i - 1] != b.ptr[j - 1]);

			diagonal = row[j];
			if (row[j] + 1 < d)
				d = row[j] + 1;
			if (row[j - 1] + 1 < d)
				d = row[j - 1] + 1;
			row[j] = d;
		}
	}
	return row[b.len] < FAR ? row[b.len] : FAR;
}

void nearest_try(struct nearest *n, struct str candidate)
{
	unsigned limit = n->word.len < 4 ? 1 : n->word.len < 8 ? 2 : 3;
	unsigned d = edit_distance(n->word, candidate);

	if (d <= limit && (!n->best.ptr || d < n->distance)) {
		n->best = candidate;
		n->distance = d;
	}
}

static void try_members(struct nearest *n, const char *record)
{
	for (size_t i = 0; i < field_table_nr; i++)
		if (!strcmp(field_table[i].record, record) &&
		    field_table[i].use != USE_NEVER)
			nearest_try(n, str_of(field_table[i].name));
}

struct str name_nearest(struct str word, const struct name_scope *scope)
{
	struct nearest n = { .word = word };

	for (uint8_t i = scope->nr; i > scope->from; i--)
		try_members(&n, scope->record[i - 1]);
	for (size_t i = 0; i < ARRAY_SIZE(roots); i++)
		nearest_try(&n, str_of(roots[i].name));
	nearest_try(&n, STR("co_travellers"));
	nearest_try(&n, STR("now"));
	return n.best;
}

static int no_member(const struct expr *n, const char *record, struct str part,
		     struct err *e)
{
	struct nearest near = { .word = part };
	size_t at = n->pos + (size_t)(part.ptr - n->text.ptr);

	if (refuse_proxy(part, at, e))
		return e->code;
	try_members(&near, record);
	if (near.best.ptr)
		return err_at(e, ERR_VALUE, at,
			      "%s has no '" STR_FMT "'; did you mean '" STR_FMT
			      "'?",
			      record, STR_ARG(part), STR_ARG(near.best));
	return err_at(e, ERR_VALUE, at,
		      "%s has no '" STR_FMT "'; 'paxgate profile fields' "
		      "lists what there is",
		      record, STR_ARG(str_slice(part, 0, LONGEST)));
}

static int finish_field(struct expr *n, const struct field *f, struct str rest,
			struct err *e)
{
	bool is_list = f->type == FIELD_LIST;

	if (rest.ptr && is_list)
		return err_at(e, ERR_VALUE, n->pos,
			      "'" STR_FMT "' goes through the collection "
			      "'%s'; write any(..."
			      "%s, " STR_FMT " ...)",
			      STR_ARG(n->text), f->name, f->name,
			      STR_ARG(rest));
	if (rest.ptr)
		return err_at(e, ERR_VALUE, n->pos,
			      "'%s' has no members; it is a %s", f->name,
			      field_type_name(f->type));
	n->kind = is_list ? EXPR_COLLECTION : EXPR_FIELD;
	n->type = type_of_field(f->type);
	n->field = f;
	n->record = f->child;
	if (f->derived)
		n->derived = derived_find(f);
	return 1;
}

static ptrdiff_t zone_of(const struct field *f, size_t base)
{
	const char *name = f->type == FIELD_LOCAL ? local_airport(f) : NULL;
	const struct field *airport =
		name ? field_find(f->record, str_of(name)) : NULL;

	return airport ? (ptrdiff_t)(base + airport->offset) : EXPR_NO_ZONE;
}

/* A profile sees one traveller, his booking and his flight. */
static bool is_other_people(const struct expr *n, const struct field *f)
{
	return n->base == BASE_MESSAGE && f->type == FIELD_LIST &&
	       strcmp(f->child, "flight") != 0;
}

/* Follow the rest of a path from a record. */
static int walk(struct expr *n, const char *record, struct str rest,
		struct err *e)
{
	for (;;) {
		struct str part = str_split(&rest, '.');
		const struct field *f = field_find(record, part);

		if (!f)
			return no_member(n, record, part, e);
		if (is_other_people(n, f))
			return err_at(e, ERR_VALUE, n->pos,
				      "a profile looks at one traveller with "
				      "booking and flight, not at all of the "
				      "message");
		if (refuse_field(f, n->pos, e))
			return e->code;
		if (f->type != FIELD_ONE) {
			n->zone = zone_of(f, n->offset);
			n->offset += f->offset;
			return finish_field(n, f, rest, e);
		}
		if (!rest.ptr)
			return err_at(e, ERR_VALUE, n->pos,
				      "'" STR_FMT "' is a record; name one of "
				      "its members, as in " STR_FMT ".%s",
				      STR_ARG(n->text), STR_ARG(n->text),
				      field_first(f->child)->name);
		n->offset += f->offset;
		record = f->child;
	}
}

static int resolve_root(struct expr *n, struct str first, struct str rest,
			struct err *e)
{
	for (size_t i = 0; i < ARRAY_SIZE(roots); i++) {
		if (!str_eq(first, str_of(roots[i].name)))
			continue;
		if (!rest.ptr)
			return err_at(
				e, ERR_VALUE, n->pos,
				"'%s' is a record; name one of its "
				"members, as in %s.%s",
				roots[i].name, roots[i].name,
				roots[i].base == BASE_TRIP ? "type"
				: roots[i].base == BASE_PAST
					? "trips"
					: field_first(roots[i].record)->name);
		n->base = roots[i].base;
		return walk(n, roots[i].record, rest, e);
	}
	return 0;
}

int name_resolve(struct expr *n, const struct name_scope *scope, struct err *e)
{
	struct str rest = n->text, first = str_split(&rest, '.');
	int rc;

	for (uint8_t i = scope->nr; i > scope->from; i--) {
		if (!field_find(scope->record[i - 1], first))
			continue;
		n->base = BASE_ELEMENT;
		n->depth = (uint8_t)(i - 1);
		return walk(n, scope->record[i - 1], n->text, e);
	}
	if (str_eq(n->text, STR("now"))) {
		n->kind = EXPR_NOW;
		n->type = TYPE_TIME;
		return 1;
	}
	if (str_eq(n->text, STR("co_travellers"))) {
		n->kind = EXPR_COLLECTION;
		n->type = TYPE_LIST;
		n->base = BASE_OTHERS;
		n->record = "traveller";
		return 1;
	}
	rc = resolve_root(n, first, rest, e);
	if (rc || !rest.ptr)
		return rc;
	if (refuse_proxy(first, n->pos, e))
		return e->code;
	return err_at(e, ERR_VALUE, n->pos,
		      "'" STR_FMT "' is not a name; paths begin with message, "
		      "flight, booking, traveller, trip or co_travellers"
		      "%s" STR_FMT "%s",
		      STR_ARG(str_slice(n->text, 0, 60)),
		      name_nearest(first, scope).ptr ? "; did you mean '" : "",
		      STR_ARG(name_nearest(first, scope)),
		      name_nearest(first, scope).ptr ? "'?" : "");
}
