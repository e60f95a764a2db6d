#include "tools/request_query.h"

#include "base/docnumber.h"
#include "engine/rows.h"
#include "engine/tokens.h"
#include "parsers/flight_key.h"
#include "tools/request_words.h"

/* clang-format off */
#define QUERY(m)	offsetof(struct request_query, m)
static const struct setting rows[] = {
	{ "surname",	SETTING_TEXT, QUERY(surname),	 false },
	{ "given",	SETTING_TEXT, QUERY(given),	 false },
	{ "document",	SETTING_TEXT, QUERY(document),	 false },
	{ "contact",	SETTING_TEXT, QUERY(contact),	 false },
	{ "card",	SETTING_TEXT, QUERY(card),	 false },
	{ "locator",	SETTING_TEXT, QUERY(locator),	 false },
	{ "birth_date", SETTING_TEXT, QUERY(birth_date), false },
	{ "carrier",	SETTING_TEXT, QUERY(carrier),	 false },
	{ "number",	SETTING_TEXT, QUERY(number),	 false },
	{ "from",	SETTING_DATE, QUERY(from),	 false },
	{ "until",	SETTING_DATE, QUERY(until),	 false },
	{ "alike",	SETTING_BOOL, QUERY(alike),	 false },
};
/* clang-format on */

static int check(const struct request_query *q, struct err *e)
{
	if (!q->alike) {
		if (q->carrier.ptr || q->number.ptr || q->birth_date.ptr)
			return err_at(e, ERR_VALUE, 0,
				      "'carrier:', 'number:' and "
				      "'birth_date:' go with 'alike: true'");
		if (!q->surname.ptr && !q->given.ptr && !q->document.ptr &&
		    !q->contact.ptr && !q->card.ptr && !q->locator.ptr)
			return err_at(e, ERR_VALUE, 0,
				      "it names nothing to be found");
		return 0;
	}
	if (q->document.ptr || q->contact.ptr || q->card.ptr || q->locator.ptr)
		return err_at(e, ERR_VALUE, 0,
			      "with 'alike: true' names are compared, nothing "
			      "else but 'birth_date:'");
	if (!q->surname.ptr || !q->carrier.ptr)
		return err_at(e, ERR_VALUE, 0,
			      "'alike: true' takes a 'surname:' and a "
			      "'carrier:', and perhaps a 'number:'");
	return 0;
}

int request_query_read(struct request_query *q, const char *path,
		       struct arena *a, struct err *e)
{
	struct yaml_node *doc;

	*q = (struct request_query){ .alike = false };
	if (request_read_private(&q->text, path, a, e))
		return e->code;
	if (yaml_read(&doc, a, q->text, e) ||
	    settings_read(q, doc, rows, ARRAY_SIZE(rows), a, e) || check(q, e))
		return err_wrap(e, "%s", path);
	return 0;
}

void request_query_span(int32_t *from, int32_t *until,
			const struct request_query *q, const struct request *r)
{
	*from = r->from;
	*until = r->until;
	if (date_is_set(q->from))
		*from = (int32_t)date_to_days(q->from);
	if (date_is_set(q->until))
		*until = (int32_t)date_to_days(q->until);
}

/*
 * Bookings of the locator on flights of the day: their ids follow from flight
 * and locator. A flight that is stored under another key than its columns say
 * now is left out.
 */
static int find_bookings(struct row_tokens *out, struct request_search *s,
			 struct str locator, int32_t day, struct err *e)
{
	struct str folded = docnumber_fold(s->arena, locator);
	struct flight_row *f;
	int64_t *id;
	uint32_t nr;

	if (request_search_flights(&f, &nr, s, day, e))
		return e->code;
	id = arena_alloc(s->arena, (nr + 1) * sizeof(*id));
	*out = (struct row_tokens){ id, 0 };
	for (uint32_t i = 0; i < nr; i++) {
		struct flight flight = { .carrier = f[i].carrier,
					 .number = f[i].number,
					 .origin = f[i].origin,
					 .departs = f[i].departs };
		struct flight_key key;
		struct err no = { 0 };

		if (!flight_key_make(&key, &flight, &no))
			id[out->nr++] = rows_booking_id_of(&key, folded);
	}
	return 0;
}

int request_query_exact(struct request_search *s, struct request_cli *c,
			const struct request_query *q, int32_t day,
			struct err *e)
{
	struct request_asked asked = { .bookings = { NULL, 0 } };
	struct tokens his = { NULL, s->arena, NULL, 0 }, either;
	const uint8_t *key;

	/* a day without a key has no traveller; a masked one has none, too */
	if (key_folder_day(c->keys, date_from_days(day), DAY_KEY_IF_ANY, &key,
			   e)) {
		if (e->code != ERR_LEGAL)
			return e->code;
		*e = (struct err){ 0 };
		return 0;
	}
	if (!key)
		return 0;
	his.day_key = key;
	either = his;
	tokens_add_name(&his, q->surname);
	tokens_add_name(&his, q->given);
	tokens_add(&his, "document", q->document);
	tokens_add(&either, "contact", q->contact);
	tokens_add(&either, "card", q->card);
	asked.his = (struct row_tokens){ his.v, his.nr };
	asked.either = (struct row_tokens){ either.v, either.nr };
	if (q->locator.ptr &&
	    find_bookings(&asked.bookings, s, q->locator, day, e))
		return e->code;
	if (q->locator.ptr && !asked.bookings.nr)
		return 0;
	return request_search_find(s, day, &asked, e);
}
