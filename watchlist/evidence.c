#include "watchlist/evidence.h"
#include "watchlist/step.h"

/* `weights`: how rare each part is among all lists, which is not of the entry. */
static void write_names(struct json *j, const struct watch_entry *n,
			bool weights)
{
	json_open(j, "names", '[');
	for (uint32_t i = 0; i < n->nr_names; i++) {
		const struct watch_name *name = &n->names[i];
		size_t nr = NAME_TOKENS;

		while (nr > 0 && (!weights || name->weight[nr - 1] == 0))
			nr--;
		json_open(j, NULL, '{');
		json_str(j, "surname", name->surname);
		json_str(j, "given", name->given);
		if (weights)
			json_open(j, "weights", '[');
		for (size_t k = 0; k < nr; k++)
			json_int(j, NULL, name->weight[k]);
		if (weights)
			json_close(j, ']');
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void write_births(struct json *j, const struct watch_entry *n)
{
	struct buf b = { .limit = 64 };

	json_open(j, "birth_dates", '[');
	for (uint32_t i = 0; i < n->nr_births; i++) {
		buf_clear(&b);
		birth_write(&b, n->births[i]);
		json_str(j, NULL, buf_view(&b));
	}
	json_close(j, ']');
	buf_release(&b);
}

static void write_documents(struct json *j, const struct watch_entry *n)
{
	json_open(j, "documents", '[');
	for (uint32_t i = 0; i < n->nr_documents; i++) {
		const struct watch_document *d = &n->documents[i];

		json_open(j, NULL, '{');
		json_str(j, "number",
			 (struct str){ d->number.text, d->number.len });
		json_str(j, "issuer",
			 str_empty(d->issuer) ? STR_NONE : d->issuer);
		json_str(j, "type", str_empty(d->type) ? STR_NONE : d->type);
		json_close(j, '}');
	}
	json_close(j, ']');
}

/* Only where the list has any: records of others stay as they were. */
static void write_least(struct json *j, const struct watch_entry *n)
{
	bool any = false;

	for (int i = 0; i < ENTRY_CLASSES; i++)
		any |= n->least[i] != 0;
	if (!any)
		return;
	json_open(j, "least", '[');
	for (int i = 0; i < ENTRY_CLASSES; i++)
		json_int(j, NULL, n->least[i]);
	json_close(j, ']');
}

/* From birth dates on: what both forms have. */
static void write_person(struct json *j, const struct watch_entry *n)
{
	write_births(j, n);
	json_str(j, "sex", n->sex ? (struct str){ &n->sex, 1 } : STR_NONE);
	json_open(j, "nationalities", '[');
	for (uint32_t i = 0; i < n->nr_nationalities; i++)
		json_str(j, NULL, n->nationalities[i]);
	json_close(j, ']');
	json_str(j, "birth_place",
		 str_empty(n->birth_place) ? STR_NONE : n->birth_place);
	write_documents(j, n);
}

void watch_entry_write_json(struct json *j, const char *key,
			    const struct watch_entry *n)
{
	json_open(j, key, '{');
	json_str(j, "list", n->list);
	json_str(j, "id", n->id);
	json_str(j, "reference", n->reference);
	json_str(j, "offence", n->offence);
	json_date(j, "valid_until", n->valid_until);
	json_int(j, "threshold", n->threshold);
	write_least(j, n);
	write_names(j, n, true);
	write_person(j, n);
	json_close(j, '}');
}

void watch_entry_write_content(struct json *j, const struct watch_entry *n)
{
	json_open(j, NULL, '{');
	json_str(j, "list", n->list);
	json_str(j, "id", n->id);
	json_str(j, "reference", n->reference);
	json_str(j, "offence", n->offence);
	write_names(j, n, false);
	write_person(j, n);
	json_close(j, '}');
}

static void write_parts(struct json *j, const char *key,
			const struct name_form *f, unsigned int used)
{
	json_open(j, key, '[');
	for (uint8_t i = 0; i < f->nr_tokens; i++) {
		if (used >> i & 1)
			continue;
		json_open(j, NULL, '{');
		json_str(j, "part", f->unit[i].key[0].text);
		json_z(j, "kind", name_kind_word(f->kind[i]));
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void write_steps(struct json *j, const char *key,
			const struct name_form *f)
{
	json_open(j, key, '[');
	for (unsigned int i = 0; i < NAME_STEPS; i++)
		if (f->steps >> i & 1)
			json_z(j, NULL, name_step_word(i));
	json_close(j, ']');
}

/* By what two keys are alike: "sound". */
static const char *method_of(const struct name_unit *q,
			     const struct name_key *qk,
			     const struct name_key *nk)
{
	enum name_method how;

	text_compare(qk, nk, q->stub, &how);
	return name_method_word(how);
}

/* Which part of the one name met which of the other, and how. */
static void write_alignment(struct json *j, const struct watch_match *m,
			    const struct name_form *carried,
			    const struct name_form *listed)
{
	unsigned int q_used = 0, n_used = 0;

	json_open(j, "alignment", '[');
	for (uint8_t i = 0; i < m->name.nr; i++) {
		const struct name_match *a = &m->name.match[i];
		const struct name_unit *q = &carried->unit[a->carried];
		const struct name_unit *n = &listed->unit[a->listed];
		const struct name_key *qk = &q->key[a->carried_key];
		const struct name_key *nk = &n->key[a->listed_key];

		q_used |= q->mask;
		n_used |= n->mask;
		json_open(j, NULL, '{');
		json_str(j, "carried", qk->text);
		json_z(j, "carried_as", name_spelt_word(qk->spelt));
		json_str(j, "listed", nk->text);
		json_z(j, "listed_as", name_spelt_word(nk->spelt));
		json_z(j, "method", method_of(q, qk, nk));
		json_bool(j, "crossed", q->part != n->part);
		json_int(j, "similarity", a->sim);
		json_int(j, "weight", a->weight);
		json_close(j, '}');
	}
	json_close(j, ']');
	write_parts(j, "carried_alone", carried, q_used);
	write_parts(j, "listed_alone", listed, n_used);
}

static void write_lines(struct json *j, const struct watch_match *m)
{
	json_open(j, "lines", '{');
	for (int i = 0; i < WATCH_FEATURES; i++) {
		json_open(j, watch_feature_word(i), '{');
		json_z(j, "verdict", watch_verdict_word(m->line[i].verdict));
		json_int(j, "points", m->line[i].points);
		json_close(j, '}');
	}
	json_close(j, '}');
}

void watch_match_write_json(struct json *j, const char *key,
			    const struct watch_match *m,
			    const struct watch_query *q,
			    const struct watch_entry *n)
{
	struct name_form carried, listed;

	json_open(j, key, '{');
	json_str(j, "list", n->list);
	json_str(j, "entry", n->id);
	json_z(j, "class", watch_class_word(m->class));
	json_int(j, "score", m->name.score);
	json_int(j, "total", m->total);
	json_int(j, "rarity", m->name.rarity);
	write_lines(j, m);
	if (m->name.nr) {
		const struct watch_query_name *c = &q->name[m->carried_name];
		const struct watch_name *l = &n->names[m->listed_name];

		name_normalise(&carried, c->surname, c->given, NAME_CARRIED);
		name_normalise(&listed, l->surname, l->given, NAME_LISTED);
		json_int(j, "carried_name", m->carried_name);
		json_int(j, "listed_name", m->listed_name);
		write_steps(j, "carried_steps", &carried);
		write_steps(j, "listed_steps", &listed);
		write_alignment(j, m, &carried, &listed);
	}
	watch_entry_write_json(j, "record", n);
	json_close(j, '}');
}
