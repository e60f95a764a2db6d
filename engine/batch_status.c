/*
 * batch_status.c - what became of a payload, told to gateways in the
 * transaction that stores it
 *
 * Says what was read and what was wrong with it, as an answer to the airline
 * does: nothing of a traveller, nothing of a hit.
 */
#include "base/json_write.h"
#include "engine/batch.h"
#include "parsers/flight_key.h"

enum { MOST_DIAGNOSTICS = 100, STATUS_BYTES = 1 << 18 };

static void write_diagnostics(struct json *j, const struct parsed *p)
{
	uint32_t nr =
		p->nr_diag < MOST_DIAGNOSTICS ? p->nr_diag : MOST_DIAGNOSTICS;

	json_open(j, "diagnostics", '[');
	for (uint32_t i = 0; i < nr; i++) {
		const struct diag *d = &p->diag[i];

		json_open(j, NULL, '{');
		json_z(j, "severity", severity_name(d->severity));
		json_z(j, "code", d->code);
		json_int(j, "byte", d->byte);
		json_str(j, "text", d->text);
		json_close(j, '}');
	}
	json_close(j, ']');
	if (nr < p->nr_diag)
		json_int(j, "more_diagnostics", p->nr_diag - nr);
}

static void write_message(struct json *j, const struct parsed *p)
{
	struct flight_key key;
	struct err none = { 0 };

	json_open(j, NULL, '{');
	json_str(j, "reference", p->unh.reference);
	json_str(j, "type", p->unh.type);
	json_z(j, "flight",
	       flight_key_make(&key, &p->message.flight, &none) ? NULL
								: key.text);
	write_diagnostics(j, p);
	json_close(j, '}');
}

static void write_quarantined(struct json *j, const struct batch *b,
			      uint32_t from)
{
	json_open(j, "quarantined", '[');
	for (uint32_t i = from; i < b->rows.nr_quarantine; i++) {
		json_open(j, NULL, '{');
		json_str(j, "code", b->quarantine[i].code);
		json_int(j, "byte", b->quarantine[i].byte);
		json_str(j, "text", b->quarantine[i].sentence);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void write_status(struct json *j, const struct batch *b,
			 const struct intake *in, struct batch_mark from)
{
	uint32_t lost = b->rows.nr_quarantine - from.nr_quarantine;
	uint32_t read = in ? in->payload.nr_parsed : 0;

	json_open(j, NULL, '{');
	json_z(j, "state", lost && lost >= read ? "quarantined" : "processed");
	json_moment(j, "at", b->received_at, true);
	json_open(j, "messages", '[');
	for (uint32_t i = 0; i < read; i++)
		write_message(j, &in->payload.parsed[i]);
	json_close(j, ']');
	write_quarantined(j, b, from.nr_quarantine);
	json_open(j, "answers", '[');
	for (uint32_t i = from.nr_outbox; i < b->rows.nr_outbox; i++)
		json_str(j, NULL, b->outbox[i].payload);
	json_close(j, ']');
	json_close(j, '}');
}

void batch_status(struct batch *b, struct str plain, const struct intake *in,
		  struct batch_mark from)
{
	const struct config *c = &b->engine->config;
	struct buf out = { .limit = STATUS_BYTES };
	uint8_t hash[CRYPT_HASH_LEN];
	char hex[2 * CRYPT_HASH_LEN + 1];
	struct json j;

	if (!*c->status_topic)
		return;
	crypt_hash(hash, "payload", &plain, 1);
	crypt_to_hex(hex, hash, sizeof(hash));
	json_init(&j, &out);
	write_status(&j, b, in, from);
	if (out.failed) { /* thousands of messages in one payload */
		buf_clear(&out);
		buf_z(&out, "{\"state\":\"processed\"}");
	}
	*BATCH_PUSH(b, outbox) = (struct outbox_row){
		.outbox_id = batch_outbox_id(b, &from, UINT32_MAX, "status"),
		.topic = str_of(c->status_topic),
		.key = arena_str(&b->arena, str_of(hex)),
		.payload = arena_str(&b->arena, buf_view(&out)),
		.created_at = b->received_at,
	};
	buf_release(&out);
}
