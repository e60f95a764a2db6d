/*
 * subject_change.c - paxgate subject correct, restrict, erase
 */
#include "base/json_write.h"
#include "db/query.h"
#include "parsers/field.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/register_cli.h"
#include "tools/subject_cli.h"
#include "tools/subject_traces.h"

#include <stdio.h>

static struct subject_words words;
static const char *field, *value;
static bool lifts, shared_too;

/* clang-format off */
static const struct opt correct_opts[] = {
	SUBJECT_OPTS(words),
	{ "field", 0, "PATH", OPT_TEXT, &field, "traveller.birth_date; as 'paxgate fields' has it" },
	{ "is", 0, "TEXT", OPT_TEXT, &value, "what is right" },
	{ 0 },
};
static const struct opt restrict_opts[] = {
	SUBJECT_OPTS(words),
	{ "lift", 0, NULL, OPT_FLAG, &lifts, "it may be used again" },
	{ 0 },
};
static const struct opt erase_opts[] = {
	SUBJECT_OPTS(words),
	{ "shared-too", 0, NULL, OPT_FLAG, &shared_too, "also what others of the booking share with him" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage correct_usage = {
	"subject correct",
	"[OPTIONS] RECORD",
	"Put what is right beside a record (Art. 16(1) of Directive (EU) "
	"2016/680). What the\n"
	"carrier sent stays as it is, as evidence; 'hits show' and 'export' "
	"show the correction\n"
	"beside it. Hits that were taken or decided are reopened "
	"(data-changed). Prints who has\n"
	"to be told.",
	correct_opts,
	"  paxgate subject correct --purpose oversight --case DPO-26-7 "
	"--reason 'passport seen\n"
	"    at the desk' --field traveller.birth_date --is 1964-07-21 "
	"20261122-9f3c01d2a4b5c6d7\n",
};

static const struct opt_usage restrict_usage = {
	"subject restrict",
	"[OPTIONS] RECORD",
	"Restrict a record (Art. 16(3) of Directive (EU) 2016/680): the "
	"database shows its rows\n"
	"and hits to nobody but the data protection officer and the "
	"supervisory authority; new\n"
	"hits are stored and told to nobody, none is reviewed or referred. It "
	"does not lengthen\n"
	"the time for which it is kept.",
	restrict_opts,
	"  paxgate subject restrict --purpose oversight --case DPO-26-7 "
	"--reason 'accuracy is\n"
	"    contested' 20261122-9f3c01d2a4b5c6d7\n"
	"  paxgate subject restrict --lift ... 20261122-9f3c01d2a4b5c6d7\n",
};

static const struct opt_usage erase_usage = {
	"subject erase",
	"[OPTIONS] RECORD",
	"Erase a record that is processed unlawfully before it is due (Art. "
	"16(2) of Directive\n"
	"(EU) 2016/680): rows, hits, evidence, reviews, slices and facts; of a "
	"masked record its\n"
	"key first. An event of the audit log is the certificate. Refused with "
	"code 4 until a day\n"
	"after arrival: restrict it until then. What copies hold of an active "
	"day goes with the\n"
	"day's key, at masking.",
	erase_opts,
	"  paxgate subject erase --purpose oversight --case DPO-26-7 --reason "
	"'flight is out of\n"
	"    scope' 20261122-9f3c01d2a4b5c6d7\n",
};

/* The member that a path names: "traveller.documents[0].number". */
static const struct json_node *walk(const struct json_node *n, struct str path)
{
	while (path.len && n) {
		char key[80];
		size_t k = 0, at = 0;
		bool indexed;

		if (*path.ptr == '.')
			path = str_slice(path, 1, path.len);
		while (k < path.len && path.ptr[k] != '.' &&
		       path.ptr[k] != '[' && k + 1 < sizeof(key)) {
			key[k] = path.ptr[k];
			k++;
		}
		key[k] = '\0';
		n = json_node_get(n, key);
		indexed = k < path.len && path.ptr[k] == '[';
		for (k += indexed; indexed && k < path.len &&
				   path.ptr[k] >= '0' && path.ptr[k] <= '9';
		     k++)
			at = at * 10 + (size_t)(path.ptr[k] - '0');
		if (indexed)
			n = json_node_at(n, at);
		path = str_slice(path, k + indexed, path.len);
	}
	return n;
}

/* Is it a path of the field table? Indexes are left aside. */
static bool is_field(struct str path)
{
	struct str first = str_split(&path, '.');
	const char *record = str_eq(first, STR("traveller")) ? "traveller"
			     : str_eq(first, STR("booking")) ? "booking"
							     : NULL;

	while (record && path.ptr) {
		struct str name = str_split(&path, '.');
		struct str bare = str_split(&name, '[');
		const struct field *f = field_find(record, bare);

		if (!f)
			return false;
		record = f->child;
		if (!path.ptr)
			return !f->child;
	}
	return false;
}

static int seal_words(struct str *out, struct subject_cli *c,
		      const struct subject_view *v, int64_t addendum,
		      struct err *e)
{
	bool of_booking = str_starts(str_of(field), STR("booking."));
	struct str path = str_slice(str_of(field), of_booking ? 8 : 10,
				    str_of(field).len);
	struct json_node *doc;
	struct buf plain = { 0 }, was = { 0 };
	struct json j;

	if (of_booking ? subject_unseal(
				 &doc, c, "booking", v->traveller.clock_day,
				 v->booking.booking_id, v->booking.sealed, e)
		       : subject_unseal(&doc, c, "traveller",
					v->traveller.clock_day,
					v->traveller.traveller_id,
					v->traveller.sealed, e))
		return e->code;
	json_init(&j, &plain);
	json_open(&j, NULL, '{');
	json_z(&j, "field", field);
	if (walk(doc, path)) {
		json_node_write(&was, walk(doc, path));
		json_raw(&j, "was", buf_view(&was));
	} else {
		json_null(&j, "was");
	}
	json_z(&j, "is", value);
	json_str(&j, "reason", c->act.reason);
	json_str(&j, "case", c->act.case_id);
	json_close(&j, '}');
	(void)!subject_seal(out, c, "addendum", v->traveller.clock_day,
			    addendum, buf_view(&plain), e);
	buf_release(&plain);
	buf_release(&was);
	json_node_free(doc);
	return e->code;
}

static int no_traveller(const char *what, struct err *e)
{
	return err_at(e, ERR_LEGAL, 0,
		      "there is no such record in a day that is not masked; "
		      "what is masked can be %s only",
		      what);
}

static int correct(struct subject_cli *c, const struct subject_record *r,
		   struct err *e)
{
	struct subject_view *v;
	struct row_texts told;
	struct str sealed;
	int64_t addendum;

	if (!field || !value || !is_field(str_of(field)))
		return err_at(e, ERR_USAGE, 0,
			      "say --field and --is: the path of a value, as "
			      "traveller.birth_date or "
			      "traveller.documents[0].number; 'paxgate fields' "
			      "lists them");
	if (subject_view_of(&v, c, r, e))
		return e->code;
	if (!v)
		return no_traveller("restricted and erased", e);
	crypt_random(&addendum, sizeof(addendum));
	addendum &=
		INT64_MAX >> 1; /* steps of reviews are numbered behind it */
	if (seal_words(&sealed, c, v, addendum, e) ||
	    subject_told(&told, c->pg, r, &c->arena, e) ||
	    subject_correct(c->pg, &c->act, r, addendum, str_of(field), sealed,
			    e))
		return e->code;
	printf("corrected: %s\n", field);
	subject_print_told(&told);
	return 0;
}

static int restrict_(struct subject_cli *c, const struct subject_record *r,
		     struct err *e)
{
	struct row_texts told;

	if (subject_told(&told, c->pg, r, &c->arena, e) ||
	    subject_restrict(c->pg, &c->act, r, lifts, e))
		return e->code;
	printf("%s\n", lifts ? "the restriction is lifted" : "restricted");
	subject_print_told(&told);
	return 0;
}

struct masked_key {
	struct subject_cli *c;
	const struct subject_record *r;
};

static int unkey(void *arg, struct err *e)
{
	struct masked_key *m = arg;

	return key_kept_remove(m->c->keys, date_from_days(m->r->day), &m->r->id,
			       1, e);
}

static int erase(struct subject_cli *c, const struct subject_record *r,
		 struct err *e)
{
	struct masked_key m = { c, r };
	struct subject_traces traces;
	struct subject_erased gone;
	struct subject_view *v;
	struct row_texts told;

	if (subject_view_of(&v, c, r, e) ||
	    subject_told(&told, c->pg, r, &c->arena, e))
		return e->code;
	if (!v) {
		if (!subject_erase_masked(c->pg, &c->act, r, unkey, &m, e))
			printf("erased: the record's key is destroyed\n");
		return e->code;
	}
	if (subject_traces_of(&traces, c, v, e))
		return e->code;
	traces.shared_too = shared_too;
	if (subject_erase(&gone, c->pg, &c->act, r, &traces, e))
		return e->code;
	printf("erased: the traveller, %lld hits, %lld slices; %lld others "
	       "shared them\n",
	       (long long)gone.hits, (long long)gone.slices,
	       (long long)gone.others);
	printf("in copies of before until masking: %s\n",
	       register_day_text(v->traveller.mask_on).text);
	subject_print_told(&told);
	return 0;
}

/* One verb, on one record. */
static int on_record(const struct opt_usage *usage, const char *what, int argc,
		     char **argv,
		     int (*act)(struct subject_cli *c,
				const struct subject_record *r, struct err *e))
{
	struct subject_cli c;
	struct subject_record r;
	struct err e = { 0 };
	bool done = false;
	int first = opt_parse(usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first != argc - 1)
		return opt_wrong(usage, "name one record, as 'subject find' "
					"does");
	if (!subject_open(&c, &words, &e) &&
	    !subject_record_read(&r, argv[first], &e) &&
	    !subject_refuse(&done, &c, what, &r, 1, &e) && !done)
		(void)!act(&c, &r, &e);
	subject_close(&c);
	return e.code ? tool_fail(usage->command, &e) : EXIT_OK;
}

int subject_correct_verb(int argc, char **argv)
{
	return on_record(&correct_usage, "correct", argc, argv, correct);
}

int subject_restrict_verb(int argc, char **argv)
{
	return on_record(&restrict_usage, "restrict", argc, argv, restrict_);
}

int subject_erase_verb(int argc, char **argv)
{
	return on_record(&erase_usage, "erase", argc, argv, erase);
}
