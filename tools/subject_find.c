/*
 * subject_find.c - paxgate subject find: what is stored of a person
 */
#include "base/docnumber.h"
#include "base/json_write.h"
#include "db/query.h"
#include "db/retention.h"
#include "engine/tokens.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/register_cli.h"
#include "tools/subject_cli.h"

#include <stdio.h>

static struct subject_words words;
static const char *surname, *given, *born, *document, *since;

/* clang-format off */
static const struct opt opts[] = {
	SUBJECT_OPTS(words),
	SUBJECT_CUSTODIAN_OPTS(words),
	{ "surname", 0, "TEXT", OPT_TEXT, &surname, "all parts, as in the booking" },
	{ "given", 0, "TEXT", OPT_TEXT, &given, "given names; all have to be there" },
	{ "born", 0, "DATE", OPT_TEXT, &born, "1964-07-12; with a name" },
	{ "document", 0, "NUMBER", OPT_TEXT, &document, "of a passport, identity card, visa" },
	{ "since", 0, "DATE", OPT_TEXT, &since, "clock days from this one on (all)" },
	{ "json", 'j', NULL, OPT_FLAG, &words.as_json, "print JSON, a line a record" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage usage = {
	"subject find",
	"[OPTIONS]",
	"Find the records of a person who asks (Art. 13(1)): by name and date "
	"of birth, or by\n"
	"a document's number, exactly, over all days that are there. What is "
	"found has these\n"
	"names; one without a date of birth is found, too, and says so. Masked "
	"records are\n"
	"found only with the key of a custodian who is there. For the data "
	"protection\n"
	"officer; on record before anything is shown.",
	opts,
	"  paxgate subject find --purpose oversight --case DPO-26-7 --reason "
	"'access, letter of\n"
	"    3 November' --surname DOE --given JOHN --born 1964-07-12\n",
};

/* Whom we look for. */
struct wanted {
	struct date born; /* DATE_NONE: not asked */
	struct arena *arena;
};

static int read_wanted(struct wanted *w, int32_t *first, struct err *e)
{
	struct date d;

	*first = 0;
	if (!document && !(surname && given && born))
		return err_at(e, ERR_USAGE, 0,
			      "say --surname, --given and --born, or "
			      "--document: a name alone finds others");
	if (born && (!date_read(str_of(born), &w->born) ||
		     !date_is_full(w->born) || !date_is_valid(w->born)))
		return err_at(e, ERR_USAGE, 0,
			      "--born: write a date as 1964-07-12");
	if (since && (!date_read(str_of(since), &d) || !date_is_full(d)))
		return err_at(e, ERR_USAGE, 0,
			      "--since: write a date as 2026-11-22");
	if (since)
		*first = (int32_t)date_to_days(d);
	return 0;
}

static struct row_tokens tokens_of(const struct wanted *w, const uint8_t *key)
{
	struct tokens t = { .day_key = key, .arena = w->arena };

	tokens_add_name(&t, surname ? str_of(surname) : STR_NONE);
	tokens_add_name(&t, given ? str_of(given) : STR_NONE);
	if (document)
		tokens_add(&t, "document", str_of(document));
	return (struct row_tokens){ t.v, t.nr };
}

/* Is a record of this date of birth his? *unsure: it does not say. */
static bool fits_born(const struct wanted *w, const struct json_node *t,
		      bool *unsure)
{
	struct str said = json_node_text(json_node_get(t, "birth_date"));
	struct date d;

	*unsure = false;
	if (!born)
		return true;
	if (str_empty(said) || !date_read(said, &d) || !date_is_full(d)) {
		*unsure = true;
		return true;
	}
	return date_to_days(d) == date_to_days(w->born);
}

/* One that was found. */
struct found {
	struct subject_record record;
	struct str carrier, number, origin, destination;
	struct moment departs;
	bool masked, unsure, restricted;
	int64_t hits, links, corrections;
};

struct finding {
	struct found *v;
	uint32_t nr;
	int64_t masked; /* records that were not looked into */
};

static int search_day(struct finding *f, struct subject_cli *c,
		      const struct wanted *w, int32_t day, struct err *e)
{
	struct row_number any = { 0, false };
	struct row_tokens tokens;
	struct subject_view *v;
	const uint8_t *key;
	uint32_t nr;

	if (key_folder_day(c->keys, date_from_days(day), DAY_KEY_IF_ANY, &key,
			   e) ||
	    !key)
		return e->code;
	tokens = tokens_of(w, key);
	if (subject_find(&v, &nr, c->pg, day, &tokens, any, &c->arena, e))
		return e->code;
	for (uint32_t i = 0; i < nr; i++) {
		struct traveller_row *t = &v[i].traveller;
		struct json_node *doc;
		struct found x = {
			.record = { day, t->traveller_id },
			.carrier = v[i].flight.carrier,
			.number = v[i].flight.number,
			.origin = v[i].flight.origin,
			.destination = v[i].flight.destination,
			.departs = v[i].flight.departs,
			.restricted = v[i].restricted,
			.hits = v[i].hits,
			.links = v[i].links,
			.corrections = v[i].corrections,
		};

		if (subject_unseal(&doc, c, "traveller", day, t->traveller_id,
				   t->sealed, e))
			return e->code;
		if (fits_born(w, doc, &x.unsure))
			*(struct found *)arena_push(&c->arena, &f->v, &f->nr,
						    sizeof(x)) = x;
		json_node_free(doc);
	}
	return 0;
}

/* Are all parts of `asked` among those of the record's names? */
static bool has_parts(const struct wanted *w, const struct json_node *t,
		      const char *asked)
{
	struct str rest = asked ? str_of(asked) : STR_NONE;
	const struct json_node *more = json_node_get(t, "names");

	while (rest.ptr) {
		struct str part =
			docnumber_fold(w->arena, str_split(&rest, ' '));
		bool there = str_empty(part);

		for (size_t k = 0; k <= json_node_nr(more) && !there; k++) {
			const struct json_node *n =
				k ? json_node_at(more, k - 1) : t;
			struct str has[] = {
				json_node_text(json_node_get(n, "surname")),
				json_node_text(json_node_get(n, "given")),
			};

			for (size_t i = 0; i < ARRAY_SIZE(has); i++)
				while (has[i].ptr && !there)
					there = str_eq(
						part, docnumber_fold(
							      w->arena,
							      str_split(&has[i],
									' ')));
		}
		if (!there)
			return false;
	}
	return true;
}

static bool has_document(const struct json_node *t, const char *list)
{
	const struct json_node *all = json_node_get(t, list);

	for (size_t i = 0; i < json_node_nr(all); i++)
		if (docnumber_same(str_of(document),
				   json_node_text(json_node_get(
					   json_node_at(all, i), "number"))))
			return true;
	return false;
}

static int search_masked(struct finding *f, struct subject_cli *c,
			 const struct wanted *w, int32_t day, struct err *e)
{
	struct masked_record_row *m;
	struct row_tokens restricted;
	uint32_t nr;

	if (subject_masked(&m, &nr, c->pg, day, &c->arena, e) ||
	    subject_masked_restricted(&restricted, c->pg, day, &c->arena, e))
		return e->code;
	for (uint32_t i = 0; i < nr; i++) {
		struct json_node *doc = NULL;
		const struct json_node *t;
		struct found x = { .record = { day, m[i].record_id },
				   .carrier = m[i].carrier,
				   .number = m[i].number,
				   .origin = m[i].origin,
				   .destination = m[i].destination,
				   .departs = m[i].departs,
				   .masked = true };

		if (c->his && subject_unseal_masked(&doc, c, &m[i], e))
			return e->code;
		if (!doc) {
			f->masked++;
			continue;
		}
		t = json_node_get(doc, "traveller");
		for (uint32_t k = 0; k < restricted.nr; k++)
			x.restricted |= restricted.v[k] == m[i].record_id;
		x.corrections = (int64_t)json_node_nr(
			json_node_get(doc, "corrections"));
		x.hits = (int64_t)json_node_nr(json_node_get(doc, "hits"));
		if (has_parts(w, t, surname) && has_parts(w, t, given) &&
		    (!document || has_document(t, "documents") ||
		     has_document(t, "visas")) &&
		    fits_born(w, t, &x.unsure))
			*(struct found *)arena_push(&c->arena, &f->v, &f->nr,
						    sizeof(x)) = x;
		json_node_free(doc);
	}
	return 0;
}

static void print_found(struct buf *out, const struct found *x)
{
	struct hit_name name = hit_name_of(x->record.day, x->record.id);
	struct json j;

	if (!words.as_json) {
		buf_fmt(out,
			"%-26s  " STR_FMT STR_FMT " " STR_FMT "-" STR_FMT
			"  %s  %lld hits, %lld links%s%s%s\n",
			name.text, STR_ARG(x->carrier), STR_ARG(x->number),
			STR_ARG(x->origin), STR_ARG(x->destination),
			x->masked ? "masked" : "active", (long long)x->hits,
			(long long)x->links,
			x->restricted ? ", restricted" : "",
			x->corrections ? ", corrected" : "",
			x->unsure ? ", no date of birth" : "");
		return;
	}
	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_z(&j, "record", name.text);
	json_str(&j, "carrier", x->carrier);
	json_str(&j, "number", x->number);
	json_str(&j, "origin", x->origin);
	json_str(&j, "destination", x->destination);
	json_moment(&j, "departs", x->departs, false);
	json_bool(&j, "masked", x->masked);
	json_bool(&j, "birth_date_unknown", x->unsure);
	json_bool(&j, "restricted", x->restricted);
	json_int(&j, "hits", x->hits);
	json_int(&j, "links", x->links);
	json_int(&j, "corrections", x->corrections);
	json_close(&j, '}');
	buf_byte(out, '\n');
}

static int search(struct finding *f, struct subject_cli *c,
		  const struct wanted *w, int32_t first, struct err *e)
{
	struct retention_day *d;
	uint32_t nr;

	if (retention_days(&d, &nr, c->pg, register_today(), &c->arena, e))
		return e->code;
	for (uint32_t i = 0; i < nr; i++) {
		if (d[i].day < first)
			continue;
		if (d[i].stage == RETENTION_ACTIVE
			    ? search_day(f, c, w, d[i].day, e)
			    : search_masked(f, c, w, d[i].day, e))
			return e->code;
	}
	return 0;
}

/* Look, put what was found on record, then show it. */
static int find(struct subject_cli *c, struct err *e)
{
	struct wanted w = { .arena = &c->arena };
	struct finding f = { .nr = 0 };
	struct subject_record *record;
	struct buf out = { 0 };
	int32_t first;
	bool done;

	if (subject_refuse(&done, c, "find", NULL, 0, e) || done ||
	    read_wanted(&w, &first, e) || search(&f, c, &w, first, e))
		return e->code;
	record = arena_alloc(&c->arena, (f.nr + 1) * sizeof(*record));
	for (uint32_t i = 0; i < f.nr; i++)
		record[i] = f.v[i].record;
	if (subject_note(c->pg, &c->act, "find", STR_NONE, record, f.nr, e))
		return e->code;
	for (uint32_t i = 0; i < f.nr; i++)
		print_found(&out, &f.v[i]);
	fwrite(out.data ? out.data : "", 1, out.len, stdout);
	buf_release(&out);
	fprintf(stderr, "%u records\n", f.nr);
	if (f.masked)
		fprintf(stderr,
			"%lld masked records were not looked into: they open "
			"with a custodian's key alone (--custodian, --key)\n",
			(long long)f.masked);
	return 0;
}

int subject_find_verb(int argc, char **argv)
{
	struct subject_cli c;
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first != argc)
		return opt_wrong(&usage, "'%s' is no option", argv[first]);
	if (!subject_open(&c, &words, &e))
		(void)!find(&c, &e);
	subject_close(&c);
	return e.code ? tool_fail("subject find", &e) : EXIT_OK;
}
