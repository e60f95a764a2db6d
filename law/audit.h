/*
 * audit.h - the audit log: what is recorded, and the chain that proves it
 *
 * Each writer (an engine's worker, a person's session) has a chain of events
 * of its own, so that no writer waits for another. An event is one line of
 * JSON; its hash is BLAKE2b over the hash before it, the chain, its number
 * and the line. A checkpoint names the ends of all chains and is signed with
 * Ed25519 (audit_checkpoint.h); audit_check.h finds what was changed since.
 *
 *	struct audit_event ev = { .operation = AUDIT_CONSULT,
 *				  .at_ms = now, .hit = STR("...") };
 *	rc = audit_event_write(&line, &ev, &e);
 *	audit_hash(hash, before, chain, seq, buf_view(&line));
 *
 * Pure: no clock, no file, no database. db/audit.h stores. Threads: plain
 * data. Source of the fields: law/audit.def.
 */
#ifndef LAW_AUDIT_H
#define LAW_AUDIT_H

#include "law/crypt.h"

enum audit_operation {
	AUDIT_NONE,
#define OPERATION(word, help) AUDIT_##word,
#include "law/audit.def"
	AUDIT_OPERATIONS
};

struct audit_count {
	int64_t v;
	bool set; /* false: absent */
};

struct audit_codes {
	const struct str *v; /* NULL: absent */
	uint32_t nr;
};

#define AUDIT_CODE  struct str
#define AUDIT_NOTE  struct str
#define AUDIT_COUNT struct audit_count
#define AUDIT_TIME  struct moment
#define AUDIT_CODES struct audit_codes
#define AUDIT_HASH  const uint8_t *

/* Everything is borrowed. Zeroed memory is an event that says nothing. */
struct audit_event {
	int64_t at_ms; /* milliseconds since 1970-01-01, UTC */
	enum audit_operation operation;
#define FIELD(m, TYPE, help) AUDIT_##TYPE m;
#include "law/audit.def"
};

enum {
	AUDIT_CODE_MAX = 200, /* bytes */
	AUDIT_NOTE_MAX = 1000,
	AUDIT_CODES_MAX = 64, /* in a list; more: hash the set */
	AUDIT_LINE_MAX = 32768,
	AUDIT_CHAIN_MAX = 80, /* bytes of a chain's name */
};

/* "CONSULT". */
const char *audit_operation_word(enum audit_operation op);

/*
 * Append the event's canonical text: one JSON object, members in the order of
 * audit.def after "at" and "operation", absent ones left out. Returns 0, or
 * ERR_VALUE: the sentence names the member that is too long, holds a control
 * character or is not UTF-8; nothing is appended then.
 */
MUST_CHECK int audit_event_write(struct buf *out, const struct audit_event *ev,
				 struct err *e);

/* The hash before the first event of a chain: zeros. */
extern const uint8_t audit_origin[CRYPT_HASH_LEN];

/* The hash of event `seq` (from 1) of a chain. */
void audit_hash(uint8_t out[CRYPT_HASH_LEN],
		const uint8_t before[CRYPT_HASH_LEN], struct str chain,
		int64_t seq, struct str line);

/*
 * A hash over a set of ids, whatever their order: they are sorted in place,
 * and doubles count once.
 */
void audit_set_hash(uint8_t out[CRYPT_HASH_LEN], int64_t *id, size_t nr);

/* Letters, digits, '.', '_', '-' and '/', not empty, not too long? */
MUST_CHECK bool audit_is_chain(struct str name);

#endif
