#include "tools/cmd.h"
#include "tools/explain_print.h"
#include "tools/message_file.h"
#include "tools/opt.h"
#include "tools/profile_cli.h"

#include <stdio.h>

static const char *profile, *offences, *lists, *reference_dir, *home;
static int64_t traveller;
static bool as_json;

static const struct opt opts[] = {
	{ "profile", 'p', "FILE", OPT_TEXT, &profile, "the profile" },
	{ "traveller", 't', "N", OPT_INT, &traveller,
	  "counted over the message, from 1 (1)" },
	{ "home", 0, "CODE", OPT_TEXT, &home,
	  "the PIU's country, for trip.direction (BEL)" },
	{ "reference", 0, "DIR", OPT_TEXT, &reference_dir,
	  "airports.csv and zones.csv (etc)" },
	{ "offences", 0, "FILE", OPT_TEXT, &offences,
	  "catalogue of offences (etc/offences.yaml)" },
	{ "lists", 0, "DIR", OPT_TEXT, &lists,
	  "the lists that profiles name (etc/lists); '' for none" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "one JSON object" },
	{ 0 },
};

static const struct opt_usage usage = {
	"profile explain",
	"[OPTIONS] MESSAGE",
	"Say why a profile hits a traveller of a message, or why not: each "
	"clause with the\ntests that decided, the values they read and the "
	"bytes of the archive copy these\ncame from; then the smallest change "
	"of values that gives the other answer. The\nmoment of screening is "
	"that of the message.",
	opts,
	"  paxgate profile explain --profile "
	"etc/profiles/late-cash-one-way.yaml \\\n"
	"    --traveller 1 etc/profiles/tests/late-cash.edi\n",
};

struct asked {
	const char *path;
	struct message_file file;
	struct rules_context context;
	struct regex_scratch *regex;
	struct arena arena;
	struct err err;
};

/* The sides of traveller `nr` of one message; counts down those before. */
static bool find_in(struct source_input *in, const struct parsed *p,
		    struct str bytes, uint32_t *nr, struct arena *a)
{
	const struct message *m = &p->message;
	struct subject_side side = { .header = message_head(bytes, p, a) };
	uint32_t slice = NO_SLICE;
	bool booked = false;

	for (uint32_t i = 0; i < m->nr_bookings && slice == NO_SLICE; i++) {
		const struct booking *b = &m->bookings[i];

		if (*nr <= b->nr_travellers) {
			slice = b->slice;
			side.index = *nr - 1;
			booked = true;
		} else {
			*nr -= b->nr_travellers;
		}
	}
	if (!booked && *nr <= m->nr_travellers)
		slice = m->travellers[*nr - 1].slice;
	else if (!booked)
		*nr -= m->nr_travellers;
	if (slice >= p->nr_slice)
		return false;
	side.slice = str_slice(bytes, p->slice[slice].pos,
			       p->slice[slice].pos + p->slice[slice].len);
	*(booked ? &in->pnr : &in->api) = side;
	in->screened_at = m->sent_at;
	return true;
}

static bool find_traveller(struct source_input *in, struct asked *q)
{
	const struct payload *p = &q->file.intake.payload;
	uint32_t nr = (uint32_t)traveller;

	for (uint32_t i = 0; i < p->nr_parsed; i++)
		if (find_in(in, &p->parsed[i], q->file.intake.archive, &nr,
			    &q->arena))
			return true;
	fprintf(stderr, "%s has no traveller %lld that can be screened\n",
		q->path, (long long)traveller);
	return false;
}

static int print(struct asked *q, const struct source_input *in)
{
	struct explanation x;
	struct buf b = { 0 };

	if (explain(&x, in, &q->arena, &q->err)) {
		fprintf(stderr, "%s: %s\n", q->path, q->err.text);
		return err_exit_code(&q->err);
	}
	x.message = q->path;
	x.traveller = (uint32_t)traveller;
	if (as_json)
		explain_write_json(&b, &x);
	else
		explain_write_text(&b, &x);
	fwrite(buf_view(&b).ptr, 1, b.len, stdout);
	buf_release(&b);
	return EXIT_OK;
}

static int each_profile(const struct profile_file *f, void *arg)
{
	struct asked *q = arg;
	struct source_input in = { .context = &q->context,
				   .regex = q->regex,
				   .profile = f->profile };

	if (!f->profile) {
		profile_print_faults(f);
		return EXIT_OK;
	}
	if (!find_traveller(&in, q))
		return EXIT_INPUT;
	return print(q, &in);
}

static int run(struct asked *q)
{
	struct profile_walk w = { .offences = offences,
				  .lists = lists,
				  .each = each_profile,
				  .arg = q };
	char *argv[] = { (char *)(uintptr_t)profile };
	int rc = 0;

	if (regex_scratch_new(&q->regex, &q->err) ||
	    message_file_read(&q->file, q->path, &q->err)) {
		fprintf(stderr, "%s: %s\n", q->path, q->err.text);
		rc = err_exit_code(&q->err);
	} else {
		rc = profile_walk(&w, 1, argv);
	}
	message_file_release(&q->file);
	regex_scratch_free(q->regex);
	arena_release(&q->arena);
	return rc;
}

int profile_cmd_explain(int argc, char **argv)
{
	struct reference *ref;
	struct asked q = { 0 };
	struct err e = { 0 };
	int first, rc;

	offences = "etc/offences.yaml";
	lists = "etc/lists";
	reference_dir = "etc";
	home = "BEL";
	traveller = 1;
	first = opt_parse(&usage, argc, argv);
	if (first < 0)
		return opt_exit(first);
	if (!profile)
		return opt_wrong(&usage, "--profile is missing");
	if (first + 1 != argc)
		return opt_wrong(&usage, "name one message");
	if (traveller < 1 || traveller > UINT32_MAX)
		return opt_wrong(&usage, "travellers count from 1");
	if (reference_load(&ref, reference_dir, &e)) {
		fprintf(stderr, "%s\n", e.text);
		return err_exit_code(&e);
	}
	q.path = argv[first];
	q.context = (struct rules_context){ str_of(home), ref };
	rc = run(&q);
	reference_free(ref);
	return rc;
}
