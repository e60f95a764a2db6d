#include "engine/evidence.h"

#include "base/buf.h"
#include "base/json_write.h"
#include "engine/past_json.h"
#include "parsers/record_json.h"
#include "rules/profile_set.h"
#include "watchlist/evidence.h"

#include <string.h>

/* Every form of the name, in the order of the record. */
static void write_names(struct json *j, const struct traveller *t)
{
	json_open(j, "names", '[');
	for (uint32_t i = 0; i < t->nr_names; i++) {
		json_open(j, NULL, '{');
		json_str(j, "surname", t->names[i].surname);
		json_str(j, "given", t->names[i].given);
		json_str(j, "source", t->names[i].source);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void write_documents(struct json *j, const struct traveller *t)
{
	json_open(j, "documents", '[');
	for (uint32_t i = 0; i < t->nr_documents; i++) {
		const struct document *d = &t->documents[i];

		json_open(j, NULL, '{');
		json_str(j, "type", d->type);
		json_str(j, "number", d->number);
		json_str(j, "issuer", d->issuer);
		json_date(j, "expires", d->expires);
		json_close(j, '}');
	}
	json_close(j, ']');
}

/* Whom it is about: all that list matching compares, and the locator. */
static void begin(struct json *j, const char *kind, const struct subject *s)
{
	const struct traveller *t = s->traveller;
	bool by_list = !strcmp(kind, "list");

	json_open(j, NULL, '{');
	json_int(j, "semantics", SCREEN_SEMANTICS);
	json_z(j, "kind", kind);
	record_write_json(j, "flight", "flight", s->flight);
	json_open(j, "traveller", '{');
	json_str(j, "surname", t->surname);
	json_str(j, "given", t->given);
	write_names(j, t);
	json_date(j, "birth_date", t->birth_date);
	json_str(j, "sex", t->sex);
	json_str(j, "nationality", t->nationality);
	json_str(j, "second_nationality", t->second_nationality);
	if (by_list) { /* profiles may not look at it */
		json_str(j, "birth_place", t->birth_place);
		json_str(j, "birth_country", t->birth_country);
	}
	write_documents(j, t);
	json_str(j, "locator", s->booking ? s->booking->locator : t->locator);
	json_close(j, '}');
	if (s->past)
		past_write_json(j, "past", s->past);
}

/* Into the arena; out of memory ends the process, as the arena does. */
static struct str finish(struct buf *text, struct arena *a)
{
	struct str out = arena_str(a, buf_view(text));

	buf_release(text);
	return out;
}

struct str evidence_of_profile(const struct screen_set *set,
			       struct rules_scratch *tmp,
			       const struct subject *s, const struct verdict *v,
			       struct arena *a)
{
	struct buf text = { 0 }, verdict = { 0 };
	struct json j;

	verdict_write_json(&verdict, profile_set_context(set->profiles), tmp, s,
			   v);
	json_init(&j, &text);
	begin(&j, "profile", s);
	json_raw(&j, "verdict", buf_view(&verdict));
	json_close(&j, '}');
	buf_release(&verdict);
	return finish(&text, a);
}

struct str evidence_of_match(const struct subject *s,
			     const struct watch_match *m,
			     const struct watch_query *q,
			     const struct watch_entry *n, struct arena *a)
{
	struct buf text = { 0 };
	struct json j;

	json_init(&j, &text);
	begin(&j, "list", s);
	watch_match_write_json(&j, "match", m, q, n);
	json_close(&j, '}');
	return finish(&text, a);
}
