/*
 * redact.h - what may not be kept becomes blanks
 *
 * The parser's claims tell which bytes of a payload the record was made of.
 * redact() takes back the claims on texts that reveal special-category data,
 * writes the archive copy, in which every byte nobody holds a claim on is a
 * blank, and lists what went. Line breaks, separators, positions and the
 * length stay, so offsets mean the same in both. Screening and storage see
 * the parse of the copy only.
 *
 *	payload_parse(&p, bytes, &limits, &arena, &e);
 *	redact(bytes, &p.claims, copy, &out, &arena);
 *	redaction_report(&p, &out, &arena);
 *
 * The plain twin is record_redact(): parse(redact(m)) equals
 * redact(parse(m)), and redacting the copy removes nothing more.
 *
 * Lifetime: results live in the arena; codes are constants. Threads: none of
 * its own; one arena per thread.
 */
#ifndef LAW_REDACT_H
#define LAW_REDACT_H

#include "parsers/claims.h"
#include "parsers/record.h"

/* A segment that lost something other than blanks. */
struct removal {
	uint32_t pos; /* of the first byte it lost */
	/*
	 * What went, without any content: "KSML" the special service code;
	 * "text:health", "title:religion", "type:religion" a text that was
	 * kept but for its category; "not-annex-i:TAG" anything else.
	 */
	const char *code;
};

struct redaction {
	struct removal *removal; /* by position, one a segment */
	uint32_t nr_removal;
	bool taken_back; /* the law took a claim back: read the copy again */
};

/*
 * Redact `payload` into `copy`: payload.len bytes, or the payload itself, whose
 * bytes are blanked in their place then.
 * Changes the claims: what the law takes back is dropped from them.
 */
void redact(struct str payload, struct claims *c, char *copy,
	    struct redaction *out, struct arena *a);

/*
 * The same on a record: free text and traveller types that reveal
 * special-category data become absent, and titles lose the words that do.
 * Walks the field table; for tests and for records that come from elsewhere,
 * not for speed. New texts live in the arena.
 */
void record_redact(struct message *m, struct arena *a);

/*
 * Add an info "removed" to the diagnostics of the message each removal lies
 * in. It names the byte, never what stood there. A removal outside of all
 * messages (a wrapper) is not reported.
 */
struct payload;
void redaction_report(struct payload *p, const struct redaction *r,
		      struct arena *a);

#endif
