/*
 * screen.h - is this traveller somebody to look at
 *
 * The one place where profiles and watchlists meet a traveller; files, stream
 * and replay call it. Its result depends on struct screen_input and the set
 * alone: no clock, no database, no order of arrival (design section 2,
 * invariant 4). Evidence is canonical JSON: same input, same bytes.
 *
 *	screen_set_load(&set, &config, &arena, &e);
 *	screen_scratch_new(&tmp, &set, &e);
 *	screen_traveller(&hits, &set, tmp, &input, &arena, &e);
 *
 * Threads: a set is read-only and shared; a scratch belongs to one thread.
 */
#ifndef ENGINE_SCREEN_H
#define ENGINE_SCREEN_H

#include "engine/config.h"
#include "engine/stage.h"
#include "engine/subject.h"

/* Raise it when the same input may give another result. */
enum { SCREEN_SEMANTICS = 5 };

struct list_set;
struct watchlist_scratch;
struct profile_set;
struct rules_costs;
struct watchlist;
struct watch_entry;
struct watch_pair_scratch;
struct reference;

struct screen_set {
	const struct profile_set *profiles; /* NULL: none */
	const struct watchlist *watchlist;  /* NULL: none */
	const struct watchlist *added;	    /* by the delta; NULL: none */
	const uint8_t *hidden; /* entries of watchlist; NULL: all count */
	const struct reference *reference;
	bool has_shadow;    /* some profiles run in shadow */
	struct str country; /* the PIU's, alpha-3 */
	uint8_t profiles_hash[CRYPT_HASH_LEN];
	uint8_t watchlist_hash[CRYPT_HASH_LEN]; /* zeros: none */
	int64_t watchlist_delta;		/* its sequence; 0: none */
	uint8_t reference_hash[CRYPT_HASH_LEN];
	void *owned;
};

/*
 * Load profiles, watchlist and reference tables as the settings say. Release
 * it in the end. Errors name file, line and what to do.
 */
MUST_CHECK int screen_set_load(struct screen_set *out, const struct config *c,
			       struct err *e);
/* Take the lists out of a set: the caller's now; NULL: there were none. */
struct list_set *screen_set_give_lists(struct screen_set *set);
/* Free what it owns; a zeroed set is fine. */
void screen_set_release(struct screen_set *set);

/*
 * The hash of set->profiles into it, and whether some run in shadow: after
 * their states are set. Returns 0 or ERR_NOMEM.
 */
MUST_CHECK int screen_set_hash_profiles(struct screen_set *set, struct err *e);

struct screen_scratch;
/* Working memory of one thread for this set. Returns 0 or ERR_NOMEM. */
MUST_CHECK int screen_scratch_new(struct screen_scratch **out,
				  const struct screen_set *set, struct err *e);
/* Working memory of lists: what is at hand, and what is left over. */
struct scratch_swap {
	struct watchlist_scratch *ready;   /* for the snapshot, or NULL */
	struct watchlist_scratch *worn[2]; /* to be freed by the caller */
};

/*
 * Work with other lists from now on: those of `set`. A snapshot that is the
 * same keeps what was found in it; for another one `swap->ready` is taken, or
 * made when it is NULL. Returns 0, or ERR_NOMEM and the scratch as it was.
 */
MUST_CHECK int screen_scratch_lists(struct screen_scratch *tmp,
				    const struct screen_set *set,
				    struct scratch_swap *swap, struct err *e);
/* From now on say to this clock, which is borrowed, what is being done. */
void screen_scratch_time(struct screen_scratch *tmp, struct stage_clock *c);
/* From now on note what profiles cost (rules/cost.h); borrowed. */
void screen_scratch_measure(struct screen_scratch *tmp, struct rules_costs *c);
/* How often a pattern of a profile reached its limit of work, so far. */
uint64_t screen_scratch_regex_limits(const struct screen_scratch *tmp);
/* Free it; NULL is fine. */
void screen_scratch_free(struct screen_scratch *tmp);

/*
 * Every input of a traveller's screening; the set has the others. What is not
 * NULL of the last three spares work and changes no result.
 */
struct screen_input {
	struct subject_side pnr, api; /* archive bytes: headers and slices */
	struct moment screened_at;    /* UTC: the broker's message timestamp */
	const struct past *past;      /* NULL: not known */
	struct archive_cache *cache;  /* of the same arena; NULL: parse anew */
	/* what the three above give, if it was built before; NULL: build it */
	const struct subject *subject;
	const uint8_t *hash; /* of all of it with the set; NULL: work it out */
};

enum hit_source { HIT_OF_PROFILE, HIT_OF_LIST };

struct hit {
	enum hit_source kind;
	struct str source; /* profile name, or list:entry */
	int32_t revision;  /* of the profile */
	int32_t score;
	char class;	     /* A to D of a list hit, 0 of a profile hit */
	bool draft;	     /* of a profile in shadow: no hit for people */
	struct str outcomes; /* of a draft: verdict_write_outcomes() */
	struct str evidence; /* canonical JSON, sealed when stored */
	uint8_t evidence_hash[CRYPT_HASH_LEN];
	uint8_t input_hash[CRYPT_HASH_LEN]; /* over all of the inputs */
	uint8_t entry_hash[CRYPT_HASH_LEN]; /* of a list hit: false_match.h */
};

struct hit_list {
	struct hit *hit; /* sorted by kind, then source */
	uint32_t nr;
	struct subject subject; /* as built from the input */
};

/*
 * Screen one traveller. Everything that comes out is in the arena. Returns 0
 * or ERR_INTEGRITY when the input's slices do not hold the traveller.
 */
MUST_CHECK int screen_traveller(struct hit_list *out,
				const struct screen_set *set,
				struct screen_scratch *tmp,
				const struct screen_input *in, struct arena *a,
				struct err *e);

/*
 * The same against one entry of a list alone (pair.h), without profiles: at
 * most one hit. So a list hit is replayed when the snapshot is gone.
 */
MUST_CHECK int screen_pair(struct hit_list *out, const struct screen_set *set,
			   const struct screen_input *in,
			   const struct watch_entry *entry,
			   struct watch_pair_scratch *tmp, struct arena *a,
			   struct err *e);

/*
 * Everything a result depends on, in one hash: the input, and of the set the
 * hashes and the country. `semantics` is SCREEN_SEMANTICS, or what an older
 * engine recorded.
 */
void screen_input_hash(uint8_t out[CRYPT_HASH_LEN],
		       const struct screen_set *set,
		       const struct screen_input *in, uint32_t semantics);

#endif
