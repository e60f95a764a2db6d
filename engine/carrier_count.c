#include "engine/carrier_count.h"

#include "engine/batch.h"
#include "engine/notice.h"
#include "engine/sighting.h"
#include "rules/reference.h"

#include <string.h>

enum {
	PUSH_ANY = -1000000, /* minutes: however late */
	WARNING_POINTS = 5,  /* of a message's score, for a kind of warning */
	WARNING_KINDS = 64,
};

static const struct {
	const char *name, *type;
	int64_t from, due;
} pushes[] = {
#define PUSH(name, type, from, due) { name, type, from, due },
#include "engine/push.def"
#undef PUSH
};

const char *carrier_push(struct str type, int64_t minutes, bool *late)
{
	for (size_t i = 0; i < ARRAY_SIZE(pushes); i++) {
		if (!str_eq(type, str_of(pushes[i].type)) ||
		    minutes < pushes[i].from)
			continue;
		*late = minutes < pushes[i].due;
		return pushes[i].name;
	}
	return NULL;
}

/* Kinds of warnings of one message, and how often. Codes are constants. */
struct warnings {
	const char *code[WARNING_KINDS];
	int64_t n[WARNING_KINDS];
	uint32_t nr;
};

static void read_warnings(struct warnings *w, const struct parsed *p)
{
	w->nr = 0;
	for (uint32_t i = 0; i < p->nr_diag; i++) {
		const struct diag *d = &p->diag[i];
		uint32_t k = 0;

		if (d->severity == DIAG_INFO)
			continue;
		while (k < w->nr && strcmp(w->code[k], d->code) != 0)
			k++;
		if (k == WARNING_KINDS)
			continue;
		if (k == w->nr) {
			w->code[w->nr] = d->code;
			w->n[w->nr++] = 0;
		}
		w->n[k]++;
	}
}

/* Passengers of a message by what they state; who is only named, is not. */
struct tally {
	int64_t travellers, score;
	int64_t stated[QUALITY_SIDES_REASONS]; /* by rule */
};

static void tally_one(struct tally *out, enum quality_side side,
		      const struct traveller *t, const struct booking *b)
{
	struct quality q;

	quality_of_traveller(&q, side, t, b);
	out->travellers++;
	out->score += q.score;
	for (size_t i = 0; i < quality_rules_nr; i++)
		out->stated[i] += quality_rules[i].side == side &&
				  quality_rules[i].check(t, b);
}

static enum quality_side side_of(const struct message *m)
{
	return str_eq(m->type, STR("PNRGOV")) ? QUALITY_PNR : QUALITY_API;
}

static void read_tally(struct tally *out, const struct message *m)
{
	memset(out, 0, sizeof(*out));
	for (uint32_t i = 0; i < m->nr_bookings; i++) {
		const struct booking *b = &m->bookings[i];

		for (uint32_t k = 0; k < b->nr_travellers; k++)
			tally_one(out, QUALITY_PNR, &b->travellers[k], b);
	}
	for (uint32_t i = 0; i < m->nr_travellers; i++)
		if (sighting_is_passenger(m, &m->travellers[i]) &&
		    !notice_is(m, &m->travellers[i]))
			tally_one(out, QUALITY_API, &m->travellers[i], NULL);
}

static int32_t score_of(const struct tally *t, const struct warnings *w)
{
	int64_t score;

	if (!t->travellers)
		return -1;
	score = t->score / t->travellers - (int64_t)w->nr * WARNING_POINTS;
	return score > 0 ? (int32_t)score : 0;
}

int32_t carrier_message_score(const struct parsed *p)
{
	struct warnings w;
	struct tally t;

	read_warnings(&w, p);
	read_tally(&t, &p->message);
	return score_of(&t, &w);
}

/* By the sender's time of preparation, else by the broker's. */
static void count_push(struct batch *b, const struct message *m)
{
	const struct flight *f = &m->flight;
	struct moment sent =
		moment_is_set(m->sent_at) ? m->sent_at : b->received_at;
	struct moment departs;
	const char *push;
	int64_t east;
	bool late;

	if (str_eq(m->function, STR("141"))) /* an update: never due */
		return;
	if (f->departs.precision == MOMENT_DAY ||
	    !reference_to_utc(b->engine->set.reference, f->origin, f->departs,
			      &departs, &east))
		return;
	push = carrier_push(m->type, (departs.s - sent.s) / 60, &late);
	if (!push)
		return;
	batch_count(b, f->carrier, arena_fmt(&b->arena, "push.%s", push), 1);
	batch_count(b, f->carrier, arena_fmt(&b->arena, "push.%s.late", push),
		    late);
}

static void count_stated(struct batch *b, const struct message *m,
			 const struct tally *t)
{
	enum quality_side side = side_of(m);
	const char *word = side == QUALITY_PNR ? "pnr" : "api";
	struct str carrier = m->flight.carrier;

	batch_count(b, carrier, arena_fmt(&b->arena, "%s.travellers", word),
		    t->travellers);
	for (size_t i = 0; i < quality_rules_nr; i++)
		if (quality_rules[i].side == side)
			batch_count(b, carrier,
				    arena_fmt(&b->arena, "%s.%s", word,
					      quality_rules[i].code +
						      strlen("no-")),
				    t->stated[i]);
}

void carrier_count_message(struct batch *b, const struct parsed *p)
{
	const struct message *m = &p->message;
	struct str carrier = m->flight.carrier;
	struct warnings w;
	struct tally t;

	read_warnings(&w, p);
	read_tally(&t, m);
	batch_count(b, carrier,
		    side_of(m) == QUALITY_PNR ? STR("message.pnrgov")
					      : STR("message.paxlst"),
		    1);
	for (uint32_t i = 0; i < w.nr; i++)
		batch_count(b, carrier,
			    arena_fmt(&b->arena, "warning.%s", w.code[i]),
			    w.n[i]);
	if (!t.travellers) /* crew alone, or the flight is closed */
		return;
	batch_count(b, carrier, STR("message.scored"), 1);
	batch_count(b, carrier, STR("message.score"), score_of(&t, &w));
	count_push(b, m);
	count_stated(b, m, &t);
}

void carrier_count_quarantined(struct batch *b)
{
	batch_count(b, b->carrier, STR("quarantined"), 1);
}
