/*
 * search.h - names that may reach the threshold, by the index of a snapshot
 *
 *	search_begin(s, &query);
 *	search_form(s, &form, 0);	for each form of the query's name
 *	use(s->name[i], s->passed[s->name[i]]);
 *	search_end(s);
 *
 * Every name is there whose score with the form reaches what its entry needs
 * to be a match by name (match.h adds those found by a document); a few that
 * fall short are, too. doc/matching.md, section 4, says why.
 *
 * Threads: a struct search belongs to one. No allocation but in search_init().
 */
#ifndef WATCHLIST_SEARCH_H
#define WATCHLIST_SEARCH_H

#include "watchlist/birth_days.h"
#include "watchlist/bound.h"
#include "watchlist/query.h"
#include "watchlist/similar.h"

enum {
	SEARCH_LETTERS = 26,
	SEARCH_SETS = 1 << NAME_TOKENS, /* sets of the query's tokens */
	SEARCH_BATCH =
		64, /* names looked at together, to wait for memory once */
	SEARCH_PIECE = 64, /* neighbours in born[] that share a bit */
};

/* A text and the query's keys. */
struct text_near {
	uint16_t best; /* greatest similarity; 0: like none */
	uint8_t cover; /* bit j: of a unit that covers token j */
	uint8_t zero;
};

/* The same, and what the dictionary says of it (struct similar_text). */
struct search_text {
	uint32_t text;
	uint16_t best, most;
	uint8_t cover, least; /* least: in steps of SNAP_STEP */
	uint8_t posts, undated;
};

/* Part of born[]: names whose birth date may be the query's. */
struct born_range {
	uint32_t from, to; /* the end is not in it */
};

/* Those that need the same score. */
struct born_set {
	struct born_range range[BIRTH_RANGES];
	uint32_t nr, all; /* ranges; names in them */
	unsigned int need;
	uint32_t mass;	 /* weight * similarity of the matches, at least */
	uint64_t *piece; /* a bit for SEARCH_PIECE names: may one be in? */
	bool undated;	 /* one range, of all that have no birth date */
	bool first;	 /* one range, from the first of born[] on */
};

/* Texts with the same cover, all together. */
struct text_mass {
	uint64_t posts; /* names that have them */
	uint64_t walk;	/* of these, what is read to find those in a range */
};

struct search {
	const struct watchlist *wl;
	struct similar_cache *cache;
	unsigned int threshold; /* the least of all lists */
	uint16_t most;		/* that any unit weighs */
	/* by what the birth date says: agrees, may agree in part, unknown */
	struct born_set same, part, unknown;

	/* of the form in hand */
	struct bound_query query;
	struct text_near *near;	  /* by text */
	struct search_text *text; /* those that are like a key */
	uint32_t nr_text;
	/* of these, what the set in hand has a use for */
	struct search_text *useful;
	uint32_t nr_useful;
	uint32_t surplus[NAME_TOKENS]; /* most that a match gives, by token */
	uint8_t open; /* tokens that a key of one letter covers */
	uint8_t letter[SEARCH_LETTERS]; /* the same by letter */
	uint8_t cover;			/* of the key in hand */
	/* by cover; then by set of tokens: of the covers within it */
	struct text_mass mass[SEARCH_SETS];
	uint16_t bound[SEARCH_SETS]; /* of names without a set */
	uint32_t gain[SEARCH_SETS];  /* the mass that they have at most */
	uint8_t *met;  /* by born[]: tokens that a name is known to meet */
	uint32_t *hit; /* those that have any */
	uint32_t nr_hit;
	uint8_t bit;
	uint32_t batch[SEARCH_BATCH]; /* of born[], to be considered */
	uint32_t nr_batch;

	/* what was found */
	uint8_t *passed; /* by name: a bit for each form, 0 to 5 */
	uint32_t *name;	 /* names with a bit */
	uint32_t nr_name;
};

/* Ready to search `wl`. Returns 0, or ERR_NOMEM with nothing to release. */
MUST_CHECK int search_init(struct search *s, const struct watchlist *wl,
			   sig_filter_fn *filter, struct err *e);

/* Free what it holds; a zeroed struct is fine. */
void search_release(struct search *s);

/* Which birth dates `q` allows. */
void search_begin(struct search *s, const struct watch_query *q);

/* Find the names like `form`; they get bit `nr`, below QUERY_NAMES. */
void search_form(struct search *s, const struct name_form *form,
		 unsigned int nr);

/* Forget what was found. */
void search_end(struct search *s);

#endif
