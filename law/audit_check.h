/*
 * audit_check.h - is the log what was written
 *
 *	struct audit_check c;
 *
 *	audit_check_init(&c, &arena, key, nr_key);
 *	audit_check_checkpoint(&c, &s);		all, in order
 *	audit_check_heads(&c, span, nr);	what there ought to be, sorted
 *	audit_check_event(&c, &link);		all, by chain and number
 *	audit_check_end(&c);
 *	for (i = 0; i < c.nr_fault; i++) ...
 *
 * Found are: a changed bit, in an event, a hash, a number or a checkpoint; a
 * row that is removed, added, doubled or exchanged with another; a tail or a
 * whole chain that is cut off; a checkpoint that is missing or signed by a
 * key that is not trusted. What was written after the last checkpoint rests on
 * the hashes alone: who can change all of it can write it anew.
 *
 * Pure. Lifetime: texts of faults live in the arena; names of chains are
 * copied. Threads: a check belongs to one.
 */
#ifndef LAW_AUDIT_CHECK_H
#define LAW_AUDIT_CHECK_H

#include "law/audit_checkpoint.h"

/* An event as it is stored. */
struct audit_link {
	struct str chain, line;
	int64_t seq;
	const uint8_t *hash; /* CRYPT_HASH_LEN bytes */
};

/* What is wrong and where; `seq` 0: the chain, `chain` absent: checkpoints. */
struct audit_fault {
	struct str chain, what;
	int64_t seq;
};

enum { AUDIT_FAULTS = 20 }; /* more are counted, not listed */

struct audit_milestone {
	struct str chain;
	int64_t seq, nr; /* of event and checkpoint */
	uint8_t hash[CRYPT_HASH_LEN];
};

struct audit_check {
	struct arena *arena;
	const uint8_t (*key)[CRYPT_KEY_LEN]; /* trusted public halves */
	uint32_t nr_key;
	/* what was found */
	struct audit_fault fault[AUDIT_FAULTS];
	uint32_t nr_fault;
	int64_t faults, events, chains, checkpoints;
	struct moment signed_until; /* time of the last checkpoint */
	/* checkpoints */
	struct audit_checkpoint last;
	uint8_t last_hash[CRYPT_HASH_LEN];
	struct audit_milestone *milestone;
	uint32_t nr_milestone, next_milestone;
	/* chains */
	const struct audit_span *head;
	uint32_t nr_head, next_head;
	struct audit_span now; /* chain in hand; `last` and `hash` so far */
	const struct audit_span *ends; /* where it ought to end, or NULL */
};

/* Begin; keys are borrowed. None: every signature is a fault. */
void audit_check_init(struct audit_check *c, struct arena *a,
		      const uint8_t (*key)[CRYPT_KEY_LEN], uint32_t nr_key);

/* The next checkpoint. */
void audit_check_checkpoint(struct audit_check *c,
			    const struct audit_signed *s);

/*
 * Where chains begin and end, sorted by name and borrowed; after the
 * checkpoints, before the events. NULL: as the last checkpoint says.
 */
void audit_check_heads(struct audit_check *c, const struct audit_span *head,
		       uint32_t nr);

/* The next event. */
void audit_check_event(struct audit_check *c, const struct audit_link *l);

/* All events were there. */
void audit_check_end(struct audit_check *c);

/* Note a fault that was found elsewhere: a line that is none. */
void audit_check_fault(struct audit_check *c, struct str chain, int64_t seq,
		       const char *fmt, ...) PRINTF(4, 5);

#endif
