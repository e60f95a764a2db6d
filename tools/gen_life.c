#include "tools/gen_booking.h"

#include <stdio.h>

enum {
	HOUR = 3600,
	MAY_MOVE = 120,	  /* of 1000 that may: an onward leg is rebooked */
	MAY_VANISH = 60,  /* a cancellation between two pushes */
	MAY_RECALL = 250, /* an earlier change stands in the history */
	NO_SHOW = 40,
};

static enum gen_phase first_push_after(const struct gen_flight *f, int64_t at)
{
	int phase = PHASE_48H;

	while (phase < PHASE_CLOSURE &&
	       gen_sent_at(f, (enum gen_phase)phase) < at)
		phase++;
	return (enum gen_phase)phase;
}

static void add_change(struct gen_booking *b, int64_t at, char action,
		       const char *status, const struct gen_leg *leg)
{
	b->change[b->nr_changes++] =
		(struct gen_change){ at, action, status, *leg };
}

/* One leg was booked a day earlier at first: cancelled, and added again. */
static void recall_change(struct gen_booking *b, int64_t at)
{
	struct gen_leg old = b->leg[b->nr_legs - 1];

	old.departs -= SECONDS_PER_DAY;
	old.arrives -= SECONDS_PER_DAY;
	add_change(b, at, 'X', "HX", &old);
	add_change(b, at, 'A', "HK", &b->leg[b->nr_legs - 1]);
	for (int i = 0; i < PHASES; i++)
		if (b->changed[i] < at)
			b->changed[i] = at;
}

/* Three changes of the way back, the last within a day of the departure. */
static void change_late(struct gen_booking *b, const struct gen_flight *f)
{
	const char *first = b->recipe->flags & FLAG_BY_CARRIER ? "TK" : "HX";
	struct gen_leg *last = &b->leg[b->nr_legs - 1], old = *last;
	int64_t at = f->departs - 12 * HOUR;

	for (int i = 2; i >= 1; i--) {
		old.departs = last->departs - i * SECONDS_PER_DAY;
		old.arrives = last->arrives - i * SECONDS_PER_DAY;
		add_change(b, at, 'X', i == 2 ? first : "HX", &old);
	}
	add_change(b, at, 'A', "HK", last);
	b->moved = PHASE_CLOSURE;
	b->changed[PHASE_CLOSURE] = at;
}

/* Between two pushes an onward or return leg goes to another day. */
static void move_leg(struct gen_booking *b, const struct gen_flight *f,
		     struct rng *r)
{
	struct gen_leg *last = &b->leg[b->nr_legs - 1], old = *last;
	int64_t at;

	b->moved = rng_chance(r, 500) ? PHASE_24H : PHASE_CLOSURE;
	at = gen_sent_at(f, b->moved) - rng_range(r, 2 * 60, 20 * 60) * 60;
	old.departs -= SECONDS_PER_DAY;
	old.arrives -= SECONDS_PER_DAY;
	add_change(b, at, 'X', "HX", &old);
	add_change(b, at, 'A', "HK", last);
	for (int i = b->moved; i < PHASES; i++)
		b->changed[i] = at;
}

static void end_early(struct gen_booking *b, const struct gen_flight *f,
		      struct rng *r)
{
	if (b->since == PHASE_CLOSURE)
		return;
	b->until = b->since == PHASE_48H && rng_chance(r, 500) ? PHASE_24H
							       : PHASE_CLOSURE;
	b->shows_cancelled = rng_chance(r, 400);
	for (int i = b->until; i < PHASES; i++)
		b->changed[i] = gen_sent_at(f, b->until) - 5 * HOUR;
}

bool gen_in_push(const struct gen_booking *b, enum gen_phase phase)
{
	return phase >= b->since && (phase < b->until || b->shows_cancelled);
}

bool gen_is_active(const struct gen_booking *b, enum gen_phase phase)
{
	return phase >= b->since && phase < b->until;
}

static void check_in(struct gen_booking *b, struct gen_maker *m)
{
	struct rng *r = &m->rng;
	bool comes =
		!(b->recipe->flags & FLAG_MAY_FAIL && rng_chance(r, NO_SHOW));
	int64_t at = m->flight->departs - rng_range(r, 50, 170) * 60;

	for (int i = 0; i < b->nr; i++) {
		b->person[i].checked_in = comes;
		b->person[i].checked_in_at = at;
	}
}

void gen_make_life(struct gen_booking *b, struct gen_maker *m)
{
	const struct gen_flight *f = m->flight;
	struct rng *r = &m->rng;
	unsigned flags = b->recipe->flags;
	int lead =
		rng_range(r, b->recipe->lead.lo * 60, b->recipe->lead.hi * 60);

	b->created = b->leg[0].departs - (int64_t)lead * 60;
	b->created -= b->created % 60;
	b->ticketed = b->created + rng_range(r, 0, 40) * 60;
	b->since = first_push_after(f, b->ticketed);
	b->until = PHASE_NEVER;
	b->moved = PHASE_NEVER;
	for (int i = 0; i < PHASES; i++)
		b->changed[i] = b->ticketed;
	if (flags & FLAG_SPLIT)
		b->split_at = b->created + HOUR;
	if (flags & FLAG_CHANGED_LATE)
		change_late(b, f);
	if (flags & FLAG_MAY_CHANGE && b->nr_legs == 2 &&
	    rng_chance(r, MAY_RECALL))
		recall_change(b, b->created + HOUR);
	if (flags & FLAG_MAY_CHANGE && b->nr_legs == 2 && b->pushed == 0 &&
	    b->since == PHASE_48H && rng_chance(r, MAY_MOVE))
		move_leg(b, f, r);
	else if (flags & FLAG_MAY_FAIL && rng_chance(r, MAY_VANISH))
		end_early(b, f, r);
	check_in(b, m);
}
