#include "tools/bench_resident.h"

#include "engine/list_set.h"
#include "tools/bench_figure.h"
#include "watchlist/match.h"

#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>

enum { WORKERS = 2, MATCHES = 64, KIB_A_MIB = 1024 };

/* One of the lines "VmRSS:  1234 kB" of /proc/self/status, in MiB; 0: none. */
static double held(const char *name)
{
	FILE *f = fopen("/proc/self/status", "r");
	char line[256];
	double kib = 0;

	while (f && fgets(line, sizeof(line), f))
		if (!strncmp(line, name, strlen(name)))
			sscanf(line + strlen(name), ": %lf", &kib);
	if (f)
		fclose(f);
	return kib / KIB_A_MIB;
}

/* From now on VmHWM is the most since now (proc(5)). */
static int forget_most(struct err *e)
{
	FILE *f = fopen("/proc/self/clear_refs", "w");
	bool good = f && fputs("5", f) >= 0;

	if (f && fclose(f))
		good = false;
	return good ? 0
		    : err_at(e, ERR_IO, 0,
			     "cannot write /proc/self/clear_refs: %s",
			     strerror(errno));
}

/* All queries, by each worker. */
static void use(struct list_set *set, const struct watch_query *query,
		uint32_t nr, struct watchlist_scratch *tmp[WORKERS])
{
	static struct watch_match found[MATCHES];

	for (int w = 0; w < WORKERS; w++) {
		tmp[w] = list_set_spare(set);
		for (uint32_t i = 0; i < nr; i++)
			watchlist_match(set->base, tmp[w], &query[i], found,
					MATCHES);
	}
}

static int load(struct list_set **out, const struct bench *b, struct err *e)
{
	if (list_set_load(out, &b->config, NULL, e))
		return e->code;
	return list_set_stock(*out, WORKERS, e);
}

static void print(const char *name, double mib, const char *of)
{
	figure_print(&(struct figure){ .name = name,
				       .unit = "MiB",
				       .each = 1,
				       .timing = { mib, mib, mib },
				       .of = of });
}

int bench_resident(struct bench *b, const struct watch_query *query,
		   uint32_t nr_query, const char *of, struct err *e)
{
	struct watchlist_scratch *tmp[2 * WORKERS] = { NULL };
	struct list_set *now = NULL, *next = NULL;
	double before, one = 0;

	malloc_trim(0);
	before = held("VmRSS");
	if (!load(&now, b, e)) {
		use(now, query, nr_query, tmp);
		malloc_trim(0);
		one = held("VmRSS");
	}
	if (!e->code && !forget_most(e) && !load(&next, b, e)) {
		use(next, query, nr_query, tmp + WORKERS);
		print("watchlist.resident", one - before, of);
		print("watchlist.swap_resident", held("VmHWM") - before, of);
	}
	for (size_t i = 0; i < ARRAY_SIZE(tmp); i++)
		watchlist_scratch_free(tmp[i]);
	list_set_free(now);
	list_set_free(next);
	return e->code;
}
