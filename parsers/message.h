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
 * What UNH says of a message beyond its record, as received: for answers,
 * which repeat it. A part that is absent, or longer than any of these is
 * (text is glued to it), is absent.
 */
struct unh {
	struct str reference; /* 0062 */
	/* S009: "PAXLST", "D", "05B", "UN", "IATA" */
	struct str type, version, release, agency, association;
	struct str access; /* 0068, common access reference */
};

/*
 * UNB of one interchange, as received: who is to be answered, and what an
 * answer has to name. Absent parts as in struct unh.
 */
struct interchange_head {
	struct str syntax, syntax_version; /* S001: "UNOA", "4" */
	struct str sender, sender_qualifier;
	struct str recipient, recipient_qualifier;
	struct str control;	/* 0020 */
	struct str application; /* 0026: "APIS" */
	enum flag test;		/* 0035; unset: it says nothing */
	bool ack_asked;		/* 0031 is 1: a CONTRL is wanted */
	uint32_t unb;		/* its first byte */
	/* its messages in payload.parsed; one that stands for "no UNH" if it
	 * is empty, and then nr_unh is 0 */
	uint32_t first, nr_parsed;
	uint32_t nr_unh;
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
	struct unh unh;
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
	struct interchange_head *head; /* at least one */
	uint32_t nr_head;
	struct claims claims;
	struct str bytes; /* what positions count: UTF-16 comes transcoded */
	bool plain;	  /* charset_is_plain() of them */
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
