#include "engine/control.h"

#include "base/json.h"
#include "base/json_write.h"
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
 * what it lacks, for the quarantine.
 */
static const struct {
	const char *name;
	const char *(*read)(struct batch *b, const struct json_node *doc,
			    struct err *e);
} kinds[] = {
	{ "part-timeout", read_part_timeout },
	{ "rescreen", read_rescreen },
};

/* NULL, or what is wrong with the message. */
static const char *read_message(struct batch *b, struct str text, struct err *e)
{
	struct json_node *doc = NULL;
	struct err bad = { 0 };
	const char *wrong = "no kind of control message that this engine knows";
	struct str kind;

	if (text.len > CONTROL_MAX || json_read(&doc, text, &bad))
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
