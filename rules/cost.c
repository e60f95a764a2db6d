#include "rules/cost.h"

#include "base/json_write.h"
#include "rules/expr_write.h"
#include "rules/program.h"

#include <stdlib.h>
#include <string.h>

int rules_costs_new(struct rules_costs **out, const struct profile_set *set,
		    int64_t (*now_ns)(void), uint32_t every, struct err *e)
{
	struct rules_costs *c = calloc(1, sizeof(*c));

	if (!c)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	c->set = set;
	c->now_ns = now_ns;
	c->every = every;
	c->nr_profiles = profile_set_nr(set);
	c->nr_predicates = profile_set_predicates(set, true);
	c->profile = calloc(c->nr_profiles + 1, sizeof(*c->profile));
	c->predicate = calloc(c->nr_predicates + 1, sizeof(*c->predicate));
	if (!c->profile || !c->predicate) {
		rules_costs_free(c);
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	}
	*out = c;
	return 0;
}

void rules_costs_free(struct rules_costs *c)
{
	if (!c)
		return;
	free(c->profile);
	free(c->predicate);
	free(c);
}

void cost_note(struct cost *c, int64_t ns)
{
	uint64_t n = ns > 0 ? (uint64_t)ns : 0;

	c->nr++;
	c->ns += n;
	if (n > c->worst_ns)
		c->worst_ns = n;
}

static void add_cost(struct cost *to, const struct cost *from)
{
	to->nr += from->nr;
	to->ns += from->ns;
	if (from->worst_ns > to->worst_ns)
		to->worst_ns = from->worst_ns;
}

void rules_costs_move(struct rules_costs *to, struct rules_costs *from)
{
	to->travellers += from->travellers;
	add_cost(&to->whole, &from->whole);
	for (uint32_t i = 0; i < from->nr_profiles; i++) {
		to->profile[i].evaluated += from->profile[i].evaluated;
		to->profile[i].hits += from->profile[i].hits;
		add_cost(&to->profile[i].time, &from->profile[i].time);
		add_cost(&to->profile[i].alone, &from->profile[i].alone);
	}
	for (uint32_t i = 0; i < from->nr_predicates; i++) {
		to->predicate[i].nr_true += from->predicate[i].nr_true;
		to->predicate[i].nr_unknown += from->predicate[i].nr_unknown;
		add_cost(&to->predicate[i].time, &from->predicate[i].time);
	}
	from->travellers = 0;
	from->whole = (struct cost){ 0 };
	memset(from->profile, 0, from->nr_profiles * sizeof(*from->profile));
	memset(from->predicate, 0,
	       from->nr_predicates * sizeof(*from->predicate));
}

/* What is sorted: the sum of its times, and which it is. */
struct rank {
	uint64_t ns;
	uint32_t number;
};

static int by_sum(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;

	if (x->ns != y->ns)
		return x->ns < y->ns ? 1 : -1;
	return (x->number > y->number) - (x->number < y->number);
}

static void put_times(struct json *j, const struct cost *c)
{
	json_int(j, "timed", (int64_t)c->nr);
	if (c->nr) {
		json_int(j, "mean_ns", (int64_t)(c->ns / c->nr));
		json_int(j, "worst_ns", (int64_t)c->worst_ns);
	} else {
		json_null(j, "mean_ns");
		json_null(j, "worst_ns");
	}
}

static void write_set(struct buf *out, const struct rules_costs *c)
{
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_int(&j, "set", c->nr_profiles);
	json_int(&j, "predicates", c->nr_predicates);
	json_int(&j, "travellers", (int64_t)c->travellers);
	json_int(&j, "timed_every", c->every);
	put_times(&j, &c->whole);
	json_close(&j, '}');
	buf_byte(out, '\n');
}

static void write_profile(struct buf *out, const struct rules_costs *c,
			  uint32_t i)
{
	const struct profile_cost *p = &c->profile[i];
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_str(&j, "profile", profile_set_get(c->set, i)->name);
	json_int(&j, "evaluated", (int64_t)p->evaluated);
	json_int(&j, "hits", (int64_t)p->hits);
	put_times(&j, &p->time);
	if (p->alone.nr) {
		json_int(&j, "alone_mean_ns",
			 (int64_t)(p->alone.ns / p->alone.nr));
		json_int(&j, "alone_worst_ns", (int64_t)p->alone.worst_ns);
	}
	json_close(&j, '}');
	buf_byte(out, '\n');
}

static void write_predicate(struct buf *out, const struct rules_costs *c,
			    uint32_t i)
{
	const struct predicate_cost *p = &c->predicate[i];
	struct buf text = { 0 };
	struct json j;

	expr_write(&text, program_predicate(profile_set_program(c->set), i));
	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_str(&j, "predicate", buf_view(&text));
	json_int(&j, "true", (int64_t)p->nr_true);
	json_int(&j, "unknown", (int64_t)p->nr_unknown);
	put_times(&j, &p->time);
	json_close(&j, '}');
	buf_byte(out, '\n');
	buf_release(&text);
}

static const struct cost *time_of(const struct rules_costs *c, bool profiles,
				  uint32_t i)
{
	return profiles ? &c->profile[i].time : &c->predicate[i].time;
}

static void write_ranked(struct buf *out, const struct rules_costs *c,
			 bool profiles)
{
	uint32_t nr = profiles ? c->nr_profiles : c->nr_predicates;
	struct rank *rank = calloc(nr + 1, sizeof(*rank));

	for (uint32_t i = 0; rank && i < nr; i++)
		rank[i] = (struct rank){ time_of(c, profiles, i)->ns, i };
	if (rank && nr)
		qsort(rank, nr, sizeof(*rank), by_sum);
	for (uint32_t i = 0; rank && i < nr; i++)
		(profiles ? write_profile : write_predicate)(out, c,
							     rank[i].number);
	free(rank);
}

void rules_costs_write(struct buf *out, const struct rules_costs *c)
{
	write_set(out, c);
	write_ranked(out, c, true);
	write_ranked(out, c, false);
}
