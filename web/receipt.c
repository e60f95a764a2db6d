#include "web/receipt.h"

#include "parsers/edifact.h"
#include "parsers/flight_key.h"
#include "parsers/segment_list.h"
#include "parsers/una.h"

#include <string.h>

/* ---- cutting ---- */

static void read_one(struct receipt *r, struct str bytes,
		     const struct parse_limits *limits, struct arena *a)
{
	uint8_t hash[CRYPT_HASH_LEN];

	r->bytes = bytes;
	crypt_hash(hash, "payload", &bytes, 1);
	crypt_to_hex(r->hash, hash, sizeof(hash));
	if (intake_read(&r->intake, bytes, limits, a, &r->error))
		return;
	r->sender = r->intake.payload.head[0].sender;
	r->test = r->intake.payload.head[0].test == FLAG_YES;
}

int receipts_make(struct receipt **list, uint32_t *nr, uint32_t most,
		  struct str body, const struct parse_limits *limits,
		  struct arena *a, struct err *e)
{
	struct edi_start next = { 0 };
	size_t from = 0;
	bool more = edi_find_start(body, 0, &next);

	*list = NULL;
	*nr = 0;
	if (!more) { /* UTF-16, or nothing */
		read_one(arena_push(a, list, nr, sizeof(**list)), body, limits,
			 a);
		if ((*list)->error.code)
			return err_at(e, (*list)->error.code, 0, "%s",
				      (*list)->error.text);
	}
	while (more) {
		struct receipt *r;
		size_t to;

		more = edi_find_start(body, next.unb + 3, &next);
		to = more ? next.una : body.len;
		if (to - from > limits->message_bytes)
			return err_at(e, ERR_LIMIT, from,
				      "an interchange of %zu bytes; %zu are "
				      "taken, send it in parts",
				      to - from, limits->message_bytes);
		if (*nr == most)
			return err_at(e, ERR_LIMIT, from,
				      "more than %u interchanges at once",
				      most);
		r = arena_push(a, list, nr, sizeof(*r));
		read_one(r, str_slice(body, from, to), limits, a);
		from = to;
	}
	return 0;
}

/* ---- telling ---- */

struct str receipt_id(const struct receipt *r, struct str carrier,
		      struct arena *a)
{
	return arena_fmt(a, STR_FMT "-%.*s", STR_ARG(carrier), RECEIPT_ID,
			 r->hash);
}

static uint32_t count_travellers(const struct message *m)
{
	uint32_t nr = m->nr_travellers;

	for (uint32_t i = 0; i < m->nr_bookings; i++)
		nr += m->bookings[i].nr_travellers;
	return nr;
}

/* What is known of one message, up to its diagnostics. */
static void open_message(struct json *j, const struct parsed *p)
{
	const struct message *m = &p->message;
	struct flight_key key;
	struct err none = { 0 };

	json_open(j, NULL, '{');
	json_str(j, "reference", p->unh.reference);
	json_str(j, "type", p->unh.type);
	json_str(j, "function", m->function);
	if (p->error.code)
		return;
	json_z(j, "flight",
	       flight_key_make(&key, &m->flight, &none) ? NULL : key.text);
	json_int(j, "bookings", m->nr_bookings);
	json_int(j, "travellers", count_travellers(m));
}

static void write_error(struct json *j, const struct err *e)
{
	json_open(j, "error", '{');
	json_int(j, "byte", (int64_t)e->pos);
	json_z(j, "text", e->text);
	json_close(j, '}');
}

void receipt_write_json(struct json *j, const struct receipt *r,
			struct str carrier, struct arena *a)
{
	const struct payload *p = &r->intake.payload;

	json_open(j, NULL, '{');
	json_str(j, "id", receipt_id(r, carrier, a));
	json_z(j, "hash", r->hash);
	json_int(j, "bytes", (int64_t)r->bytes.len);
	json_open(j, "messages", '[');
	for (uint32_t i = 0; i < p->nr_parsed && !r->error.code; i++) {
		open_message(j, &p->parsed[i]);
		if (p->parsed[i].error.code)
			write_error(j, &p->parsed[i].error);
		json_close(j, '}');
	}
	json_close(j, ']');
	if (r->error.code)
		write_error(j, &r->error);
	json_close(j, '}');
}

/* A place in the bytes: the number of its segment, from 1 at UNB, and tag. */
struct place {
	uint32_t number;
	char tag[4];
};

/* Places of diagnostics, which are sorted by byte. */
struct places {
	struct edi_reader reader;
	struct edi_segment seg;
	uint32_t number;
	bool more;
};

static void places_start(struct places *w, const struct receipt *r,
			 struct arena *a)
{
	struct str bytes = r->intake.payload.bytes;
	struct edi_start start;

	*w = (struct places){ .more = edi_find_start(bytes, 0, &start) };
	if (!w->more)
		return;
	edi_init(&w->reader, bytes, start.unb, &start.syntax, a);
	w->more = edi_next(&w->reader, &w->seg);
	w->number = 1;
}

static struct place places_to(struct places *w, uint32_t byte)
{
	struct place at = { 0 };

	while (w->more && byte >= w->seg.end) {
		w->more = edi_next(&w->reader, &w->seg);
		w->number++;
	}
	if (w->more && byte >= w->seg.pos) {
		at.number = w->number;
		memcpy(at.tag, w->seg.tag, sizeof(at.tag));
	}
	return at;
}

static void write_diagnostics(struct json *j, const struct parsed *p,
			      struct places *w)
{
	json_open(j, "diagnostics", '[');
	for (uint32_t i = 0; i < p->nr_diag; i++) {
		const struct diag *d = &p->diag[i];
		const struct diag_note *n = diag_note_find(d->code);
		struct place at = places_to(w, d->byte);

		json_open(j, NULL, '{');
		json_z(j, "severity", severity_name(d->severity));
		json_z(j, "code", d->code);
		json_int(j, "byte", d->byte);
		if (at.number) {
			json_int(j, "segment", at.number);
			json_z(j, "tag", at.tag);
		}
		json_str(j, "text", d->text);
		json_z(j, "rule", n ? n->meaning : NULL);
		json_z(j, "remedy", n ? n->remedy : NULL);
		json_close(j, '}');
	}
	json_close(j, ']');
}

bool receipt_is_clean(const struct receipt *r)
{
	const struct payload *p = &r->intake.payload;

	if (r->error.code)
		return false;
	for (uint32_t i = 0; i < p->nr_parsed; i++) {
		if (p->parsed[i].error.code)
			return false;
		for (uint32_t k = 0; k < p->parsed[i].nr_diag; k++)
			if (p->parsed[i].diag[k].severity != DIAG_INFO)
				return false;
	}
	return true;
}

void receipt_write_report(struct json *j, const struct receipt *r,
			  struct arena *a)
{
	const struct payload *p = &r->intake.payload;
	struct places w;

	json_open(j, NULL, '{');
	json_bool(j, "clean", receipt_is_clean(r));
	json_str(j, "sender", r->sender);
	json_bool(j, "test", r->test);
	json_open(j, "messages", '[');
	if (!r->error.code)
		places_start(&w, r, a);
	for (uint32_t i = 0; i < p->nr_parsed && !r->error.code; i++) {
		open_message(j, &p->parsed[i]);
		if (p->parsed[i].error.code)
			write_error(j, &p->parsed[i].error);
		write_diagnostics(j, &p->parsed[i], &w);
		json_close(j, '}');
	}
	json_close(j, ']');
	if (r->error.code)
		write_error(j, &r->error);
	json_close(j, '}');
}
