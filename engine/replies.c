#include "engine/replies.h"

/* Is a word of the blank-separated list the sender? "*" is everybody. */
static bool names(const char *list, struct str sender)
{
	struct str rest = str_of(list);

	while (rest.ptr) {
		struct str word = str_split(&rest, ' ');

		if (str_eq(word, STR("*")) ||
		    (word.len && str_eq(word, sender)))
			return true;
	}
	return false;
}

bool replies_agreed(const struct config *c, enum reply_kind kind,
		    const struct interchange_head *h)
{
	switch (kind) {
	case REPLY_CONTRL:
		return strcmp(c->replies_contrl, "never") != 0 &&
		       (h->ack_asked ||
			strcmp(c->replies_contrl, "always") == 0);
	case REPLY_ACKRES:
		return names(c->replies_ackres, h->sender);
	case REPLY_CUSRES:
		return names(c->replies_cusres, h->sender);
	case REPLY_KINDS:
		break;
	}
	return false;
}

void replies_hash(uint8_t hash[CRYPT_HASH_LEN], const struct intake *in)
{
	crypt_hash(hash, "reply", &in->archive, 1);
}

/*
 * 70 bits of a hash in letters and digits that are not taken for each other:
 * two interchanges of one sender out of a thousand million have one
 * reference with a chance of 1 in 2000.
 */
static void make_control(char out[REPLY_CONTROL_LEN], const struct str *part,
			 size_t nr)
{
	static const char digit[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	uint8_t hash[CRYPT_HASH_LEN];

	crypt_hash(hash, "reply control", part, nr);
	for (unsigned i = 0; i < REPLY_CONTROL_LEN; i++) {
		unsigned bit = 5 * i, at = bit / 8;
		unsigned two = (unsigned)hash[at] << 8 | hash[at + 1];

		out[i] = digit[two >> (11 - bit % 8) & 31];
	}
}

bool replies_write(struct buf *out, const struct intake *in, uint32_t head,
		   enum reply_kind kind, const uint8_t hash[CRYPT_HASH_LEN],
		   struct moment at)
{
	const struct interchange_head *h = &in->payload.head[head];
	char control[REPLY_CONTROL_LEN];
	struct str part[] = {
		str_of(reply_kind_name(kind)),
		h->control,
		h->sender,
		{ (const char *)hash, CRYPT_HASH_LEN },
		{ (const char *)&head, sizeof(head) },
	};
	struct reply_ask ask = {
		&in->payload, h, kind, { control, sizeof(control) }, at
	};

	make_control(control, part, ARRAY_SIZE(part));
	return reply_write(out, &ask);
}
