#include "tools/gen_day.h"

#include "base/json_write.h"
#include "tools/gen_booking.h"
#include "tools/gen_dirt.h"
#include "tools/gen_file.h"
#include "tools/gen_message.h"

#include <stdlib.h>
#include <string.h>

/* Series of dice from here on are those of dirt; flights' begin at 0. */
#define DIRT_STREAM ((uint64_t)1 << 62)

enum { KIND_48H, KIND_24H, KIND_CREW, KIND_PAXLST, KIND_CLOSURE };

#define PUSH_48H     "1-pnrgov-48h"
#define PUSH_24H     "2-pnrgov-24h"
#define PUSH_CLOSURE "5-pnrgov-closure"

/* A line of the manifest. */
struct sent {
	const char *file, *flight, *type;
	int64_t at;
	size_t bytes;
	uint64_t dirt; /* rows of gen_dirt.def */
};

struct writing {
	const struct gen_day *day;
	const char *dir, *recipient;
	struct gen_totals *totals;
	struct arena keep, flight; /* the day's lines; one flight's bookings */
	struct buf text, wrapped, truth;
	struct sent *sent;
	uint32_t nr_sent;
	struct gen_maker maker;
	const char *key; /* of the flight, in keep */
	struct err *e;
};

static struct gen_envelope envelope(const struct writing *w, int kind,
				    int64_t at)
{
	return (struct gen_envelope){
		w->maker.flight, w->recipient, at, kind, 1, 1
	};
}

/* Put the text into a Type B envelope. */
static struct str wrap(struct writing *w, const struct gen_envelope *env,
		       struct str text)
{
	const struct gen_flight *f = env->flight;
	struct gen_clock t = gen_clock(env->sent_at);
	struct type_b b = { .day = t.day, .hour = t.hour, .minute = t.minute };

	b.to = arena_fmt(&w->flight, "%sPIXB", gen_airports[w->day->home].code)
		       .ptr;
	b.from = arena_fmt(&w->flight, "%sDC%s", gen_airports[f->from].code,
			   gen_airlines[f->airline].code)
			 .ptr;
	buf_clear(&w->wrapped);
	type_b_wrap(&w->wrapped, &b, text);
	return buf_view(&w->wrapped);
}

/*
 * The message as it is sent: spoilt, if that is wanted, by dice of its own
 * so that clean messages stay what they are, and wrapped.
 */
static struct str dress(struct writing *w, const struct gen_envelope *env,
			const char *type, uint64_t *dirt)
{
	const struct gen_flight *f = env->flight;
	bool pnr = !strcmp(type, "PNRGOV");
	bool type_b = gen_airlines[f->airline].habits & HABIT_TYPE_B && !pnr;
	struct str text = buf_view(&w->text);
	struct dirt d;
	struct rng dice;

	*dirt = w->day->dirt;
	rng_seed(&dice, w->day->seed,
		 DIRT_STREAM + (uint64_t)f->index * 1000 +
			 (uint64_t)(env->kind * 100 + env->part));
	if (w->day->dirty)
		*dirt = gen_dirt_throw(pnr, &dice);
	if (!*dirt)
		return type_b ? wrap(w, env, text) : text;
	gen_dirt_open(&d, text, pnr, &dice, &w->flight);
	*dirt = gen_dirt_segments(&d, *dirt) | (*dirt & gen_dirt_on_bytes());
	if (type_b)
		d.bytes = wrap(w, env, d.bytes);
	*dirt = (*dirt & ~gen_dirt_on_bytes()) | gen_dirt_bytes(&d, *dirt);
	return d.bytes;
}

/* Put w->text into a file of its own, with a line in the manifest. */
static int post(struct writing *w, const struct gen_envelope *env,
		const char *type, const char *name)
{
	uint64_t dirt;
	struct str out = dress(w, env, type, &dirt);
	struct sent *s;

	if (w->text.failed || w->wrapped.failed)
		return err_at(w->e, ERR_NOMEM, 0, "out of memory");
	s = arena_push(&w->keep, &w->sent, &w->nr_sent, sizeof(*s));
	s->file = arena_fmt(&w->keep, "%s-%s.edi", w->key, name).ptr;
	s->flight = w->key;
	s->type = type;
	s->at = env->sent_at;
	s->bytes = out.len;
	s->dirt = dirt;
	w->totals->bytes += (int64_t)out.len;
	w->totals->messages++;
	return gen_file_write(w->dir, s->file, out, w->e);
}

static int post_push(struct writing *w, enum gen_phase phase, int kind,
		     const char *name)
{
	struct gen_envelope env =
		envelope(w, kind, gen_sent_at(w->maker.flight, phase));

	buf_clear(&w->text);
	gen_write_pnrgov(&w->text, &env, &w->maker.made, phase);
	return post(w, &env, "PNRGOV", name);
}

static int post_crew(struct writing *w)
{
	struct gen_envelope env =
		envelope(w, KIND_CREW, w->maker.flight->departs - 3600);

	buf_clear(&w->text);
	gen_write_crew(&w->text, &env, &w->maker.rng);
	return post(w, &env, "PAXLST", "3-crew");
}

static int count_checked_in(const struct gen_bookings *b)
{
	int nr = 0;

	for (uint32_t i = 0; i < b->nr; i++)
		if (gen_is_active(&b->item[i], PHASE_CLOSURE))
			for (int k = 0; k < b->item[i].nr; k++)
				nr += b->item[i].person[k].checked_in;
	return nr;
}

static int post_paxlst(struct writing *w)
{
	const struct gen_flight *f = w->maker.flight;
	struct gen_envelope env = envelope(w, KIND_PAXLST, f->departs - 1200);
	int total = count_checked_in(&w->maker.made);
	int size = gen_airlines[f->airline].part;
	int rc = 0;

	if (!size)
		size = total ? total : 1;
	env.parts = total ? (total + size - 1) / size : 1;
	for (; env.part <= env.parts && rc == 0; env.part++) {
		int from = (env.part - 1) * size;
		const char *name =
			arena_fmt(&w->flight, "4-paxlst-%02d", env.part).ptr;

		buf_clear(&w->text);
		gen_write_paxlst(&w->text, &env, &w->maker.made, from,
				 from + size, total);
		rc = post(w, &env, "PAXLST", name);
	}
	return rc;
}

/* How many persons of the passenger list stand before this one. */
static int place_in_list(const struct gen_bookings *made,
			 const struct gen_booking *b, int who)
{
	int nr = 0;

	for (uint32_t i = 0; i < made->nr; i++) {
		const struct gen_booking *one = &made->item[i];

		if (!gen_is_active(one, PHASE_CLOSURE))
			continue;
		for (int k = 0; k < one->nr; k++) {
			if (one == b && k == who)
				return nr;
			nr += one->person[k].checked_in;
		}
	}
	return nr;
}

/* The files in which a planted person stands. */
static void tell_files(struct writing *w, const struct gen_booking *b, int who,
		       struct json *j)
{
	static const char *const push[PHASES] = { PUSH_48H, PUSH_24H,
						  PUSH_CLOSURE };
	int size = gen_airlines[w->maker.flight->airline].part;
	int at = place_in_list(&w->maker.made, b, who);

	json_open(j, "files", '[');
	for (int phase = 0; phase < PHASES; phase++)
		if (gen_in_push(b, (enum gen_phase)phase))
			json_str(j, NULL,
				 arena_fmt(&w->flight, "%s-%s.edi", w->key,
					   push[phase]));
	if (gen_is_active(b, PHASE_CLOSURE) && b->person[who].checked_in)
		json_str(j, NULL,
			 arena_fmt(&w->flight, "%s-4-paxlst-%02d.edi", w->key,
				   size ? at / size + 1 : 1));
	json_close(j, ']');
}

/* The lines of the truth about this flight. */
static void tell_truth(struct writing *w)
{
	for (uint32_t i = 0; i < w->maker.made.nr; i++) {
		const struct gen_booking *b = &w->maker.made.item[i];
		const struct gen_plant *plant = b->plant;
		const struct gen_person *who;
		struct json j;

		if (!plant)
			continue;
		who = &b->person[plant->who];
		json_init(&j, &w->truth);
		json_open(&j, NULL, '{');
		json_z(&j, "flight", w->key);
		json_z(&j, "locator", b->locator);
		json_z(&j, "surname", who->tif_surname);
		json_z(&j, "given", who->tif_given);
		json_z(&j, "api_surname", who->surname);
		json_z(&j, "api_given", who->given);
		json_date(&j, "birth_date", who->born);
		if (*who->doc_number)
			json_z(&j, "document", who->doc_number);
		tell_files(w, b, plant->who, &j);
		json_z(&j, "how", plant->how);
		json_open(&j, "must_hit", '[');
		if (plant->hits)
			json_z(&j, NULL, plant->target);
		json_close(&j, ']');
		json_open(&j, "must_not_hit", '[');
		if (!plant->hits)
			json_z(&j, NULL, plant->target);
		json_close(&j, ']');
		json_close(&j, '}');
		buf_byte(&w->truth, '\n');
	}
}

static int write_flight(struct writing *w, const struct gen_flight *f,
			const struct gen_plan *plan)
{
	const struct gen_bookings *made = &w->maker.made;
	int rc;

	arena_clear(&w->flight);
	w->key = gen_flight_key(&w->keep, f);
	gen_make_bookings(&w->maker, w->day, f, plan, &w->flight);
	for (uint32_t i = 0; i < made->nr; i++)
		if (gen_is_active(&made->item[i], PHASE_CLOSURE)) {
			w->totals->bookings++;
			w->totals->travellers += made->item[i].nr;
		}
	rc = post_push(w, PHASE_48H, KIND_48H, PUSH_48H);
	if (rc == 0)
		rc = post_push(w, PHASE_24H, KIND_24H, PUSH_24H);
	if (rc == 0)
		rc = post_crew(w);
	if (rc == 0)
		rc = post_paxlst(w);
	if (rc == 0)
		rc = post_push(w, PHASE_CLOSURE, KIND_CLOSURE, PUSH_CLOSURE);
	if (rc == 0)
		tell_truth(w);
	return rc;
}

static int by_time(const void *a, const void *b)
{
	const struct sent *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return strcmp(x->file, y->file);
}

/* What was done to a message, by the rows' names. */
static void tell_dirt(struct json *j, uint64_t rows)
{
	json_open(j, "dirt", '[');
	for (int i = 0; i < gen_dirt_rows_nr; i++)
		if (rows >> i & 1)
			json_z(j, NULL, gen_dirt_rows[i].name);
	json_close(j, ']');
}

static int write_manifest(struct writing *w)
{
	buf_clear(&w->text);
	qsort(w->sent, w->nr_sent, sizeof(*w->sent), by_time);
	for (uint32_t i = 0; i < w->nr_sent; i++) {
		const struct sent *s = &w->sent[i];
		struct json j;

		json_init(&j, &w->text);
		json_open(&j, NULL, '{');
		json_z(&j, "file", s->file);
		json_z(&j, "flight", s->flight);
		json_z(&j, "type", s->type);
		json_moment(&j, "sent_at",
			    (struct moment){ s->at, MOMENT_MINUTE }, true);
		json_int(&j, "bytes", (int64_t)s->bytes);
		if (s->dirt)
			tell_dirt(&j, s->dirt);
		json_close(&j, '}');
		buf_byte(&w->text, '\n');
	}
	return gen_file_write(w->dir, "manifest.ndjson", buf_view(&w->text),
			      w->e);
}

static int write_summary(struct writing *w, const struct gen_plan *plan)
{
	struct json j;

	buf_clear(&w->text);
	json_init(&j, &w->text);
	json_open(&j, NULL, '{');
	json_date(&j, "date", w->day->date);
	json_int(&j, "seed", (int64_t)w->day->seed);
	json_z(&j, "home", gen_airports[w->day->home].country);
	json_int(&j, "flights", w->day->flights);
	json_int(&j, "travellers", w->totals->travellers);
	json_int(&j, "bookings", w->totals->bookings);
	json_int(&j, "messages", w->totals->messages);
	json_int(&j, "bytes", w->totals->bytes);
	json_open(&j, "planted", '{');
	json_int(&j, "must_hit", plan->hits);
	json_int(&j, "must_not_hit", plan->decoys);
	json_int(&j, "left_out", plan->left_out);
	json_close(&j, '}');
	json_bool(&j, "background_must_not_hit", true);
	json_close(&j, '}');
	buf_byte(&w->text, '\n');
	return gen_file_write(w->dir, "summary.json", buf_view(&w->text), w->e);
}

int gen_day_write(struct gen_totals *out, const struct gen_day *day,
		  const struct gen_flight *flights, const struct gen_plan *plan,
		  const char *dir, void (*progress)(int done, int of),
		  struct err *e)
{
	struct writing w = { .day = day, .dir = dir, .totals = out, .e = e };
	int rc = 0;

	*out = (struct gen_totals){ 0 };
	w.recipient =
		arena_fmt(&w.keep, "PIU%s", gen_airports[day->home].country)
			.ptr;
	for (int i = 0; i < day->flights && rc == 0; i++) {
		rc = write_flight(&w, &flights[i], plan);
		if (progress)
			progress(i + 1, day->flights);
	}
	if (rc == 0)
		rc = gen_file_write(dir, "truth.ndjson", buf_view(&w.truth), e);
	if (rc == 0)
		rc = write_manifest(&w);
	if (rc == 0)
		rc = write_summary(&w, plan);
	buf_release(&w.text);
	buf_release(&w.wrapped);
	buf_release(&w.truth);
	arena_release(&w.keep);
	arena_release(&w.flight);
	return rc;
}
