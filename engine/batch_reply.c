/*
 * batch_reply.c - answers to a message, in the transaction that stores it
 */
#include "engine/batch.h"
#include "engine/replies.h"

int64_t batch_outbox_id(const struct batch *b, const struct batch_mark *from,
			uint32_t number, const char *kind)
{
	const struct source_message *m = from->message;
	struct str part[] = {
		str_of(from->cluster),
		str_of(b->engine->config.topic),
		{ (const char *)&m->partition, sizeof(m->partition) },
		{ (const char *)&m->offset, sizeof(m->offset) },
		{ (const char *)&number, sizeof(number) },
		str_of(kind),
	};

	return crypt_id64("outbox", part, ARRAY_SIZE(part));
}

static void push(struct batch *b, const struct batch_mark *from, uint32_t head,
		 enum reply_kind kind, struct str to, struct str payload)
{
	*BATCH_PUSH(b, outbox) = (struct outbox_row){
		.outbox_id =
			batch_outbox_id(b, from, head, reply_kind_name(kind)),
		.topic = str_of(b->engine->config.replies_topic),
		.key = to,
		.payload = arena_str(&b->arena, payload),
		.created_at = b->received_at,
	};
}

void batch_reply(struct batch *b, const struct batch_mark *from,
		 const struct intake *in)
{
	const struct config *c = &b->engine->config;
	struct buf out = { .limit = (size_t)c->message_bytes };
	uint8_t hash[CRYPT_HASH_LEN];

	if (!*c->replies_topic)
		return;
	replies_hash(hash, in);
	for (uint32_t i = 0; i < in->payload.nr_head; i++) {
		const struct interchange_head *h = &in->payload.head[i];

		for (int k = 0; k < REPLY_KINDS; k++) {
			enum reply_kind kind = (enum reply_kind)k;

			buf_clear(&out);
			if (!replies_agreed(c, kind, h) ||
			    !replies_write(&out, in, i, kind, hash,
					   b->received_at))
				continue;
			if (out.failed) /* longer than a message may be */
				batch_count(b, STR_NONE, STR("reply-too-long"),
					    1);
			else
				push(b, from, i, kind, h->sender,
				     buf_view(&out));
		}
	}
	buf_release(&out);
}
