/*
 * walk.h - one message on its way into a record
 *
 * What every reader of segments needs: the segment at hand, the record being
 * filled, the claims on the payload's bytes, and texts of components. A
 * component that a row uses is claimed; what nobody claims will be blanked
 * before anything is stored, so no decision may rest on a component that is
 * not claimed.
 *
 * Threads: a walk belongs to one. Everything lives in its arena.
 */
#ifndef PARSERS_WALK_H
#define PARSERS_WALK_H

#include "parsers/edifact.h"
#include "parsers/message.h"

/* Records that rows fill; walk.rec[] points at the one being filled. */
enum rec {
	REC_MESSAGE,
	REC_FLIGHT,
	REC_BOOKING,
	REC_AGENCY,
	REC_TRAVELLER,
	REC_DOCUMENT,
	REC_VISA,
	REC_TICKET,
	REC_PAYMENT,
	REC_LEG,
	REC_SERVICE,
	REC_HISTORY,
	REC_SPLIT,
	NR_RECS,
};

struct walk {
	struct arena *arena;
	struct str in; /* the payload, borrowed */
	struct claims *claims;
	struct edi_syntax syntax;
	const char *charset;
	bool plain;		/* any part of `in` is UTF-8 as it stands */
	struct date today;	/* of the message: gives dates their century */
	struct edi_segment seg; /* the one at hand */
	struct mended *mended;	/* texts cleaned since it began */
	struct parsed *parsed;
	struct message *msg;
	unsigned phase;	    /* one bit: where in the message; kind's own */
	void *rec[NR_RECS]; /* NULL: none is open */
	void *state;	    /* the kind's own */
	bool slice_open;
};

/* Parts that are dirty have clean copies; see piece_span(). */
struct mended {
	struct mended_text {
		struct str text; /* in the arena */
		struct edi_part raw;
	} * text;
	uint32_t nr_text;
};

/* A type of message that we read. */
struct message_kind {
	const char *name;		 /* as in UNH: "PAXLST" */
	void (*begin)(struct walk *w);	 /* behind UNH */
	void (*segment)(struct walk *w); /* w->seg, not UNH and UNT */
	void (*end)(struct walk *w);
};

extern const struct message_kind paxlst_kind, pnrgov_kind;

/*
 * A component's text, cleaned and trimmed, or a part of it. Small enough to be
 * handed about in registers. Where its bytes stand the text's address tells:
 * in the payload, or in a copy that the walk remembers until the next segment.
 */
struct piece {
	struct str text; /* in the sender's charset; absent when empty */
};

/* Blanks stand around texts that are padded. */
static inline bool piece_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Bytes [from, to) of a value's text, trimmed; a value of its own. */
static inline struct piece piece_slice(const struct walk *w, struct piece v,
				       size_t from, size_t to)
{
	const char *p = v.text.ptr;

	(void)w;
	if (to > v.text.len)
		to = v.text.len;
	while (from < to && piece_is_blank(p[from]))
		from++;
	while (to > from && piece_is_blank(p[to - 1]))
		to--;
	if (from >= to)
		return (struct piece){ STR_NONE };
	return (struct piece){ { p + from, to - from } };
}

/* A part as it stands, not trimmed; a clean copy if it is dirty. */
struct piece piece_raw(const struct walk *w, struct edi_part p);

/* The same trimmed: what piece_of() gives where a part is padded or dirty. */
struct piece piece_mend(const struct walk *w, struct edi_part p);

/* As piece_at(), of another segment, kept from before. */
static inline struct piece piece_of(const struct walk *w,
				    const struct edi_segment *seg,
				    unsigned elem, unsigned comp)
{
	struct edi_part p;
	const char *text;

	if (!edi_part(seg, elem, comp, &p) || p.len == 0)
		return (struct piece){ STR_NONE };
	/* inline, since nearly all parts are clean and not padded */
	text = w->in.ptr + p.pos;
	if (p.dirty || (uint8_t)text[0] <= ' ' ||
	    (uint8_t)text[p.len - 1] <= ' ')
		return piece_mend(w, p);
	return (struct piece){ { text, p.len } };
}

/* Component of the segment at hand. Absent and blank ones give NULL texts. */
static inline struct piece piece_at(const struct walk *w, unsigned elem,
				    unsigned comp)
{
	return piece_of(w, &w->seg, elem, comp);
}

/* Cut at the first `sep`, as str_split(): *v keeps the rest or turns absent. */
struct piece piece_split(const struct walk *w, struct piece *v, char sep);

/* All bytes `c` in it stay: separators of a text. */
void piece_claim_each(struct walk *w, struct piece v, char c);

/* Where it stands; of an absent one nothing. */
struct span piece_span(const struct walk *w, struct piece v);

/* Its bytes stay. */
static inline void piece_claim(struct walk *w, struct piece v)
{
	size_t pos = (size_t)((uintptr_t)v.text.ptr - (uintptr_t)w->in.ptr);

	/* of the payload, and short: nearly all are */
	if (pos < w->in.len && v.text.len < CLAIMS_SHORT)
		claims_keep_short(w->claims, pos, v.text.len);
	else
		claims_keep_at(w->claims, piece_span(w, v));
}

/* piece_text() where not all bytes of the payload are UTF-8 as they stand. */
struct str piece_decode(struct walk *w, struct piece v);

/* It as UTF-8, nothing claimed. */
static inline struct str piece_text(struct walk *w, struct piece v)
{
	return w->plain ? v.text : piece_decode(w, v);
}

/* Its bytes stay, and it is returned as UTF-8. */
static inline struct str piece_keep(struct walk *w, struct piece v)
{
	piece_claim(w, v);
	return piece_text(w, v);
}

/* As piece_keep(), and the law looks at it. */
struct str piece_scan(struct walk *w, struct piece v, enum claim_kind kind);

/* Its bytes stay if the law lets `text`, of which it is a part, be kept. */
void piece_scan_as(struct walk *w, struct piece v, enum claim_kind kind,
		   struct str text);

/* piece_keep(piece_at(...)). */
struct str keep_at(struct walk *w, unsigned elem, unsigned comp);

/* The text equals a C string? */
static inline bool piece_is(struct piece v, const char *z)
{
	return str_eq(v.text, str_of(z));
}

static inline bool piece_is_set(struct piece v)
{
	return v.text.ptr != NULL;
}

/* Claim the structure of the segment at hand: tag, separators, terminator. */
void walk_claim_structure(struct walk *w, const struct edi_reader *r);

/* A slice begins with the segment at hand; one that is open ends before it. */
uint32_t walk_open_slice(struct walk *w);
/* The slice that is open ends before the segment at hand. */
void walk_close_slice(struct walk *w);

/* A copy of the segment at hand that outlives it, in the arena given. */
struct edi_segment *walk_save_segment(const struct walk *w, struct arena *a);

/*
 * Append to a list of a record, which is thereby known: the new element,
 * zeroed. Pointers to older elements are stale afterwards.
 */
#define LIST_PUSH(w, parent, m)                                        \
	((parent)->known_##m = true,                                   \
	 (__typeof__((parent)->m))arena_push((w)->arena, &(parent)->m, \
					     &(parent)->nr_##m,        \
					     sizeof(*(parent)->m)))

#endif
