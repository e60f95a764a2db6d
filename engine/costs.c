#include "engine/costs.h"

#include "base/log.h"
#include "rules/cost.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TAKE_TRAVELLERS = 1000 };

struct engine_costs {
	const char *path; /* borrowed of the settings */
	pthread_mutex_t lock;
	struct edition *edition; /* that the sums are of; NULL: none yet */
	struct rules_costs *sum;
	int64_t waited_ms;
	bool failed; /* and that has been told */
};

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int engine_costs_open(struct engine_costs **out, const char *path,
		      struct err *e)
{
	struct engine_costs *c;

	*out = NULL;
	if (!*path)
		return 0;
	c = calloc(1, sizeof(*c));
	if (!c)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	c->path = path;
	pthread_mutex_init(&c->lock, NULL);
	*out = c;
	return 0;
}

/* Under another name first: a reader never sees half a file. */
static bool write_file(const char *path, struct str text)
{
	char temp[4096];
	FILE *f;
	bool ok;

	snprintf(temp, sizeof(temp), "%s.new", path);
	f = fopen(temp, "w");
	if (!f)
		return false;
	ok = fwrite(text.ptr, 1, text.len, f) == text.len;
	return !fclose(f) && ok && !rename(temp, path);
}

static void write_sum(struct engine_costs *c)
{
	struct buf b = { 0 };
	struct log_line l;

	pthread_mutex_lock(&c->lock);
	if (c->sum)
		rules_costs_write(&b, c->sum);
	pthread_mutex_unlock(&c->lock);
	if (!write_file(c->path, buf_view(&b)) && !c->failed) {
		c->failed = true;
		log_begin(&l, LEVEL_WARNING, "costs-not-written");
		log_z(&l, "reason",
		      "the file of screen.costs cannot be written");
		log_end(&l);
	}
	buf_release(&b);
}

void engine_costs_close(struct engine_costs *c)
{
	if (!c)
		return;
	write_sum(c);
	rules_costs_free(c->sum);
	edition_drop(c->edition);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

void engine_costs_take(struct engine_costs *c, struct rules_costs *own,
		       bool ends)
{
	if (!own || (own->travellers < TAKE_TRAVELLERS && !ends))
		return;
	pthread_mutex_lock(&c->lock);
	if (c->sum && c->sum->set == own->set) /* else of an older edition */
		rules_costs_move(c->sum, own);
	pthread_mutex_unlock(&c->lock);
}

void engine_costs_detach(struct engine_costs *c, struct rules_costs *own)
{
	engine_costs_take(c, own, true);
	rules_costs_free(own);
}

/* The first worker that goes over takes the sums along. */
static int sum_up(struct engine_costs *c, struct edition *ed, struct err *e)
{
	struct rules_costs *sum = NULL;
	int rc = 0;

	pthread_mutex_lock(&c->lock);
	if (!c->edition || ed->version > c->edition->version)
		rc = rules_costs_new(&sum, ed->set.profiles, now_ns,
				     COSTS_EVERY, e);
	if (sum) {
		rules_costs_free(c->sum);
		edition_drop(c->edition);
		c->sum = sum;
		c->edition = edition_use(ed);
	}
	pthread_mutex_unlock(&c->lock);
	return rc;
}

int engine_costs_follow(struct engine_costs *c, struct rules_costs **own,
			struct screen_scratch *tmp, struct edition *ed,
			struct err *e)
{
	engine_costs_detach(c, *own);
	*own = NULL;
	screen_scratch_measure(tmp, NULL);
	if (!c || !ed->set.profiles)
		return 0;
	if (sum_up(c, ed, e) ||
	    rules_costs_new(own, ed->set.profiles, now_ns, COSTS_EVERY, e))
		return e->code;
	screen_scratch_measure(tmp, *own);
	return 0;
}

void engine_costs_tick(struct engine_costs *c, int64_t ms)
{
	if (!c)
		return;
	c->waited_ms += ms;
	if (c->waited_ms < COSTS_WRITE_MS)
		return;
	c->waited_ms = 0;
	write_sum(c);
}
