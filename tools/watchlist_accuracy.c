#include "tools/watchlist_accuracy.h"

#include "tools/accuracy_pairs.h"
#include "tools/accuracy_people.h"
#include "tools/cmd.h"
#include "tools/opt.h"

#include "base/json_write.h"
#include "watchlist/sheet.h"

#include <stdio.h>

enum { STEP = 50, STEP_JSON = 10, LOWEST = 500 };

static const char *where, *against, *shown;
static bool as_json;

static const struct opt opts[] = {
	{ "where", 0, "COLUMN=VALUE,...", OPT_TEXT, &where,
	  "only rows that have these values" },
	{ "against", 0, "SNAP", OPT_TEXT, &against,
	  "the rows are travellers: how many does this snapshot match?" },
	{ "show", 0, "FROM-TO", OPT_TEXT, &shown,
	  "print pairs with such a score, or each traveller's match" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON" },
	{ 0 },
};

static const struct opt_usage usage = {
	"watchlist accuracy",
	"[OPTIONS] FILE.tsv",
	"Measure how well names are told apart: precision, recall and F1 of a "
	"table of labelled pairs, by threshold and by script. Its first line "
	"names the columns: name_a, name_b, expected (yes or no), and "
	"optionally birth_a and birth_b; a name is SURNAME, GIVEN or written "
	"in one. The name_b are taken for one list, which gives the weights. "
	"With --against the table has travellers (surname, given, birth_date, "
	"sex, nationality, birth_place): those of invented persons who match, "
	"match "
	"falsely. Nothing else is read or kept.",
	opts,
	"  paxgate watchlist accuracy pairs.tsv\n"
	"  paxgate watchlist accuracy --where schema=Person --json pairs.tsv\n"
	"  paxgate watchlist accuracy --against wanted.snap people.tsv\n",
};

static void print_json_count(struct json *j, unsigned int threshold,
			     const struct accuracy_count *c)
{
	json_open(j, NULL, '{');
	json_int(j, "threshold", threshold);
	json_int(j, "true_positives", c->right);
	json_int(j, "false_positives", c->wrong);
	json_int(j, "false_negatives", c->missed);
	json_int(j, "true_negatives", c->rest);
	json_milli(j, "precision", c->precision);
	json_milli(j, "recall", c->recall);
	json_milli(j, "f1", c->f1);
	json_close(j, '}');
}

static void print_json(const struct accuracy *a)
{
	struct buf b = { .data = NULL };
	struct json j;

	json_init(&j, &b);
	json_open(&j, NULL, '{');
	json_int(&j, "default_threshold", SHEET_THRESHOLD);
	json_open(&j, "scripts", '[');
	for (int s = 0; s < ACCURACY_NR; s++) {
		if (accuracy_pairs(a, s) == 0)
			continue;
		json_open(&j, NULL, '{');
		json_z(&j, "script", accuracy_script_word(s));
		json_int(&j, "pairs", accuracy_pairs(a, s));
		json_int(&j, "best_threshold", accuracy_best(a, s));
		json_open(&j, "thresholds", '[');
		for (unsigned int t = LOWEST; t <= SCORE_MAX; t += STEP_JSON) {
			struct accuracy_count c = accuracy_at(a, s, t);

			print_json_count(&j, t, &c);
		}
		json_close(&j, ']');
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_close(&j, '}');
	buf_byte(&b, '\n');
	fwrite(b.data, 1, b.len, stdout);
	buf_release(&b);
}

static void print_count(const char *what, unsigned int threshold,
			const struct accuracy_count *c, const char *note)
{
	printf("%-10s %4u  %6u %6u %6u %6u   %u.%03u  %u.%03u  %u.%03u%s\n",
	       what, threshold, c->right, c->wrong, c->missed, c->rest,
	       c->precision / 1000, c->precision % 1000, c->recall / 1000,
	       c->recall % 1000, c->f1 / 1000, c->f1 % 1000, note);
}

static void print_table(const struct accuracy *a)
{
	unsigned int best = accuracy_best(a, ACCURACY_ALL);
	struct accuracy_count c;

	printf("script     from    true  false missed   rest   precision "
	       "recall F1\n");
	for (unsigned int t = LOWEST; t <= SCORE_MAX; t += STEP) {
		c = accuracy_at(a, ACCURACY_ALL, t);
		print_count("all", t, &c, "");
	}
	c = accuracy_at(a, ACCURACY_ALL, SHEET_THRESHOLD);
	print_count("all", SHEET_THRESHOLD, &c, "  default");
	c = accuracy_at(a, ACCURACY_ALL, best);
	print_count("all", best, &c, "  best");
	for (int s = 0; s < ACCURACY_ALL; s++) {
		if (accuracy_pairs(a, s) == 0)
			continue;
		c = accuracy_at(a, s, SHEET_THRESHOLD);
		print_count(accuracy_script_word(s), SHEET_THRESHOLD, &c,
			    "  default");
		best = accuracy_best(a, s);
		c = accuracy_at(a, s, best);
		print_count(accuracy_script_word(s), best, &c, "  best");
	}
}

static void print_people(const struct people_count *c)
{
	uint32_t all = 0;

	for (int i = 0; i < WATCH_NO_MATCH; i++)
		all += c->matched[i];
	printf(as_json ? "{\"travellers\":%u,\"matched\":%u"
		       : "%u travellers, %u with a match",
	       c->asked, all);
	for (int i = 0; i < WATCH_NO_MATCH; i++)
		printf(as_json ? ",\"class_%s\":%u" : "; class %s: %u",
		       watch_class_word(i), c->matched[i]);
	printf(as_json ? "}\n" : "\n");
}

static int pairs(struct tsv *t, struct err *e)
{
	static struct accuracy a;
	struct pairs_options o = { .where = str_of(where), .print = shown };
	int rc;

	if (shown)
		(void)!sscanf(shown, "%d-%d", &o.from, &o.to);
	rc = accuracy_of_pairs(&a, t, &o, e);
	if (rc == 0 && as_json)
		print_json(&a);
	else if (rc == 0)
		print_table(&a);
	return rc;
}

static int people(struct tsv *t, struct err *e)
{
	struct watchlist *wl = NULL;
	struct people_count c = { .asked = 0 };
	int rc = watchlist_open(&wl, against, e);

	if (rc == 0)
		rc = accuracy_of_people(&c, t, wl, str_of(where), shown != NULL,
					e);
	if (rc == 0)
		print_people(&c);
	watchlist_free(wl);
	return rc;
}

int watchlist_accuracy(int argc, char **argv)
{
	struct tsv t = { .line = 0 };
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv), rc;

	if (first < 0)
		return opt_exit(first);
	if (argc - first != 1)
		return opt_wrong(&usage, "it takes one table");
	rc = tsv_read(&t, argv[first], &e);
	if (rc == 0) {
		rc = against ? people(&t, &e) : pairs(&t, &e);
		if (rc < 0)
			err_wrap(&e, "%s", argv[first]);
	}
	tsv_release(&t);
	if (rc < 0)
		fprintf(stderr, "paxgate watchlist: %s\n", e.text);
	return rc < 0 ? err_exit_code(&e) : EXIT_OK;
}
