/*
 * bench_watchlist.c - watchlist.*: the day's travellers against a snapshot
 */
#include "tools/bench.h"
#include "tools/bench_figure.h"
#include "tools/bench_resident.h"
#include "tools/bench_swap.h"
#include "tools/big_list.h"
#include "tools/gen_file.h"
#include "tools/list_file.h"
#include "tools/registers.h"
#include "watchlist/build.h"
#include "watchlist/match.h"

#include <time.h>

#define DEMO_LISTS  "etc/watchlists/"
#define AUTHORITIES "etc/authorities.yaml"

enum {
	LISTS = 2,
	MATCHES = 64,
	SAMPLES = 1 << 17,
	BIG_SEED = 1,
	AGAIN = 500,  /* travellers that come again and again */
	SOME = 100,   /* travellers of a repetition, at least */
	PAIRS = 2000, /* entries that brute force is timed on */
};

/* ---- the demonstration lists ---- */

static int read_lists(struct watch_list list[LISTS], struct arena *a,
		      const char *offences, struct err *e)
{
	static const char *const sheet[LISTS] = {
		DEMO_LISTS "demo-documents.list.yaml",
		DEMO_LISTS "demo-wanted.list.yaml",
	};
	struct watch_registers law = {
		.today = date_from_days(time(NULL) / SECONDS_PER_DAY),
	};
	struct list_warnings none = { 0 };
	int rc = registers_read(&law, a, offences, AUTHORITIES, e);

	for (int i = 0; i < LISTS && rc == 0; i++)
		rc = list_file_read(&list[i], a, sheet[i], &law, &none, e);
	return rc;
}

int bench_list_make(const char *dir, const char *name, const char *offences,
		    struct err *e)
{
	struct watch_list list[LISTS] = { 0 };
	struct arena a = { 0 };
	struct buf out = { 0 };
	int rc = read_lists(list, &a, offences, e);

	if (rc == 0)
		rc = watchlist_build(&out, list, LISTS, e);
	if (rc == 0)
		rc = gen_file_write(dir, name, buf_view(&out), e);
	buf_release(&out);
	arena_release(&a);
	return rc;
}

int bench_big_make(struct bench *b, const char *name, struct err *e)
{
	struct watch_list list;
	struct arena a = { 0 };
	struct buf out = { 0 };
	double from, took;
	int rc;

	big_list_make(&list, &a, (uint32_t)b->persons, BIG_SEED);
	from = bench_cpu();
	rc = watchlist_build(&out, &list, 1, e);
	took = bench_cpu() - from;
	if (rc == 0)
		rc = gen_file_write(b->folder, name, buf_view(&out), e);
	if (rc == 0)
		figure_print(&(struct figure){ .name = "watchlist.build",
					       .unit = "s",
					       .each = 1,
					       .timing = { took, took, took },
					       .of = arena_fmt(&b->arena,
							       "%u entries",
							       list.nr_entries)
							     .ptr });
	buf_release(&out);
	arena_release(&a);
	return rc;
}

struct building {
	const char *offences;
	struct err *e;
};

static double build(void *arg)
{
	struct building *x = arg;
	struct watch_list list[LISTS] = { 0 };
	struct arena a = { 0 };
	struct buf out = { 0 };

	if (!read_lists(list, &a, x->offences, x->e))
		(void)!watchlist_build(&out, list, LISTS, x->e);
	buf_release(&out);
	arena_release(&a);
	return 1;
}

static double open_snapshot(void *arg)
{
	const struct bench *b = arg;
	struct watchlist *wl = NULL;
	struct err ignored = { 0 };

	(void)!watchlist_open(&wl, b->config.watchlist, &ignored);
	watchlist_free(wl);
	return 1;
}

static int measure_snapshot(struct bench *b, const char *of, struct err *e)
{
	const struct watchlist *wl = b->set.watchlist;
	struct building x = { b->config.offences, e };
	double bytes = (double)wl->bytes.len / wl->nr_entry;

	if (b->own_list)
		figure_print(&(struct figure){
			.name = "watchlist.build",
			.unit = "s",
			.each = 1,
			.timing = bench_time(build, &x, b->ms),
			.of = of });
	figure_print(
		&(struct figure){ .name = "watchlist.load",
				  .unit = "s",
				  .each = 1,
				  .timing = bench_time(open_snapshot, b, b->ms),
				  .of = of });
	figure_print(&(struct figure){ .name = "watchlist.bytes",
				       .unit = "B",
				       .each = 1,
				       .timing = { bytes, bytes, bytes },
				       .of = of });
	return e->code;
}

/* ---- every entry, one by one; of a long list, every n-th ---- */

struct pairing {
	const struct watch_entry *entry;
	uint32_t nr_entry;
	const struct watch_query *query;
	uint32_t nr_query, next;
	double share; /* of the list's entries */
	struct watch_pair_scratch tmp;
	uint64_t matches;
};

static double pair_one(void *arg)
{
	struct pairing *p = arg;
	const struct watch_query *q = &p->query[p->next++ % p->nr_query];
	struct watch_match m;

	for (uint32_t i = 0; i < p->nr_entry; i++)
		p->matches += watch_pair(&m, &p->tmp, q, &p->entry[i]);
	return p->share;
}

static struct timing measure_pairs(struct bench *b,
				   const struct watch_query *query,
				   uint32_t nr_query, const char *of)
{
	const struct watchlist *wl = b->set.watchlist;
	struct arena a = { 0 };
	uint32_t step = wl->nr_entry / PAIRS + 1;
	struct watch_entry *entry =
		arena_alloc(&a, (wl->nr_entry / step + 1) * sizeof(*entry));
	struct pairing *p = arena_alloc(&a, sizeof(*p));
	struct timing t;

	for (uint32_t i = 0; i < wl->nr_entry; i += step)
		watchlist_entry(wl, i, &a, &entry[p->nr_entry++]);
	p->entry = entry;
	p->share = (double)p->nr_entry / wl->nr_entry;
	p->query = query;
	p->nr_query = nr_query;
	t = bench_time(pair_one, p, b->ms);
	figure_print(&(struct figure){ .name = "watchlist.bruteforce",
				       .unit = "us",
				       .each = 1e6,
				       .timing = t,
				       .of = of });
	arena_release(&a);
	return t;
}

/* ---- the search ---- */

/* From one traveller to the next: nothing, texts found for parts of names, or
 * the answers, too. */
enum kept { KEEP_NONE, KEEP_TEXTS, KEEP_ALL };

/* One repetition of `least` travellers: the time of each; mean and p99 of them.
 */
static void repeat_match(const struct bench *b, struct watchlist_scratch *tmp,
			 const struct watch_query *query, uint32_t nr_query,
			 enum kept kept, uint32_t least, double *sample,
			 double *mean, double *p99)
{
	static struct watch_match found[MATCHES];
	static uint32_t next;
	double from = bench_cpu(), before = from, now = from;
	uint32_t nr = 0, nr_asked = nr_query;

	if (kept == KEEP_ALL && nr_asked > AGAIN)
		nr_asked = AGAIN;
	while (nr < SAMPLES &&
	       (nr < least || now - from < (double)b->ms * 1e-3)) {
		if (kept != KEEP_ALL)
			watchlist_scratch_clear(tmp, kept == KEEP_NONE);
		watchlist_match(b->set.watchlist, tmp,
				&query[next++ % nr_asked], found, MATCHES);
		now = bench_cpu();
		sample[nr++] = now - before;
		before = now;
	}
	*mean = (now - from) / nr;
	bench_sort(sample, nr);
	*p99 = sample[(uint64_t)nr * 99 / 100];
}

/* Five repetitions, and one before them that does not count: of all travellers
 * where texts are kept. */
static void repeat_all(const struct bench *b, struct watchlist_scratch *tmp,
		       const struct watch_query *query, uint32_t nr_query,
		       enum kept kept, double *sample, struct timing *mean,
		       struct timing *p99)
{
	double m[REPETITIONS], p[REPETITIONS];

	repeat_match(b, tmp, query, nr_query, kept,
		     kept == KEEP_NONE ? SOME : nr_query, sample, &m[0], &p[0]);
	for (int i = 0; i < REPETITIONS; i++)
		repeat_match(b, tmp, query, nr_query, kept, SOME, sample, &m[i],
			     &p[i]);
	*mean = timing_of(m, REPETITIONS);
	*p99 = timing_of(p, REPETITIONS);
}

static int measure_match(struct bench *b, const struct watch_query *query,
			 uint32_t nr_query, struct timing pairs, const char *of,
			 struct err *e)
{
	static const struct {
		const char *mean, *p99;
		enum kept kept;
	} way[] = { { "watchlist.mean", "watchlist.p99", KEEP_TEXTS },
		    { "watchlist.cold", "watchlist.cold_p99", KEEP_NONE },
		    { "watchlist.repeat", NULL, KEEP_ALL } };
	double *sample = arena_alloc(&b->arena, SAMPLES * sizeof(*sample));
	struct watchlist_scratch *tmp;

	if (watchlist_scratch_new(&tmp, b->set.watchlist, e))
		return e->code;
	for (size_t i = 0; i < ARRAY_SIZE(way); i++) {
		struct figure f = { .unit = "us", .each = 1e6, .of = of };
		struct timing p99;

		repeat_all(b, tmp, query, nr_query, way[i].kept, sample,
			   &f.timing, &p99);
		f.name = way[i].mean;
		f.peer = pairs.median * 1e6;
		figure_print(&f);
		if (!way[i].p99)
			continue;
		f = (struct figure){ .name = way[i].p99,
				     .unit = "us",
				     .each = 1e6,
				     .timing = p99,
				     .of = of };
		figure_print(&f);
	}
	watchlist_scratch_free(tmp);
	return 0;
}

int bench_watchlist(struct bench *b, struct err *e)
{
	const struct watchlist *wl = b->set.watchlist;
	uint32_t nr = b->day.nr_person;
	struct watch_query *query = arena_alloc(&b->arena, nr * sizeof(*query));
	const char *of;

	if (!wl)
		return err_at(e, ERR_USAGE, 0, "no snapshot; see --watchlist");
	of = arena_fmt(&b->arena, "%u entries, %u travellers", wl->nr_entry, nr)
		     .ptr;
	for (uint32_t i = 0; i < nr; i++)
		watch_query_of_traveller(&query[i],
					 b->day.person[i].subject.traveller);
	if (measure_snapshot(b, of, e) || bench_swap(b, of, e) ||
	    bench_resident(b, query, nr, of, e))
		return e->code;
	return measure_match(b, query, nr, measure_pairs(b, query, nr, of), of,
			     e);
}
