#include "engine/disparity.h"

#include "base/json.h"
#include "base/json_write.h"

#include <stdlib.h>

/* One row for each trait: how it is called, and whose group a person is in. */
static struct str sex_of(const struct json_node *t, struct moment departs);
static struct str age_of(const struct json_node *t, struct moment departs);
static struct str origin_of(const struct json_node *t, struct moment departs);

static const struct {
	enum trait trait;
	const char *name;
	struct str (*group)(const struct json_node *t, struct moment departs);
} traits[] = {
	{ TRAIT_SEX, "sex", sex_of },
	{ TRAIT_AGE, "age", age_of },
	{ TRAIT_ORIGIN, "origin", origin_of },
};

static struct str text_or(const struct json_node *t, const char *key)
{
	struct str s = json_node_text(json_node_get(t, key));

	return str_empty(s) ? STR("not stated") : s;
}

static struct str sex_of(const struct json_node *t, struct moment departs)
{
	(void)departs;
	return text_or(t, "sex");
}

static struct str origin_of(const struct json_node *t, struct moment departs)
{
	(void)departs;
	return text_or(t, "nationality");
}

static struct str age_of(const struct json_node *t, struct moment departs)
{
	static const struct {
		int below;
		const char *name;
	} band[] = { { 18, "0-17" },
		     { 30, "18-29" },
		     { 45, "30-44" },
		     { 60, "45-59" },
		     { 200, "60-" } };
	struct str born = json_node_text(json_node_get(t, "birth_date"));
	struct date d;
	int years;

	if (!moment_is_set(departs) || !date_read(born, &d) || !date_is_full(d))
		return STR("not stated");
	years = date_years_between(d, date_of_moment(departs));
	for (size_t i = 0; i < ARRAY_SIZE(band); i++)
		if (years < band[i].below)
			return str_of(band[i].name);
	return STR("not stated");
}

const char *disparity_trait(enum trait t)
{
	for (size_t i = 0; i < ARRAY_SIZE(traits); i++)
		if (traits[i].trait == t)
			return traits[i].name;
	return "";
}

void disparity_init(struct disparity *d, const struct profile *p,
		    struct arena *a)
{
	*d = (struct disparity){ .profile = p, .arena = a };
}

static bool reads_traits(const struct clause_list *l, struct str id)
{
	for (uint32_t i = 0; i < l->nr; i++)
		if (str_eq(l->clause[i].id, id))
			return l->clause[i].traits != 0;
	return false;
}

/* What is left of the score: clauses of a list that are true, traits apart. */
static void add_clauses(const struct disparity *d,
			const struct json_node *clauses, int64_t *score,
			int64_t *nr)
{
	const struct profile *p = d->profile;

	for (size_t i = 0; i < json_node_nr(clauses); i++) {
		const struct json_node *c = json_node_at(clauses, i);
		struct str id = json_node_text(json_node_get(c, "id"));
		int64_t points;

		if (!json_node_int(json_node_get(c, "points"), &points) ||
		    !str_eq(json_node_text(json_node_get(c, "outcome")),
			    STR("true")) ||
		    reads_traits(&p->incriminating, id) ||
		    reads_traits(&p->exonerating, id))
			continue;
		*score += points;
		*nr += points > 0;
	}
}

/* Does it hit without them? From evidence, or from what a shadow leaves. */
static bool hits_without(const struct disparity *d, const struct json_node *hit)
{
	const struct json_node *v = json_node_get(hit, "verdict");
	int64_t score = 0, nr = 0;

	add_clauses(d, json_node_get(hit, "clauses"), &score, &nr);
	add_clauses(d, json_node_get(v, "incriminating"), &score, &nr);
	add_clauses(d, json_node_get(v, "exonerating"), &score, &nr);
	return score >= d->profile->threshold &&
	       nr >= PROFILE_MIN_INCRIMINATING;
}

static struct disparity_cell *cell_of(struct disparity *d, enum trait trait,
				      struct str group)
{
	struct disparity_cell *c;

	for (uint32_t i = 0; i < d->nr; i++)
		if (d->cell[i].trait == trait &&
		    str_eq(d->cell[i].group, group))
			return &d->cell[i];
	c = arena_push(d->arena, &d->cell, &d->nr, sizeof(*c));
	c->trait = trait;
	c->group = arena_str(d->arena, group);
	return c;
}

static void count(struct disparity *d, const struct json_node *t,
		  struct moment departs, bool hit, bool without)
{
	d->travellers++;
	d->hits += hit;
	d->without += without;
	for (size_t i = 0; i < ARRAY_SIZE(traits); i++) {
		struct disparity_cell *c;

		if (!(d->profile->traits & traits[i].trait))
			continue;
		c = cell_of(d, traits[i].trait, traits[i].group(t, departs));
		c->travellers++;
		c->hits += hit;
		c->without += without;
	}
}

int disparity_add(struct disparity *d, struct str record, struct moment departs,
		  struct str hit, struct err *e)
{
	struct json_node *t = NULL, *h = NULL;

	if (!json_read(&t, record, e) && (!hit.ptr || !json_read(&h, hit, e)))
		count(d, t, departs, h != NULL, h && hits_without(d, h));
	json_node_free(t);
	json_node_free(h);
	return e->code;
}

static void merge_small(struct disparity *d)
{
	struct disparity_cell *all = d->cell;
	uint32_t nr = d->nr;

	d->cell = NULL;
	d->nr = 0;
	for (uint32_t i = 0; i < nr; i++) {
		bool small = all[i].travellers < DISPARITY_SMALL;
		struct disparity_cell *c = cell_of(
			d, all[i].trait, small ? STR("few") : all[i].group);

		c->travellers += all[i].travellers;
		c->hits += all[i].hits;
		c->without += all[i].without;
	}
}

static int by_trait(const void *x, const void *y)
{
	const struct disparity_cell *a = x, *b = y;

	if (a->trait != b->trait)
		return (int)a->trait - (int)b->trait;
	return str_cmp(a->group, b->group);
}

/* Its rate is above 125 % of that of all others, and is not chance. */
static bool is_unlike(const struct disparity *d, const struct disparity_cell *c)
{
	int64_t others = d->travellers - c->travellers;

	return c->hits >= DISPARITY_HITS && others > 0 &&
	       c->hits * others * 100 >
		       (d->hits - c->hits) * c->travellers * DISPARITY_PERCENT;
}

void disparity_finish(struct disparity *d)
{
	merge_small(d);
	if (d->nr)
		qsort(d->cell, d->nr, sizeof(*d->cell), by_trait);
	for (uint32_t i = 0; i < d->nr; i++)
		d->cell[i].unlike = is_unlike(d, &d->cell[i]);
}

bool disparity_is_unlike(const struct disparity *d)
{
	for (uint32_t i = 0; i < d->nr; i++)
		if (d->cell[i].unlike)
			return true;
	return false;
}

void disparity_write(struct buf *out, const struct disparity *d)
{
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_int(&j, "travellers", d->travellers);
	json_int(&j, "hits", d->hits);
	json_int(&j, "without", d->without);
	json_open(&j, "groups", '[');
	for (uint32_t i = 0; i < d->nr; i++) {
		const struct disparity_cell *c = &d->cell[i];

		json_open(&j, NULL, '{');
		json_z(&j, "trait", disparity_trait(c->trait));
		json_str(&j, "group", c->group);
		json_int(&j, "travellers", c->travellers);
		json_int(&j, "hits", c->hits);
		json_int(&j, "without", c->without);
		json_bool(&j, "unlike", c->unlike);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_close(&j, '}');
}
