/*
 * subject_export.c - paxgate subject export: what there is of a person, for
 * the person
 */
#include "base/json_write.h"
#include "db/query.h"
#include "law/keyfile.h"
#include "parsers/field.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/register_cli.h"
#include "tools/subject_cli.h"

#include <stdio.h>

static struct subject_words words;
static const char *output, *without = "";

/* clang-format off */
static const struct opt opts[] = {
	SUBJECT_OPTS(words),
	SUBJECT_CUSTODIAN_OPTS(words),
	{ "output", 'o', "FILE", OPT_TEXT, &output, "a new file, mode 0600, instead of standard output" },
	{ "without", 0, "LIST", OPT_TEXT, &without, "leave out: hits, booking (Art. 15 of Directive (EU) 2016/680), with commas" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage usage = {
	"subject export",
	"[OPTIONS] RECORD...",
	"Write what is stored of a person as JSON: each value with the path of "
	"its field, its\n"
	"meaning and its number in Annex I, corrections, hits with their "
	"evidence, who was told,\n"
	"how long it is kept, and what the person may do. Co-travellers are "
	"not in it. Say\n"
	"--without where the law restricts access. On record before anything "
	"is shown.",
	opts,
	"  paxgate subject export --purpose oversight --case DPO-26-7 "
	"--reason 'access, letter\n"
	"    of 3 November' -o doe.json 20261122-9f3c01d2a4b5c6d7\n",
};

/* Is a word among those of --without? */
static bool left_out(const char *word)
{
	struct str rest = str_of(without);

	while (rest.ptr)
		if (str_eq(str_split(&rest, ','), str_of(word)))
			return true;
	return false;
}

static void put_value(struct json *j, const struct field *f, const char *path,
		      const struct json_node *n)
{
	struct buf text = { 0 };

	if (json_node_kind(n) == JSON_KIND_NULL)
		return;
	json_open(j, NULL, '{');
	json_z(j, "field", path);
	json_z(j, "meaning", f ? f->help : NULL);
	if (f)
		json_int(j, "annex_i", f->annex);
	json_node_write(&text, n);
	json_raw(j, "value", buf_view(&text));
	json_close(j, '}');
	buf_release(&text);
}

/* Every value of a record's JSON, by the field table. */
static void put_record(struct json *j, const char *record, const char *path,
		       const struct json_node *n, struct arena *a)
{
	const struct json_node *m;
	const char *key;
	void *iter = NULL;

	while ((m = json_node_next(n, &iter, &key))) {
		const struct field *f = field_find(record, str_of(key));
		struct str p = arena_fmt(a, "%s.%s", path, key);
		bool inside = f && f->child;

		if (inside && json_node_kind(m) == JSON_KIND_OBJECT) {
			put_record(j, f->child, p.ptr, m, a);
		} else if (inside && json_node_kind(m) == JSON_KIND_ARRAY) {
			for (size_t i = 0; i < json_node_nr(m); i++)
				put_record(
					j, f->child,
					arena_fmt(a, "%s[%zu]", p.ptr, i).ptr,
					json_node_at(m, i), a);
		} else {
			put_value(j, f, p.ptr, m);
		}
	}
}

static void put_node(struct json *j, const char *key, const struct json_node *n)
{
	struct buf text = { 0 };

	if (n) {
		json_node_write(&text, n);
		json_raw(j, key, buf_view(&text));
	} else {
		json_null(j, key);
	}
	buf_release(&text);
}

static int put_hits(struct json *j, struct subject_cli *c,
		    const struct traveller_row *t, struct err *e)
{
	struct subject_hit *h;
	uint32_t nr;

	if (subject_hits(&h, &nr, c->pg, t, &c->arena, e))
		return e->code;
	json_open(j, "hits", '[');
	for (uint32_t i = 0; i < nr; i++) {
		struct json_node *doc;

		if (subject_unseal(&doc, c, "evidence", h[i].hit.clock_day,
				   h[i].hit.hit_id, h[i].evidence.sealed, e))
			return e->code;
		json_open(j, NULL, '{');
		json_z(j, "kind",
		       h[i].hit.kind == HIT_LIST ? "list" : "profile");
		json_str(j, "source", h[i].hit.source);
		json_str(j, "state", h[i].hit.state);
		json_moment(j, "screened_at", h[i].hit.screened_at, true);
		put_node(j, "evidence", doc);
		json_close(j, '}');
		json_node_free(doc);
	}
	json_close(j, ']');
	return 0;
}

static int put_corrections(struct json *j, struct subject_cli *c,
			   const struct traveller_row *t, struct err *e)
{
	struct addendum_row *x;
	uint32_t nr;

	if (subject_addenda(&x, &nr, c->pg, t->clock_day, t->flight_id,
			    t->traveller_id, &c->arena, e))
		return e->code;
	json_open(j, "corrections", '[');
	for (uint32_t i = 0; i < nr; i++) {
		struct json_node *doc;

		if (subject_unseal(&doc, c, "addendum", x[i].clock_day,
				   x[i].addendum_id, x[i].sealed, e))
			return e->code;
		json_open(j, NULL, '{');
		json_str(j, "field", x[i].field);
		json_moment(j, "made_at", x[i].made_at, true);
		put_node(j, "said", doc);
		json_close(j, '}');
		json_node_free(doc);
	}
	json_close(j, ']');
	return 0;
}

static int put_told(struct json *j, struct subject_cli *c,
		    const struct subject_record *r, struct err *e)
{
	struct row_texts told;

	if (subject_told(&told, c->pg, r, &c->arena, e))
		return e->code;
	json_open(j, "recipients", '[');
	for (uint32_t i = 0; i < told.nr; i++)
		json_str(j, NULL, told.v[i]);
	json_close(j, ']');
	return 0;
}

static int put_active(struct json *j, struct subject_cli *c,
		      const struct subject_view *v,
		      const struct subject_record *r, struct err *e)
{
	const struct traveller_row *t = &v->traveller;
	struct json_node *doc = NULL, *booking = NULL;

	json_bool(j, "masked", false);
	json_bool(j, "restricted", v->restricted);
	json_str(j, "regime", v->flight.regime);
	json_z(j, "masked_on", register_day_text(t->mask_on).text);
	json_z(j, "deleted_on", register_day_text(t->delete_on).text);
	json_str(j, "carrier", v->flight.carrier);
	json_moment(j, "sent_at", t->pnr_sent_at, true);
	json_moment(j, "api_sent_at", t->api_sent_at, true);
	json_open(j, "values", '[');
	if (subject_unseal(&doc, c, "traveller", t->clock_day, t->traveller_id,
			   t->sealed, e))
		return e->code;
	put_record(j, "traveller", "traveller", doc, &c->arena);
	json_node_free(doc);
	if (!left_out("booking") && v->booking.sealed.ptr) {
		if (subject_unseal(&booking, c, "booking", t->clock_day,
				   v->booking.booking_id, v->booking.sealed, e))
			return e->code;
		put_record(j, "booking", "booking", booking, &c->arena);
		json_node_free(booking);
	}
	json_close(j, ']');
	if (put_corrections(j, c, t, e) ||
	    (!left_out("hits") && put_hits(j, c, t, e)) || put_told(j, c, r, e))
		return e->code;
	return 0;
}

static int put_masked(struct json *j, struct subject_cli *c,
		      const struct subject_record *r, struct err *e)
{
	struct masked_record_row *m;
	struct json_node *doc = NULL;
	uint32_t nr, i = 0;

	if (subject_masked(&m, &nr, c->pg, r->day, &c->arena, e))
		return e->code;
	while (i < nr && m[i].record_id != r->id)
		i++;
	if (i == nr)
		return err_at(e, ERR_USAGE, 0,
			      "there is no record '%s'; 'paxgate subject find' "
			      "names those there are",
			      hit_name_of(r->day, r->id).text);
	if (c->his && subject_unseal_masked(&doc, c, &m[i], e))
		return e->code;
	if (!doc)
		return err_at(
			e, ERR_LEGAL, 0,
			"Directive (EU) 2016/681 Art. 12(3): the record "
			"is masked; it opens with a custodian's key alone "
			"(--custodian, --key)");
	json_bool(j, "masked", true);
	json_str(j, "carrier", m[i].carrier);
	json_z(j, "deleted_on", register_day_text(m[i].delete_on).text);
	json_open(j, "values", '[');
	put_record(j, "traveller", "traveller", json_node_get(doc, "traveller"),
		   &c->arena);
	if (!left_out("booking"))
		put_record(j, "booking", "booking",
			   json_node_get(doc, "booking"), &c->arena);
	json_close(j, ']');
	put_node(j, "corrections", json_node_get(doc, "corrections"));
	if (!left_out("hits"))
		put_node(j, "hits", json_node_get(doc, "hits"));
	json_node_free(doc);
	return 0;
}

/* What Art. 14 of Directive (EU) 2016/680 asks to be said besides. */
static void put_about(struct json *j)
{
	json_open(j, "about", '{');
	json_z(j, "purpose",
	       "prevention, detection, investigation and prosecution of "
	       "terrorist offences and serious crime");
	json_z(j, "legal_basis", "Directive (EU) 2016/681 Art. 1(2), 6(2)");
	json_z(j, "origin", "the air carrier named with each record");
	json_z(j, "categories", "those of Annex I, numbered beside each value");
	json_z(j, "rights",
	       "rectification, erasure, restriction (Directive (EU) 2016/680 "
	       "Art. 16); a complaint to the supervisory authority (Art. 52); "
	       "a judicial remedy (Art. 54)");
	json_close(j, '}');
}

static int write_all(struct buf *out, struct subject_cli *c,
		     const struct subject_record *r, uint32_t nr, struct err *e)
{
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_str(&j, "case", c->act.case_id);
	put_about(&j);
	json_open(&j, "records", '[');
	for (uint32_t i = 0; i < nr && !e->code; i++) {
		struct subject_view *v;

		if (subject_view_of(&v, c, &r[i], e))
			break;
		json_open(&j, NULL, '{');
		json_z(&j, "record", hit_name_of(r[i].day, r[i].id).text);
		(void)!(v ? put_active(&j, c, v, &r[i], e)
			  : put_masked(&j, c, &r[i], e));
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_close(&j, '}');
	buf_byte(out, '\n');
	return e->code;
}

static int export(struct subject_cli *c, char **name, uint32_t nr,
		  struct err *e)
{
	struct subject_record *r =
		arena_alloc(&c->arena, (nr + 1) * sizeof(*r));
	struct buf out = { 0 };
	bool done;

	for (uint32_t i = 0; i < nr; i++)
		if (subject_record_read(&r[i], name[i], e))
			return e->code;
	if (subject_refuse(&done, c, "export", r, nr, e) || done)
		return e->code;
	if (!write_all(&out, c, r, nr, e) &&
	    !subject_note(c->pg, &c->act, "export", STR_NONE, r, nr, e)) {
		if (output)
			(void)!key_file_create(output, buf_view(&out), 0600, e);
		else
			fwrite(out.data, 1, out.len, stdout);
	}
	crypt_wipe(out.data, out.len);
	buf_release(&out);
	return e->code;
}

int subject_export_verb(int argc, char **argv)
{
	struct subject_cli c;
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first == argc)
		return opt_wrong(&usage, "name the records, as 'subject find' "
					 "does");
	if (!subject_open(&c, &words, &e))
		(void)!export(&c, argv + first, (uint32_t)(argc - first), &e);
	subject_close(&c);
	return e.code ? tool_fail("subject export", &e) : EXIT_OK;
}
