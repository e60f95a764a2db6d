#include "tools/bench_day.h"

#include "tools/gen_day.h"
#include "tools/gen_file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEMO_LIST "etc/watchlists/demo-wanted.csv"

enum { SEED = 1, PER_FLIGHT = 125, YEAR = 2026, MONTH = 11, DAY = 23 };

int bench_day_make(const char *dir, int flights, struct err *e)
{
	struct gen_day day = { .date = { YEAR, MONTH, DAY },
			       .seed = SEED,
			       .flights = flights,
			       .travellers = flights * PER_FLIGHT,
			       .home = gen_airport_of_country("BEL") };
	struct gen_wanted wanted = { 0 };
	struct gen_totals totals;
	struct gen_flight *all;
	struct gen_plan plan;
	struct arena a = { 0 };
	bool listed = access(DEMO_LIST, R_OK) == 0;
	int rc = listed ? gen_wanted_load(&wanted, DEMO_LIST, &a, e) : 0;

	if (rc == 0)
		rc = gen_dir_prepare(dir, false, e);
	if (rc == 0) {
		all = gen_day_flights(&day, &a);
		gen_plan_make(&plan, &day, all, listed ? &wanted : NULL, 1, &a);
		rc = gen_day_write(&totals, &day, all, &plan, dir, NULL, e);
	}
	arena_release(&a);
	return rc;
}

static int is_message(const struct dirent *d)
{
	return str_ends(str_of(d->d_name), STR(".edi"));
}

static int load_file(struct bench_day *day, const char *dir, const char *name,
		     struct err *e)
{
	struct str path = arena_fmt(&day->arena, "%s/%s", dir, name);
	struct buf bytes = { 0 };
	struct bench_file *f;
	int rc = buf_read_file(&bytes, path.ptr, 0, e);

	if (rc == 0) {
		f = arena_push(&day->arena, &day->file, &day->nr_file,
			       sizeof(*f));
		f->bytes = arena_str(&day->arena, buf_view(&bytes));
		f->is_pnrgov = str_find(f->bytes, STR("PNRGOV")) >= 0;
	}
	buf_release(&bytes);
	return rc;
}

int bench_day_load(struct bench_day *day, const char *dir, struct err *e)
{
	struct dirent **name;
	int nr = scandir(dir, &name, is_message, alphasort), rc = 0;

	if (nr < 0)
		return err_at(e, ERR_IO, 0, "cannot read folder '%s': %s", dir,
			      strerror(errno));
	for (int i = 0; i < nr; i++) {
		if (rc == 0)
			rc = load_file(day, dir, name[i]->d_name, e);
		free(name[i]);
	}
	free(name);
	if (rc == 0 && nr == 0)
		return err_at(e, ERR_USAGE, 0,
			      "no *.edi in '%s'; 'paxgate gen' fills a folder",
			      dir);
	return rc;
}

struct screen_input bench_input(const struct linked *l, struct moment at)
{
	struct screen_input in = { .screened_at = at };

	in.pnr = subject_side_of(l->pnr);
	in.api = subject_side_of(l->api);
	return in;
}

static int add_person(struct bench_day *day, const struct flight_state *f,
		      const struct linked *l, struct err *e)
{
	struct screen_input in = bench_input(l, day->linked.newest);
	struct bench_person *p = arena_push(&day->arena, &day->person,
					    &day->nr_person, sizeof(*p));

	p->flight = f;
	p->linked = l;
	return subject_build(&p->subject, &in.pnr, &in.api, in.screened_at,
			     NULL, &day->arena, e);
}

static uint32_t count_linked(const struct screen_files *sf)
{
	uint32_t nr = 0;

	for (uint32_t i = 0; i < sf->nr; i++)
		nr += sf->flight[i].nr_linked;
	return nr;
}

int bench_day_link(struct bench_day *day, const struct screen_set *set,
		   const struct scope *scope, struct err *e)
{
	struct screen_files *sf = &day->linked;
	uint32_t step, at = 0;
	int rc = 0;

	screen_files_init(sf, set, scope, PARSE_LIMITS_DEFAULT);
	for (uint32_t i = 0; i < day->nr_file && rc == 0; i++)
		rc = screen_files_add(sf, day->file[i].bytes, NULL, NULL, e);
	step = count_linked(sf) / BENCH_PERSONS + 1;
	for (uint32_t i = 0; i < sf->nr && rc == 0; i++) {
		const struct flight_state *f = &sf->flight[i];

		for (uint32_t k = 0; k < f->nr_linked && rc == 0; k++)
			if (!f->linked[k].gone && at++ % step == 0)
				rc = add_person(day, f, &f->linked[k], e);
	}
	if (rc == 0 && !day->nr_person)
		return err_at(e, ERR_USAGE, 0,
			      "no traveller of the day is in scope");
	return rc;
}

void bench_day_release(struct bench_day *day)
{
	screen_files_release(&day->linked);
	arena_release(&day->arena);
	*day = (struct bench_day){ 0 };
}
