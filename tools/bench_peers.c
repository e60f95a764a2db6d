/*
 * bench_peers.c - peers.*: what other engines can do as well, written down
 * for them, and measured here
 *
 * In the folder of --export, N being 1000 and 10000:
 *
 *	expressions-N.txt  profiles, one a line, in a-tree's language
 *	travellers.tsv     what they read: "NAME:int" or "NAME:text" a column,
 *			   an empty cell where nothing is known
 *	names.txt          each name of the invented list of --persons
 *	wanted.txt         the travellers' names
 *
 * Both engines must find the same: peers.N says how many hits there are.
 */
#include "rules/check.h"
#include "rules/eval.h"
#include "rules/offences.h"
#include "rules/parse.h"
#include "tools/bench.h"
#include "tools/bench_figure.h"
#include "tools/big_list.h"
#include "tools/gen_file.h"
#include "tools/peer_profiles.h"

enum { BIG_SEED = 1 /* as bench_watchlist.c */, HITS_KEPT = 64, AT_ONCE = 64 };

struct peers {
	struct bench *bench;
	struct offences *offences;
	struct named_lists *lists;
	const struct rules_context *context;
	const struct profile_set *set;
	struct rules_scratch *scratch;
	uint32_t next;
	struct err *e;
};

static double evaluate(void *arg)
{
	struct peers *x = arg;
	const struct bench_day *day = &x->bench->day;
	struct verdict out[HITS_KEPT];

	for (int i = 0; i < AT_ONCE; i++)
		profile_set_eval(
			x->set, x->scratch,
			&day->person[x->next++ % day->nr_person].subject, out,
			HITS_KEPT);
	return AT_ONCE;
}

static void measure(struct peers *x, const char *name)
{
	const struct bench_day *day = &x->bench->day;
	struct figure f = { .name = name, .unit = "us", .each = 1e6 };
	struct verdict out[HITS_KEPT];
	uint64_t hits = 0;

	for (uint32_t i = 0; i < day->nr_person; i++)
		hits += profile_set_eval(x->set, x->scratch,
					 &day->person[i].subject, out,
					 HITS_KEPT);
	f.timing = bench_time(evaluate, x, x->bench->ms);
	f.of = arena_fmt(&x->bench->arena,
			 "%u profiles, %u travellers, %llu hits",
			 profile_set_nr(x->set), day->nr_person,
			 (unsigned long long)hits)
		       .ptr;
	figure_print(&f);
}

static int one_size(struct peers *x, uint32_t nr, const char *figure)
{
	struct arena a = { 0 };
	struct buf expressions = { 0 };
	const struct profile_text *text =
		peer_profiles_make(nr, &expressions, &a);
	struct profile_set *set = NULL;
	int rc = gen_file_write(x->bench->export,
				arena_fmt(&a, "expressions-%u.txt", nr).ptr,
				buf_view(&expressions), x->e);

	if (rc == 0)
		rc = profile_set_read(&set, text, nr, x->context, x->offences,
				      x->lists, x->e);
	if (rc == 0) {
		x->set = set;
		measure(x, figure);
	}
	profile_set_free(set);
	buf_release(&expressions);
	arena_release(&a);
	return rc;
}

/* ---- what the profiles read ---- */

static int parse_value(const struct expr **out, const struct peer_value *v,
		       struct peers *x, struct arena *a)
{
	struct check_rules rules = { .arena = a, .lists = x->lists };
	struct regex *none = NULL;
	struct expr *root;
	int rc = expr_parse(&root, a, &none, v->condition, x->e);

	if (rc == 0)
		rc = expr_check(&root, &rules, x->e);
	if (rc == 0)
		*out = root->arg[0];
	return rc;
}

static void put_heads(struct buf *b, const struct peer_value *v, uint32_t nr)
{
	for (uint32_t i = 0; i < nr; i++) {
		buf_z(b, i ? "\t" : "");
		if (v[i].is_text)
			buf_fmt(b, "%s:text", v[i].name);
		else
			buf_fmt(b, "%s_low:int\t%s_high:int", v[i].name,
				v[i].name);
	}
	buf_byte(b, '\n');
}

static void put_cell(struct buf *b, bool is_text, struct value got)
{
	if (is_text)
		buf_str(b, got.known ? got.text : STR(""));
	else if (got.known)
		buf_fmt(b, "%lld\t%lld", (long long)got.lo, (long long)got.hi);
	else
		buf_byte(b, '\t');
}

static int write_travellers(struct peers *x)
{
	const struct bench_day *day = &x->bench->day;
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct eval *now = arena_alloc(&a, sizeof(*now));
	uint32_t nr;
	const struct peer_value *v = peer_values(&nr, &a);
	const struct expr **value = arena_alloc(&a, nr * sizeof(*value));
	int rc = 0;

	for (uint32_t i = 0; i < nr && rc == 0; i++)
		rc = parse_value(&value[i], &v[i], x, &a);
	if (rc == 0) {
		put_heads(&b, v, nr);
		for (uint32_t p = 0; p < day->nr_person; p++) {
			eval_start(now, x->context, &day->person[p].subject,
				   NULL);
			for (uint32_t i = 0; i < nr; i++) {
				buf_z(&b, i ? "\t" : "");
				put_cell(&b, v[i].is_text,
					 eval_value(now, value[i]));
			}
			buf_byte(&b, '\n');
		}
		rc = gen_file_write(x->bench->export, "travellers.tsv",
				    buf_view(&b), x->e);
	}
	buf_release(&b);
	arena_release(&a);
	return rc;
}

/* ---- names ---- */

static void put_name(struct buf *b, struct str surname, struct str given)
{
	buf_str(b, surname);
	buf_z(b, surname.len && given.len ? " " : "");
	buf_str(b, given);
	buf_byte(b, '\n');
}

static int write_names(struct peers *x)
{
	const struct bench_day *day = &x->bench->day;
	struct watch_list list = { 0 };
	struct arena a = { 0 };
	struct buf b = { 0 };
	int rc;

	big_list_make(&list, &a, (uint32_t)x->bench->persons, BIG_SEED);
	for (uint32_t i = 0; i < list.nr_entries; i++)
		for (uint32_t k = 0; k < list.entries[i].nr_names; k++)
			put_name(&b, list.entries[i].names[k].surname,
				 list.entries[i].names[k].given);
	rc = gen_file_write(x->bench->export, "names.txt", buf_view(&b), x->e);
	buf_clear(&b);
	for (uint32_t i = 0; i < day->nr_person; i++) {
		const struct traveller *t = day->person[i].subject.traveller;

		put_name(&b, t->surname, t->given);
	}
	if (rc == 0)
		rc = gen_file_write(x->bench->export, "wanted.txt",
				    buf_view(&b), x->e);
	buf_release(&b);
	arena_release(&a);
	return rc;
}

int bench_peers(struct bench *b, struct err *e)
{
	struct peers x = { .bench = b, .e = e };
	int rc;

	if (!b->export)
		return err_at(e, ERR_USAGE, 0, "peers needs --export DIR");
	if (!b->set.profiles)
		return err_at(e, ERR_USAGE, 0, "no profiles; see --profiles");
	x.context = profile_set_context(b->set.profiles);
	rc = gen_dir_prepare(b->export, true, e);
	if (rc == 0)
		rc = offences_load(&x.offences, b->config.offences, e);
	if (rc == 0)
		rc = named_lists_load(&x.lists, b->config.lists, e);
	if (rc == 0)
		rc = rules_scratch_new(&x.scratch, e);
	if (rc == 0)
		rc = write_travellers(&x);
	if (rc == 0)
		rc = one_size(&x, 1000, "peers.1000");
	if (rc == 0)
		rc = one_size(&x, 10000, "peers.10000");
	if (rc == 0 && b->persons)
		rc = write_names(&x);
	rules_scratch_free(x.scratch);
	named_lists_free(x.lists);
	offences_free(x.offences);
	return rc;
}
