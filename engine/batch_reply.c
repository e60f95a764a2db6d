/*
 * batch_reply.c - answers to a message, in the transaction that stores it
 */
#include "engine/batch.h"
#include "engine/replies.h"

static void push(struct batch *b, const char *cluster,
		 const struct source_message *m, uint32_t head,
		 enum reply_kind kind, struct str to, struct str payload)
{
	struct str part[] = {
		str_of(cluster),
		str_of(b->engine->config.topic),
		{ (const char *)&m->partition, sizeof(m->partition) },
		{ (const char *)&m->offset, sizeof(m->offset) },
		{ (const char *)&head, sizeof(head) },
		str_of(reply_kind_name(kind)),
	};

	*BATCH_PUSH(b, outbox) = (struct outbox_row){
		.outbox_id = crypt_id64("outbox", part, ARRAY_SIZE(part)),
		.topic = str_of(b->engine->config.replies_topic),
		.key = to,
		.payload = arena_str(&b->arena, payload),
		.created_at = b->received_at,
	};
}

void batch_reply(struct batch *b, const char *cluster,
		 const struct source_message *m, const struct intake *in)
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
				push(b, cluster, m, i, kind, h->sender,
				     buf_view(&out));
		}
	}
	buf_release(&out);
}
