#include "base/json_write.h"
#include "rules/profile_set.h"
#include "tools/cmd.h"
#include "tools/message_file.h"
#include "tools/opt.h"
#include "tools/profile_cli.h"

#include <stdio.h>
#include <string.h>

static const char *offences, *lists, *reference_dir, *home;
static bool as_json;

static const struct opt opts[] = {
	{ "home", 0, "CODE", OPT_TEXT, &home,
	  "the PIU's country, for trip.direction (BEL)" },
	{ "reference", 0, "DIR", OPT_TEXT, &reference_dir,
	  "airports.csv and zones.csv (etc)" },
	{ "offences", 0, "FILE", OPT_TEXT, &offences,
	  "catalogue of offences (etc/offences.yaml)" },
	{ "lists", 0, "DIR", OPT_TEXT, &lists,
	  "the lists that profiles name (etc/lists); '' for none" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "one JSON object a test" },
	{ 0 },
};

static const struct opt_usage usage = {
	"profile test",
	"[OPTIONS] FILE|DIR...",
	"Run the tests that profiles carry: each names a message in tests/ "
	"beside "
	"the profile,\na traveller (counted over the message) and whether it "
	"hits. The moment of screening is\nthat of the message. Exit code 3: a "
	"test fails.",
	opts,
	"  paxgate profile test etc/profiles\n"
	"  paxgate profile test --home AUT etc/profiles/"
	"late-cash-one-way.yaml\n",
};

struct run {
	struct rules_context context;
	struct rules_scratch *scratch;
	unsigned nr_passed, nr_failed;
};

static void write_result(const struct profile *p, const struct profile_test *t,
			 const struct verdict *v, bool ok, struct buf *b)
{
	struct json j;

	json_init(&j, b);
	json_open(&j, NULL, '{');
	json_str(&j, "profile", p->name);
	json_str(&j, "message", t->message);
	json_int(&j, "traveller", t->traveller);
	json_z(&j, "expect", t->expect_hit ? "hit" : "none");
	json_z(&j, "got", v->hit ? "hit" : "none");
	json_bool(&j, "in_scope", v->ran);
	json_int(&j, "score", v->score);
	json_bool(&j, "ok", ok);
	json_close(&j, '}');
	buf_byte(b, '\n');
}

/* The evidence shows which clause went otherwise than expected. */
static void explain(struct run *r, const struct profile *p,
		    const struct profile_test *t, const struct verdict *v,
		    const struct subject *s)
{
	struct buf b = { 0 };

	fprintf(stderr, STR_FMT ":%u: " STR_FMT ", traveller %u: expected %s",
		STR_ARG(p->file), t->line, STR_ARG(t->message), t->traveller,
		t->expect_hit ? "a hit" : "none");
	if (t->has_score)
		fprintf(stderr, " with score %d", t->score);
	fprintf(stderr, ", got %s with score %d%s\n", v->hit ? "a hit" : "none",
		v->score, v->ran ? "" : " (out of scope or validity)");
	verdict_write_json(&b, &r->context, r->scratch, s, v);
	fprintf(stderr, "    " STR_FMT "\n", STR_ARG(buf_view(&b)));
	buf_release(&b);
}

static bool passes(struct run *r, const struct profile *p,
		   const struct profile_test *t, const struct subject *s)
{
	struct buf b = { 0 };
	struct verdict v;
	bool ok;

	profile_eval(&v, p, &r->context, r->scratch, s);
	ok = v.hit == t->expect_hit && (!t->has_score || v.score == t->score);
	if (as_json) {
		write_result(p, t, &v, ok, &b);
		fwrite(buf_view(&b).ptr, 1, b.len, stdout);
		buf_release(&b);
	} else if (!ok) {
		explain(r, p, t, &v, s);
	}
	return ok;
}

static bool run_test(struct run *r, const struct profile *p,
		     const struct profile_test *t)
{
	struct str dir = p->file;
	struct message_file f = { 0 };
	struct subject s;
	struct err e = { 0 };
	char path[4096];
	bool ok = false;

	while (dir.len && dir.ptr[dir.len - 1] != '/')
		dir.len--;
	snprintf(path, sizeof(path), STR_FMT "tests/" STR_FMT, STR_ARG(dir),
		 STR_ARG(t->message));
	if (message_file_read(&f, path, &e)) {
		fprintf(stderr, STR_FMT ":%u: %s: %s\n", STR_ARG(p->file),
			t->line, path, e.text);
	} else if (!message_file_subject(&f, t->traveller, &s)) {
		fprintf(stderr, STR_FMT ":%u: %s has no traveller %u\n",
			STR_ARG(p->file), t->line, path, t->traveller);
	} else {
		s.past = t->has_past ? &t->past : NULL;
		ok = passes(r, p, t, &s);
	}
	message_file_release(&f);
	return ok;
}

static int test_profile(const struct profile_file *f, void *arg)
{
	struct run *r = arg;
	int rc = EXIT_OK;

	if (!f->profile) {
		profile_print_faults(f);
		return EXIT_OK;
	}
	for (uint32_t i = 0; i < f->profile->nr_tests; i++) {
		bool ok = run_test(r, f->profile, &f->profile->test[i]);

		r->nr_passed += ok;
		r->nr_failed += !ok;
		rc = ok ? rc : EXIT_INPUT;
	}
	return rc;
}

static int run_all(struct reference *ref, int nr, char **argv)
{
	struct run r = { .context = { str_of(home), ref } };
	struct profile_walk w = { offences, lists, NULL, test_profile, &r };
	struct err e = { 0 };
	int rc;

	if (rules_scratch_new(&r.scratch, &e)) {
		fprintf(stderr, "%s\n", e.text);
		return err_exit_code(&e);
	}
	rc = profile_walk(&w, nr, argv);
	if (!as_json)
		printf("%u passed, %u failed\n", r.nr_passed, r.nr_failed);
	rules_scratch_free(r.scratch);
	return rc;
}

int profile_cmd_test(int argc, char **argv)
{
	struct reference *ref;
	struct err e = { 0 };
	int first, rc;

	offences = "etc/offences.yaml";
	lists = "etc/lists";
	reference_dir = "etc";
	home = "BEL";
	first = opt_parse(&usage, argc, argv);
	if (first < 0)
		return opt_exit(first);
	if (first == argc)
		return opt_wrong(&usage, "no profile named");
	if (reference_load(&ref, reference_dir, &e)) {
		fprintf(stderr, "%s\n", e.text);
		return err_exit_code(&e);
	}
	rc = run_all(ref, argc - first, argv + first);
	reference_free(ref);
	return rc;
}
