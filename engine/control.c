#include "engine/control.h"

#include "base/json.h"
#include "base/json_write.h"
#include "base/log.h"
#include "engine/rescreen.h"

#include <stdio.h>
#include <string.h>

void control_write_part_timeout(struct buf *out, const struct series_row *s)
{
	char id[24];
	struct json j;

	snprintf(id, sizeof(id), "%lld", (long long)s->series_id);
	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_z(&j, "kind", "part-timeout");
	json_z(&j, "series", id);
	json_str(&j, "flight", s->flight);
	json_str(&j, "sender", s->sender);
	json_str(&j, "reference", s->reference);
	json_str(&j, "seen", s->seen);
	if (s->last.set)
		json_int(&j, "last", s->last.v);
	else
		json_null(&j, "last");
	json_close(&j, '}');
}

static void write_id(struct json *j, const char *key, int64_t v)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)v);
	json_z(j, key, text);
}

void control_write_retry(struct buf *out, const struct quarantine_row *q)
{
	char hex[2 * CRYPT_HASH_LEN + 1] = "";
	struct json j;

	if (q->payload_hash.len == CRYPT_HASH_LEN)
		crypt_to_hex(hex, (const uint8_t *)q->payload_hash.ptr,
			     CRYPT_HASH_LEN);
	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_z(&j, "kind", "retry");
	write_id(&j, "quarantine", q->quarantine_id);
	json_str(&j, "cluster", q->cluster);
	json_str(&j, "topic", q->topic);
	write_id(&j, "part", q->part);
	write_id(&j, "offset", q->offset);
	json_z(&j, "hash", hex);
	json_close(&j, '}');
}

int control_place(struct recall_place *at, const struct quarantine_row *q,
		  struct err *e)
{
	*at = (struct recall_place){ .cluster = q->cluster,
				     .topic = q->topic,
				     .part = q->part,
				     .offset = q->offset };
	if (q->payload_hash.len != CRYPT_HASH_LEN)
		return err_at(e, ERR_INTEGRITY, 0,
			      "the quarantine row has no hash");
	memcpy(at->hash, q->payload_hash.ptr, CRYPT_HASH_LEN);
	return 0;
}

static bool read_place(struct recall_place *at, int64_t *id,
		       const struct json_node *doc)
{
	int64_t part;

	*at = (struct recall_place){
		.cluster = json_node_text(json_node_get(doc, "cluster")),
		.topic = json_node_text(json_node_get(doc, "topic")),
	};
	if (!str_to_i64(json_node_text(json_node_get(doc, "quarantine")), id) ||
	    !str_to_i64(json_node_text(json_node_get(doc, "part")), &part) ||
	    !str_to_i64(json_node_text(json_node_get(doc, "offset")),
			&at->offset) ||
	    part < 0 || part > INT32_MAX || at->offset < 0 || !at->topic.len)
		return false;
	at->part = (int32_t)part;
	return crypt_from_hex(at->hash, sizeof(at->hash),
			      json_node_text(json_node_get(doc, "hash")));
}

static void tell_gone(const struct recall_place *at)
{
	struct log_line l;

	log_begin(&l, LEVEL_WARNING, "retry-gone");
	log_int(&l, "part", at->part);
	log_int(&l, "offset", at->offset);
	log_z(&l, "remedy", "the carrier has to send it again");
	log_end(&l);
}

/* What is no longer there stays in quarantine. */
static const char *read_retry(struct batch *b, const struct json_node *doc,
			      struct err *e)
{
	struct recall_place at;
	struct buf payload = { 0 };
	struct source_message m;
	int64_t id;
	int rc;

	if (!read_place(&at, &id, doc))
		return "a retry without a message's place";
	rc = recall_message(&payload, &b->engine->config, &at, e);
	if (rc > 0) {
		*BATCH_PUSH(b, retried) = id;
		m = (struct source_message){
			.partition = at.part,
			.offset = at.offset,
			.timestamp_ms = b->received_at.s * 1000,
			.payload = arena_str(&b->arena, buf_view(&payload)),
		};
		(void)!batch_add_again(b, arena_str(&b->arena, at.cluster).ptr,
				       arena_str(&b->arena, at.topic).ptr, &m,
				       e);
	} else if (rc == 0) {
		tell_gone(&at);
	}
	buf_release(&payload);
	return NULL;
}

/* The row of the series tells whether parts came meanwhile: db/sql. */
static const char *read_part_timeout(struct batch *b,
				     const struct json_node *doc, struct err *e)
{
	int64_t id;

	(void)e;
	if (!str_to_i64(json_node_text(json_node_get(doc, "series")), &id))
		return "a part-timeout without the number of its series";
	*BATCH_PUSH(b, missing) = id;
	b->rows.missing_day = (int32_t)(b->received_at.s / SECONDS_PER_DAY);
	return NULL;
}

/* Other lists are live: this flight's travellers once more. */
static const char *read_rescreen(struct batch *b, const struct json_node *doc,
				 struct err *e)
{
	struct str flight = json_node_text(json_node_get(doc, "flight"));
	struct flight_key key = { "" };

	if (str_empty(flight) || flight.len >= sizeof(key.text))
		return "a rescreen without the key of its flight";
	memcpy(key.text, flight.ptr, flight.len);
	(void)!batch_rescreen(b, &key, e);
	return NULL;
}

/*
 * All kinds. `read` puts into the batch what the message asks for, or returns
 * what it lacks, for the quarantine; stores an error as batch_add() does.
 */
static const struct {
	const char *name;
	const char *(*read)(struct batch *b, const struct json_node *doc,
			    struct err *e);
} kinds[] = {
	{ "part-timeout", read_part_timeout },
	{ "rescreen", read_rescreen },
	{ "retry", read_retry },
};

/* NULL, or what is wrong with the message. */
static const char *read_message(struct batch *b, struct str text, struct err *e)
{
	struct json_node *doc = NULL;
	struct err syntax = { 0 };
	const char *wrong = "no kind of control message that this engine knows";
	struct str kind;

	if (text.len > CONTROL_MAX || json_read(&doc, text, &syntax))
		return "a control message that is not JSON";
	kind = json_node_text(json_node_get(doc, "kind"));
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (str_eq(kind, str_of(kinds[i].name)))
			wrong = kinds[i].read(b, doc, e);
	json_node_free(doc);
	return wrong;
}

int control_add(struct batch *b, const char *cluster,
		const struct source_message *m, struct err *e)
{
	const char *wrong;

	batch_receive(b, m);
	wrong = read_message(b, m->payload, e);
	if (e->code)
		return e->code;
	if (wrong)
		batch_quarantine(b, cluster, m, "control", 0, wrong, STR_NONE);
	batch_claim_offset(b, m);
	return 0;
}
