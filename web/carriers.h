/*
 * carriers.h - who may hand messages in: the register of carriers
 *
 *	carriers:
 *	  - carrier: X9
 *	    name: Example Airways
 *	    senders: [X9, X9DCS]	# UNB's sender ids that are its own
 *	    live: true			# false: may test, nothing is kept
 *	    tokens: [1f0c...]		# hashes, 'paxgate gateway token' makes one
 *	    certificates: [ab12...]	# SHA-256 of client certificates
 *	    rate: "600"			# messages a minute; absent: no bound
 *	    push: https://edi.x9.example/paxgate # what became of each goes there
 *
 * Tokens are known by a hash alone. Two of them, or two certificates, may
 * stand side by side: so they are changed without a pause. Reading the file
 * again makes a new register beside the old one; counts of the rate go on.
 *
 * Threads: one at a time; the gateway has a lock for it.
 */
#ifndef WEB_CARRIERS_H
#define WEB_CARRIERS_H

#include "law/crypt.h"
#include "law/settings.h"

struct carrier {
	struct str code; /* "X9" */
	struct str name;
	struct text_list senders, tokens, certificates;
	bool live;
	int64_t rate;	 /* messages a minute; 0: no bound */
	struct str push; /* URL; absent: the carrier asks */
	/* the rate's bucket; see carrier_admit() */
	double left;
	double filled_at; /* seconds of a clock that nobody sets */
	/* pushing failed: not before `push_at` of that clock, waits longer and
	 * longer; see carrier_push_failed() */
	double push_at, push_wait;
};

struct carriers;

/* Read a register. Returns 0, or an error that names file, line and column. */
MUST_CHECK int carriers_load(struct carriers **out, const char *path,
			     struct err *e);
void carriers_free(struct carriers *c);

/* How many, and one of them. */
uint32_t carriers_nr(const struct carriers *c);
struct carrier *carriers_at(struct carriers *c, uint32_t i);

/* Take over the rate that each carrier of `old` has used, and its waits. */
void carriers_inherit(struct carriers *now, const struct carriers *old);

/* The carrier of a designator, or NULL. */
struct carrier *carriers_find(struct carriers *c, struct str code);

/*
 * Whose token or client certificate (hexadecimal fingerprint) is it? Both are
 * compared in constant time. NULL: nobody's.
 */
struct carrier *carriers_by_token(struct carriers *c, struct str token);
struct carrier *carriers_by_certificate(struct carriers *c, const char *hex);

/*
 * May the carrier hand in `nr` messages `now`, in seconds? The bucket holds a minute's rate.
 * Returns 0 and takes them, or the seconds after which to try again. More than
 * a minute's rate at once is taken when the bucket is full.
 */
int carrier_admit(struct carrier *c, uint32_t nr, double now);

/* Pushing went well or failed `now`: a second's wait, twice that, ... 5 min. */
void carrier_pushed(struct carrier *c);
void carrier_push_failed(struct carrier *c, double now);

/* May it send as this sender id of UNB? */
bool carrier_is_sender(const struct carrier *c, struct str sender);

enum { TOKEN_TEXT = 64 }; /* bytes for a token or its hash, with a NUL more */

/* A new token, and the hash of it that the register holds. */
void token_make(char token[TOKEN_TEXT + 1], char hash[TOKEN_TEXT + 1]);

#endif
