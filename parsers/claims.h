/*
 * claims.h - which bytes of a payload the record was made of
 *
 * The law keeps a closed list (Annex I), so what no table row asked for must
 * not be stored. While reading, a parser claims: the structure (tags,
 * separators, terminators, line breaks, UNA) and each component a row uses,
 * or the part of it that was used. law/redact.c blanks every byte that is not
 * claimed. Free text and titles that a row uses are listed for a scan, too:
 * the law may take a claim back.
 *
 *	claims_init(&c, &arena, payload.len);
 *	claims_segment(&c, (struct span){ pos, len }, 3, 4);	SSR+UMNR
 *	claims_keep(&c, pos, 4);		tag and separator
 *	claims_scan(&c, pos, len, CLAIM_REMARK);
 *
 * Positions are bytes of the payload, from 0. Everything lives in the arena.
 * Threads: one per payload.
 */
#ifndef PARSERS_CLAIMS_H
#define PARSERS_CLAIMS_H

#include "base/arena.h"

struct span {
	uint32_t pos, len;
};

enum claim_kind {
	CLAIM_REMARK, /* free text: any word may be special-category data */
	CLAIM_TITLE,  /* a title of address: may tell a religion */
	CLAIM_TYPE,   /* a traveller type code: may tell a religion */
};

struct claim_scan {
	struct span span; /* raw bytes: releases and line breaks included */
	enum claim_kind kind;
	char release;	 /* release character in force, 0 for none */
	struct str text; /* as the record has it; absent: read the raw bytes */
};

/* One segment of the payload, for counters and the place of a removal. */
struct claim_segment {
	struct span span;  /* tag up to its terminator, that included */
	uint32_t tag_len;  /* bytes of the tag */
	uint32_t code_len; /* of the first component behind it; 0: none */
};

struct claims {
	struct arena *arena;
	uint64_t *keep; /* bit i: byte i stays */
	size_t len;
	struct claim_scan *scan;
	uint32_t nr_scan;
	struct claim_segment *segment; /* in order of position */
	uint32_t nr_segment, room_segment;
};

/* Nothing claimed yet, for a payload of `len` bytes. */
void claims_init(struct claims *c, struct arena *a, size_t len);

/* Bytes [pos, pos + len) stay. Out of range is cut off. */
void claims_keep(struct claims *c, size_t pos, size_t len);

static inline void claims_keep_at(struct claims *c, struct span at)
{
	claims_keep(c, at.pos, at.len);
}

enum { CLAIMS_SHORT = 64 };

/* The same of less than CLAIMS_SHORT bytes, all of them in the payload. */
static inline void claims_keep_short(struct claims *c, size_t pos, size_t len)
{
	uint64_t *keep = c->keep + pos / 64;
	uint64_t bits = ((uint64_t)1 << len) - 1;

	keep[0] |= bits << pos % 64;
	/* what is beyond that word: nothing, mostly, and there is room */
	keep[1] |= bits >> 1 >> (~pos % 64);
}

/* The law takes them back. */
void claims_drop(struct claims *c, size_t pos, size_t len);

/* Does byte `pos` stay? */
static inline bool claims_kept(const struct claims *c, size_t pos)
{
	return c->keep[pos / 64] >> (pos % 64) & 1;
}

/* Keep the bytes, and have the law look at them. */
void claims_scan(struct claims *c, struct span at, enum claim_kind kind,
		 char release);

/*
 * The same, with the text the record gets from them: cleaned, and decoded from
 * the interchange's character set. Borrowed as long as the claims.
 */
void claims_scan_text(struct claims *c, struct span at, enum claim_kind kind,
		      char release, struct str text);

/* Make room for more segments. */
void claims_grow(struct claims *c);

/*
 * A segment begins: call once for each, in order. Its tag has `tag_len` bytes;
 * behind that and a separator stands a code of `code_len`, 0 for none.
 */
static inline void claims_segment(struct claims *c, struct span at,
				  uint32_t tag_len, uint32_t code_len)
{
	if (c->nr_segment == c->room_segment)
		claims_grow(c);
	c->segment[c->nr_segment++] =
		(struct claim_segment){ at, tag_len, code_len };
}

/* Its tag, and its first component: SSR code, DOC type, ... */
static inline struct str claims_tag(struct str payload,
				    const struct claim_segment *s)
{
	return str_slice(payload, s->span.pos, s->span.pos + s->tag_len);
}
static inline struct str claims_code(struct str payload,
				     const struct claim_segment *s)
{
	size_t pos = (size_t)s->span.pos + s->tag_len + 1;

	return str_slice(payload, pos, pos + s->code_len);
}

#endif
