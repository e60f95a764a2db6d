/*
 * request_alike.c - a search by likeness: travellers of a scope are opened and
 * their names compared as a watchlist's entry would be
 */
#include "base/json.h"
#include "tools/request_query.h"
#include "watchlist/entry_add.h"
#include "watchlist/pair.h"

enum { ALIKE_SCORE = 850 }; /* of 1000, the lists' usual threshold */

/* What is looked for, as an entry of a list of one. */
struct likeness {
	struct watch_entry entry;
	struct watch_pair_scratch tmp;
};

/* Every word weighs what a rare one does: there is no list to count them in. */
static void weigh(struct watch_name *name)
{
	struct name_form f;

	name_normalise(&f, name->surname, name->given, NAME_LISTED);
	for (uint8_t i = 0; i < f.nr_tokens; i++)
		name->weight[i] = name_weight((enum name_kind)f.kind[i],
					      (enum name_part)f.unit[i].part,
					      WEIGHT_FULL);
}

static int make_likeness(struct likeness *l, const struct request_query *q,
			 struct arena *a, struct err *e)
{
	struct birth_range birth;

	l->entry = (struct watch_entry){ .threshold = ALIKE_SCORE };
	if (!entry_add_name(&l->entry, a, q->surname, q->given))
		return err_at(e, ERR_LIMIT, 0, "too many names");
	weigh(l->entry.names);
	if (!q->birth_date.ptr)
		return 0;
	if (!birth_read(q->birth_date, &birth) ||
	    !entry_add_birth(&l->entry, a, birth))
		return err_at(e, ERR_VALUE, 0,
			      "'birth_date:' is no date; write 1964-07-12, "
			      "1964-07 or 1964");
	return 0;
}

/* The query of a traveller's sealed JSON: names and date of birth. */
static void query_of(struct watch_query *q, const struct json_node *t)
{
	const struct json_node *names = json_node_get(t, "names");
	struct date birth = DATE_NONE;

	*q = (struct watch_query){ .sex = 0 };
	if (date_read(json_node_text(json_node_get(t, "birth_date")), &birth))
		q->birth = birth;
	watch_query_add_name(q, json_node_text(json_node_get(t, "surname")),
			     json_node_text(json_node_get(t, "given")));
	for (size_t i = 0; i < json_node_nr(names); i++) {
		const struct json_node *n = json_node_at(names, i);

		watch_query_add_name(
			q, json_node_text(json_node_get(n, "surname")),
			json_node_text(json_node_get(n, "given")));
	}
}

/*
 * Is he like it? A name alone is enough here, however frequent: a person looks
 * at what is found, and the request's rows are few. A date of birth that
 * disagrees is no match.
 */
static int is_alike(bool *is, struct likeness *l, struct str plain,
		    struct err *e)
{
	struct json_node *doc = NULL;
	struct watch_query q;
	struct watch_match m = { .name = { .score = 0 } };

	*is = false;
	if (json_read(&doc, plain, e))
		return e->code;
	query_of(&q, doc);
	*is = watch_pair(&m, &l->tmp, &q, &l->entry) ||
	      (m.name.score >= ALIKE_SCORE &&
	       m.line[WATCH_BIRTH].verdict != WATCH_DISAGREE);
	json_node_free(doc);
	return 0;
}

struct taken {
	int64_t *flight, *traveller;
	uint32_t nr;
};

static int compare_all(struct taken *t, struct likeness *l,
		       const struct traveller_row *row, uint32_t nr,
		       const uint8_t *key, struct err *e)
{
	struct buf plain = { 0 };

	for (uint32_t i = 0; i < nr && !e->code; i++) {
		struct row_ref ref = { STR("traveller"),
				       date_from_days(row[i].clock_day),
				       row[i].traveller_id };
		bool is = false;

		if (!crypt_open_row(&plain, key, &ref, row[i].sealed, e) &&
		    !is_alike(&is, l, buf_view(&plain), e) && is) {
			t->flight[t->nr] = row[i].flight_id;
			t->traveller[t->nr++] = row[i].traveller_id;
		}
		if (plain.data)
			crypt_wipe(plain.data, plain.len);
		buf_clear(&plain);
	}
	buf_release(&plain);
	return e->code;
}

static int search_day(struct request_search *s, struct request_cli *c,
		      const struct request_scope *scope, int32_t day,
		      struct likeness *l, struct err *e)
{
	struct traveller_row *row;
	struct taken t = { .nr = 0 };
	const uint8_t *key;
	uint32_t nr;

	if (request_search_scope_rows(&row, &nr, s, scope, day, e) || !nr)
		return e->code;
	if (key_folder_day(c->keys, date_from_days(day), DAY_KEY_OPEN, &key, e))
		return e->code;
	t.flight = arena_alloc(s->arena, nr * sizeof(*t.flight));
	t.traveller = arena_alloc(s->arena, nr * sizeof(*t.traveller));
	if (compare_all(&t, l, row, nr, key, e) || !t.nr)
		return e->code;
	return request_search_take(
		s, day, &(struct row_tokens){ t.flight, t.nr },
		&(struct row_tokens){ t.traveller, t.nr }, e);
}

int request_query_alike(struct request_search *s, struct request_cli *c,
			const struct request_query *q, int32_t from,
			int32_t until, struct err *e)
{
	struct request_scope scope = { from, until, q->carrier, q->number };
	struct likeness *l = arena_alloc(s->arena, sizeof(*l));

	if (make_likeness(l, q, s->arena, e) ||
	    request_search_scope_note(s, &scope, e))
		return e->code;
	for (int32_t day = from; day <= until; day++)
		if (search_day(s, c, &scope, day, l, e))
			return e->code;
	return 0;
}
