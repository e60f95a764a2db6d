/*
 * gateway_post.c - interchanges handed in: taken, or only reported on
 */
#include "web/gateway_internal.h"
#include "web/gzip.h"

#include <time.h>

/* What came in a request, cut into interchanges. */
struct handed {
	struct receipt *list;
	uint32_t nr;
};

static bool is_type(struct str type, struct str want)
{
	return str_eq_nocase(str_trim(str_split(&type, ';')), want);
}

/* The bytes that were sent, unpacked. */
static bool unpack(struct asking *q, struct str *body)
{
	const struct http_request *r = q->request;
	struct buf out = { 0 };
	struct err e = { 0 };

	*body = r->body;
	if (!r->encoding.ptr || str_eq_nocase(r->encoding, STR("identity")))
		return true;
	if (!str_eq_nocase(r->encoding, STR("gzip")))
		return gateway_refuse(q, 415, "not-unpacked",
				      "Content-Encoding is gzip or nothing");
	if (gzip_open(&out, r->body, (size_t)q->g->config->gateway_body_bytes,
		      &e)) {
		buf_release(&out);
		return gateway_refuse_err(q, "not-unpacked", &e);
	}
	*body = arena_str(&q->arena, buf_view(&out));
	buf_release(&out);
	return true;
}

/* Cut one body or file into interchanges, added to `h`. */
static bool add_body(struct asking *q, struct handed *h, struct str body,
		     const char *what)
{
	struct parse_limits limits = { (size_t)q->g->config->message_bytes };
	struct receipt *list;
	struct err e = { 0 };
	uint32_t nr;

	if (receipts_make(&list, &nr, GATEWAY_INTERCHANGES - h->nr, body,
			  &limits, &q->arena, &e)) {
		err_wrap(&e, "%s, byte %zu", what, e.pos);
		return gateway_refuse_err(q, "not-read", &e);
	}
	for (uint32_t i = 0; i < nr; i++)
		*(struct receipt *)arena_push(&q->arena, &h->list, &h->nr,
					      sizeof(*list)) = list[i];
	return true;
}

static bool add_form(struct asking *q, struct handed *h)
{
	struct str *file;
	struct err e = { 0 };
	int nr = http_files(&file, GATEWAY_INTERCHANGES, q->request, &q->arena,
			    &e);

	if (nr < 0)
		return gateway_refuse_err(q, "no-form", &e);
	for (int i = 0; i < nr; i++)
		if (!add_body(q, h, file[i],
			      arena_fmt(&q->arena, "file %d", i + 1).ptr))
			return false;
	return true;
}

static bool read_request(struct asking *q, struct handed *h)
{
	struct str body;

	if (is_type(q->request->type, STR("multipart/form-data")))
		return q->request->encoding.ptr
			       ? gateway_refuse(q, 415, "not-unpacked",
						"a form is sent as it is; "
						"pack its files into one body "
						"instead")
			       : add_form(q, h);
	return unpack(q, &body) && add_body(q, h, body, "the body");
}

/* An interchange names who sends it: is that this carrier? */
static bool is_own(struct asking *q, const struct handed *h)
{
	for (uint32_t i = 0; i < h->nr; i++) {
		const struct receipt *r = &h->list[i];

		if (r->error.code ||
		    carrier_is_sender(q->client.carrier, r->sender))
			continue;
		return gateway_refuse(
			q, 403, "not-own",
			"interchange %u is sent as '" STR_FMT
			"' in UNB, which the register does not have among "
			"the senders of " STR_FMT,
			i + 1, STR_ARG(r->sender), STR_ARG(q->client.code));
	}
	return true;
}

static bool is_live(struct asking *q)
{
	if (!q->client.carrier->live)
		return gateway_refuse(
			q, 403, "not-live",
			"this carrier is not live yet: real messages are not "
			"taken. Send to /v1/test, or with UNB's test "
			"indicator, until a report is clean; then ask the "
			"PIU");
	if (!gateway_was_clean(q->g, q->client.code))
		return gateway_refuse(
			q, 403, "not-tested",
			"no clean test run is on record for this carrier: send "
			"to /v1/test until a report is clean");
	return true;
}

/* A clean test is put on record; false after a 503. */
static bool note_clean(struct asking *q, const struct handed *h, bool all)
{
	struct err e = { 0 };

	return !gateway_note_clean(q->g, q->client.code, h->list, h->nr, all,
				   &e) ||
	       gateway_refuse(q, 503, "not-recorded", "%s", e.text);
}

static void write_reports(struct asking *q, const struct handed *h)
{
	json_open(&q->json, "reports", '[');
	for (uint32_t i = 0; i < h->nr; i++)
		receipt_write_report(&q->json, &h->list[i], &q->arena);
	json_close(&q->json, ']');
}

/* ---- handing in ---- */

int gateway_send(struct gateway *g, struct str carrier,
		 const struct receipt *list, uint32_t nr, struct arena *a,
		 struct err *e)
{
	struct parcel *parcel = arena_alloc(a, nr * sizeof(*parcel));
	uint32_t real = 0;
	int rc = 0;

	for (uint32_t i = 0; i < nr; i++)
		if (!list[i].test)
			parcel[real++] = (struct parcel){
				.payload = list[i].bytes,
				.note_key = arena_fmt(a, "%s/" STR_FMT,
						      list[i].hash,
						      STR_ARG(carrier)),
				.note = STR("{\"state\":\"received\"}"),
			};
	if (real)
		rc = postbox_send(g->box, parcel, real, e);
	for (uint32_t i = 0; i < real && rc == 0; i++)
		statuses_note(g->statuses, parcel[i].note_key, parcel[i].note);
	return rc;
}

void gateway_take(struct asking *q)
{
	struct handed h = { 0 };
	struct err e = { 0 };

	if (!read_request(q, &h) || !is_own(q, &h) ||
	    (gateway_has_real(h.list, h.nr) && !is_live(q)) ||
	    !gateway_admit(q, h.nr) || !note_clean(q, &h, false))
		return;
	if (gateway_send(q->g, q->client.code, h.list, h.nr, &q->arena, &e)) {
		q->reply->retry_after = 5;
		gateway_refuse(q, e.code == ERR_LIMIT ? 413 : 503, "not-kept",
			       "nothing is acknowledged, send it again: %s",
			       e.code == ERR_LIMIT ? e.text
						   : "the broker does not "
						     "answer");
		return;
	}
	q->reply->status = 202;
	json_init(&q->json, &q->reply->body);
	json_open(&q->json, NULL, '{');
	json_open(&q->json, "receipts", '[');
	for (uint32_t i = 0; i < h.nr; i++)
		if (!h.list[i].test)
			receipt_write_json(&q->json, &h.list[i], q->client.code,
					   &q->arena);
	json_close(&q->json, ']');
	json_open(&q->json, "tests", '[');
	for (uint32_t i = 0; i < h.nr; i++)
		if (h.list[i].test)
			receipt_write_report(&q->json, &h.list[i], &q->arena);
	json_close(&q->json, ']');
	json_close(&q->json, '}');
	buf_byte(&q->reply->body, '\n');
}

/* ---- testing ---- */

void gateway_test(struct asking *q)
{
	struct handed h = { 0 };

	if (!read_request(q, &h) || !is_own(q, &h) || !gateway_admit(q, h.nr) ||
	    !note_clean(q, &h, true))
		return;
	json_init(&q->json, &q->reply->body);
	json_open(&q->json, NULL, '{');
	json_bool(&q->json, "clean", gateway_is_clean(h.list, h.nr, true));
	json_bool(&q->json, "live", q->client.carrier->live);
	write_reports(q, &h);
	json_close(&q->json, '}');
	buf_byte(&q->reply->body, '\n');
}
