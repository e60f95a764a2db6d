/*
 * message.h - a payload (one Kafka message, one file) becomes messages
 *
 * payload_parse() strips wrappers, walks the interchanges, recognises each
 * message and has paxlst.c or pnrgov.c fill its record. It warns and goes on:
 * what names a traveller is read. Only a message in which nothing can be read
 * carries an error, and then goes to quarantine while the others of the
 * payload are used.
 *
 *	struct payload p;
 *	rc = payload_parse(&p, bytes, &limits, &arena, &e);
 *	for (uint32_t i = 0; i < p.nr_parsed; i++)
 *		use(&p.parsed[i].message);
 *
 * Lifetime: everything lives in the arena or points into `bytes` (borrowed).
 * Threads: none of its own; one arena per thread.
 */
#ifndef PARSERS_MESSAGE_H
#define PARSERS_MESSAGE_H

#include "base/err.h"
#include "parsers/claims.h"
#include "parsers/record.h"

enum severity { DIAG_INFO, DIAG_WARNING, DIAG_ERROR };

/* What was wrong with a message, for its sender. Never a component's value. */
struct diag {
	enum severity severity;
	const char *code; /* "unt-count": stable, kebab case, a constant */
	uint32_t byte;	  /* of the payload */
	struct str text;
};

enum {
	SLICE_HEADS = 6, /* three, a terminator behind each */
	NO_SLICE = UINT32_MAX,
};

/*
 * One message, UNH to UNT. The archive unit is the slice: head[] are the
 * spans that, joined in order, make the header slice (UNA and UNB; UNG; UNH up
 * to the first booking or traveller; without any of those up to UNT), and
 * behind a part that lost its terminator one from elsewhere. slice[i] is one
 * booking (PNRGOV) or one traveller's group (PAXLST). A booking's and a
 * traveller's `slice` member is an index into slice[]. The header slice with
 * one slice behind it parses to the same booking or traveller again; control
 * counts behind the last slice (CNT, UNT) belong to neither.
 */
struct parsed {
	struct message message;
	struct err error;  /* code not 0: nothing readable, quarantine it */
	struct span whole; /* UNH to UNT */
	struct span head[SLICE_HEADS];
	uint32_t nr_head;
	struct span *slice;
	uint32_t nr_slice;
	struct diag *diag; /* sorted by byte */
	uint32_t nr_diag;
};

struct payload {
	struct parsed *parsed;
	uint32_t nr_parsed;
	struct claims claims;
	struct str bytes; /* what positions count: UTF-16 comes transcoded */
};

struct parse_limits {
	size_t message_bytes; /* a longer payload is refused, ERR_LIMIT */
};

#define PARSE_LIMITS_DEFAULT ((struct parse_limits){ 4u << 20 })

/*
 * Parse `bytes`. Returns 0, or ERR_SYNTAX when there is no interchange in
 * them, ERR_LIMIT when they are too long: the whole payload goes to
 * quarantine then.
 */
MUST_CHECK int payload_parse(struct payload *out, struct str bytes,
			     const struct parse_limits *limits, struct arena *a,
			     struct err *e);

/*
 * The header slice of a message: the spans head[] of `bytes` (the payload or
 * its archive copy), joined in the arena.
 */
struct str message_head(struct str bytes, const struct parsed *p,
			struct arena *a);

/* Add a diagnostic; `code` and the format's text hold no traveller's data. */
void diag_add(struct parsed *p, struct arena *a, enum severity severity,
	      const char *code, size_t byte, const char *fmt, ...) PRINTF(6, 7);

/* "warning", ...: the word for a severity. */
const char *severity_name(enum severity s);

/* One message as a JSON object of design section 3, no line break. */
struct buf;
void message_write_json(struct buf *out, const struct parsed *p);

#endif
