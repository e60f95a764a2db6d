#include "engine/history.h"

#include "engine/history_value.h"

enum { SLOTS = 256 }; /* to begin with; a power of 2 */

/* By fact_kind. */
static const struct {
	const char *token; /* what the key is used for */
	uint8_t use;
	bool identity;
} kinds[] = {
	[FACT_PHONE] = { "fact phone", PAST_SAME_PHONE, false },
	[FACT_EMAIL] = { "fact email", PAST_SAME_EMAIL, false },
	[FACT_CARD] = { "fact card", PAST_SAME_CARD, false },
	[FACT_DOCUMENT] = { "fact document", PAST_SAME_DOCUMENT, true },
	[FACT_AGENCY] = { "fact agency", PAST_SAME_AGENCY, false },
	[FACT_ADDRESS] = { "fact address", PAST_SAME_ADDRESS, false },
	[FACT_PERSON] = { "fact person", HISTORY_SELF, true },
	[FACT_CANCELLED] = { "fact cancelled", HISTORY_GONE, false },
};

void history_init(struct history_batch *h, int64_t days,
		  struct key_folder *keys, struct arena *a)
{
	*h = (struct history_batch){ .days = (int32_t)days,
				     .keys = keys,
				     .arena = a };
}

/*
 * The key of a month, or NULL: it has none, or it was destroyed with the
 * month's first day. With `create` it gets one.
 */
static int month_key(const uint8_t **key, struct history_batch *h,
		     int32_t first, bool create, struct err *e)
{
	struct history_month *m;

	for (uint32_t i = 0; i < h->nr_month; i++) {
		*key = h->month[i].key;
		if (h->month[i].first == first && (*key || !create))
			return 0;
	}
	if (key_folder_day(h->keys, date_from_days(first),
			   create ? DAY_KEY_CREATE : DAY_KEY_IF_ANY, key, e)) {
		if (e->code != ERR_LEGAL)
			return e->code;
		*e = (struct err){ 0 };
		*key = NULL;
	}
	m = arena_push(h->arena, &h->month, &h->nr_month, sizeof(*m));
	*m = (struct history_month){ first, *key };
	return 0;
}

static bool same_ask(const struct fact_ask *x, const struct fact_ask *y)
{
	return x->token == y->token && x->kind == y->kind &&
	       x->since == y->since && x->until == y->until && x->day == y->day;
}

/* The slot of a question: its own, or a free one. Tokens are random. */
static uint32_t *find_slot(const struct history_batch *h,
			   const struct fact_ask *q)
{
	uint32_t i = (uint32_t)q->token & (h->nr_slot - 1);

	while (h->slot[i] && !same_ask(&h->ask[h->slot[i] - 1], q))
		i = (i + 1) & (h->nr_slot - 1);
	return &h->slot[i];
}

static void more_slots(struct history_batch *h)
{
	h->nr_slot = h->nr_slot ? 2 * h->nr_slot : SLOTS;
	h->slot = arena_alloc(h->arena, h->nr_slot * sizeof(*h->slot));
	for (uint32_t i = 0; i < h->nr_slot; i++)
		h->slot[i] = 0;
	for (uint32_t i = 0; i < h->nr_ask; i++)
		*find_slot(h, &h->ask[i]) = i + 1;
}

/* The number of a question, asked once by the batch. */
static uint32_t ask_once(struct history_batch *h, const struct fact_ask *q)
{
	uint32_t *slot;

	if (2 * h->nr_ask >= h->nr_slot)
		more_slots(h);
	slot = find_slot(h, q);
	if (!*slot) {
		*(struct fact_ask *)arena_push(h->arena, &h->ask, &h->nr_ask,
					       sizeof(*q)) = *q;
		*slot = h->nr_ask;
	}
	return *slot - 1;
}

/* One value, in every month of the days that count. */
static int ask_value(struct history_batch *h, int32_t day, enum fact_kind kind,
		     struct str text, struct history_ref ref, struct err *e)
{
	int32_t since = day - h->days;

	while (since < day) {
		int32_t first = date_first_of_month(since);
		int32_t next = date_first_of_month(first + 31);
		struct fact_ask q = { .kind = (int16_t)kind,
				      .since = since,
				      .until = (next < day ? next : day) - 1,
				      .day = day };
		const uint8_t *key;

		if (month_key(&key, h, first, false, e))
			return e->code;
		since = next;
		if (!key)
			continue;
		q.token = crypt_token(key, kinds[kind].token, text);
		ref.ask = ask_once(h, &q);
		*(struct history_ref *)arena_push(h->arena, &h->ref, &h->nr_ref,
						  sizeof(ref)) = ref;
	}
	return 0;
}

/* Which counts can be known of him, whatever the answers. */
static void note(struct history_subject *s, uint8_t use)
{
	s->asked |= (uint16_t)(1U << use);
}

static int ask_own(struct history_batch *h, struct history_subject *s,
		   int32_t day, const struct history_values *values,
		   struct err *e)
{
	for (uint32_t i = 0; i < values->nr; i++) {
		const struct history_value *v = &values->v[i];
		uint8_t use = kinds[v->kind].use;

		note(s, use);
		if (ask_value(h, day, v->kind, v->text,
			      (struct history_ref){ .use = use }, e))
			return e->code;
		if (!kinds[v->kind].identity)
			continue;
		note(s, HISTORY_SELF);
		if ((use != HISTORY_SELF &&
		     ask_value(h, day, v->kind, v->text,
			       (struct history_ref){ .use = HISTORY_SELF },
			       e)) ||
		    ask_value(h, day, FACT_CANCELLED, v->text,
			      (struct history_ref){ .use = HISTORY_GONE }, e))
			return e->code;
	}
	return 0;
}

static int ask_others(struct history_batch *h, struct history_subject *s,
		      int32_t day, const struct subject *is, struct err *e)
{
	s->nr_others = is->nr_co_travellers;
	s->others_known = is->booking != NULL;
	for (uint32_t i = 0; i < is->nr_co_travellers; i++) {
		struct history_values who = { .arena = h->arena };
		struct history_ref ref = { .use = HISTORY_OTHER, .who = i };

		history_identity_of(&who, is->co_traveller[i]);
		s->others_known = s->others_known && who.nr;
		for (uint32_t k = 0; k < who.nr; k++)
			if (ask_value(h, day, who.v[k].kind, who.v[k].text, ref,
				      e))
				return e->code;
	}
	return 0;
}

int history_ask(struct history_batch *h, const struct history_who *who,
		struct err *e)
{
	struct history_values values = { .arena = h->arena };
	struct history_subject s = { .ref = h->nr_ref };

	if (!h->days)
		return 0;
	s.trip = history_trip(who->subject, who->flight_id, who->traveller_id,
			      h->arena);
	history_values_of(&values, who->subject);
	if (ask_own(h, &s, who->clock_day, &values, e) ||
	    ask_others(h, &s, who->clock_day, who->subject, e))
		return e->code;
	s.nr_ref = h->nr_ref - s.ref;
	*(struct history_subject *)arena_push(h->arena, &h->subject,
					      &h->nr_subject, sizeof(s)) = s;
	return 0;
}

int history_load(struct history_batch *h, struct pg *pg, struct err *e)
{
	return load_facts(h->ask, h->nr_ask, pg, h->arena, e);
}

/* The row of a value. */
static void keep_value(const struct history_value *v, const uint8_t *key,
		       const struct fact_row *all, enum fact_kind kind,
		       struct arena *a, struct fact_row **row, uint32_t *nr)
{
	struct fact_row *to = arena_push(a, row, nr, sizeof(*to));

	*to = *all;
	to->kind = (int16_t)kind;
	to->token = crypt_token(key, kinds[kind].token, v->text);
}

int history_keep(struct history_batch *h, const struct history_who *who,
		 bool gone, int32_t delete_on, struct fact_row **row,
		 uint32_t *nr, struct err *e)
{
	struct history_values values = { .arena = h->arena };
	struct fact_row all = { .clock_day = who->clock_day,
				.delete_on = who->clock_day + h->days + 1 };
	const uint8_t *key;

	if (!h->days)
		return 0;
	if (month_key(&key, h, date_first_of_month(who->clock_day), true, e))
		return e->code;
	if (!key)
		return 0;
	if (delete_on && delete_on < all.delete_on)
		all.delete_on = delete_on;
	all.trip = history_trip(who->subject, who->flight_id, who->traveller_id,
				h->arena);
	history_values_of(&values, who->subject);
	for (uint32_t i = 0; i < values.nr; i++) {
		const struct history_value *v = &values.v[i];

		keep_value(v, key, &all, v->kind, h->arena, row, nr);
		if (gone && kinds[v->kind].identity)
			keep_value(v, key, &all, FACT_CANCELLED, h->arena, row,
				   nr);
	}
	return 0;
}
