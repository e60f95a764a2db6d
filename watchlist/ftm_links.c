#include "watchlist/ftm_links.h"

#include <stdlib.h>

struct str ftm_text(const struct json_node *entity, const char *property,
		    size_t i)
{
	const struct json_node *n =
		json_node_get(json_node_get(entity, "properties"), property);
	struct str s = json_node_text(json_node_at(n, i));

	/* some writers leave off the array of a single value */
	if (!s.ptr && !i)
		s = json_node_text(n);
	return str_empty(str_trim(s)) ? STR_NONE : str_trim(s);
}

static struct str first_of(const struct json_node *entity, const char *a,
			   const char *b)
{
	struct str s = ftm_text(entity, a, 0);

	return s.ptr ? s : ftm_text(entity, b, 0);
}

/* What Identification.type says, in OpenSanctions' words. */
static const struct {
	struct str word, type;
} kinds[] = {
	{ STR_INIT("passport"), STR_INIT("P") },
	{ STR_INIT("national id"), STR_INIT("I") },
	{ STR_INIT("identity card"), STR_INIT("I") },
	{ STR_INIT("id card"), STR_INIT("I") },
	{ STR_INIT("travel document"), STR_INIT("") },
};

static bool is_about(struct str type, struct str word)
{
	for (size_t i = 0; i + word.len <= type.len; i++)
		if (str_eq_nocase(str_slice(type, i, i + word.len), word))
			return true;
	return false;
}

static struct str type_of(const struct json_node *entity, struct str schema)
{
	struct str said = ftm_text(entity, "type", 0);

	if (str_eq(schema, STR("Passport")))
		return STR("P");
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (is_about(said, kinds[i].word))
			return kinds[i].type;
	return STR_NONE;
}

bool ftm_link_read(struct ftm_link *out, const struct json_node *entity)
{
	struct str schema = json_node_text(json_node_get(entity, "schema"));

	*out = (struct ftm_link){ .person = STR_NONE };
	if (str_eq(schema, STR("Sanction"))) {
		out->person = ftm_text(entity, "entity", 0);
		out->program = first_of(entity, "programId", "program");
		return out->program.ptr != NULL;
	}
	if (!str_eq(schema, STR("Passport")) &&
	    !str_eq(schema, STR("Identification")))
		return false;
	out->person = ftm_text(entity, "holder", 0);
	out->number = first_of(entity, "number", "passportNumber");
	out->country = ftm_text(entity, "country", 0);
	out->type = type_of(entity, schema);
	return out->number.ptr && out->type.ptr;
}

void ftm_links_add(struct ftm_links *l, struct arena *a,
		   const struct ftm_link *link)
{
	struct ftm_link *mine;

	if (!link->person.ptr)
		return;
	mine = arena_push(a, &l->link, &l->nr, sizeof(*mine));
	*mine = (struct ftm_link){ arena_str(a, link->person),
				   arena_str(a, link->program),
				   arena_str(a, link->number),
				   arena_str(a, link->country), link->type };
}

static int by_person(const void *x, const void *y)
{
	const struct ftm_link *a = x, *b = y;
	int order = str_cmp(a->person, b->person);

	if (!order)
		order = str_cmp(a->program, b->program);
	return order ? order : str_cmp(a->number, b->number);
}

void ftm_links_sort(struct ftm_links *l)
{
	if (l->nr)
		qsort(l->link, l->nr, sizeof(*l->link), by_person);
}

const struct ftm_link *ftm_links_of(const struct ftm_links *l,
				    struct str person)
{
	uint32_t low = 0, high = l->nr;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (str_cmp(l->link[mid].person, person) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < l->nr && str_eq(l->link[low].person, person)
		       ? &l->link[low]
		       : NULL;
}
