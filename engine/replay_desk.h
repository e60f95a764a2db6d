/*
 * replay_desk.h - what lies open while the hits of a flight are replayed
 *
 * Hits of one flight stand in the same few slices: headers are shared by all
 * bookings of a message, slices by the travellers of a booking and by all hits
 * of a traveller. The desk has what was opened, parsed, linked and screened
 * for the hits before, and gives it to whoever brings the same inputs: not
 * the same names of inputs, the same sealed bytes of the same row. So it
 * changes nothing in what a replay finds, only how often it is worked out.
 *
 *	struct replay_desk desk = { .nr = 0 };
 *	struct replay_setup setup = { set, scratch, key, &desk };
 *	while (...)
 *		replay_hit(&r, &setup, &inputs, &arena, &e);
 *	replay_desk_release(&desk);
 *
 * Its hits are of one database and one folder of keys: a day has one key.
 * It holds one flight, or what has room in DESK_BYTES of it. What it holds is
 * in the clear: release it when the work is done.
 * Threads: a desk belongs to one.
 */
#ifndef ENGINE_REPLAY_DESK_H
#define ENGINE_REPLAY_DESK_H

#include "db/query.h"
#include "engine/screen.h"

enum {
	DESK_CHAINS = 256,
	DESK_BYTES =
		32 << 20, /* then it is cleared; a flight's is about 1 MiB */
};

/* A slice that is what it goes by: it opened, and has its hash. */
struct desk_slice {
	struct desk_slice *next;
	uint8_t hash[CRYPT_HASH_LEN];
	struct str sealed, plain;
};

/* What the sides give when they are linked again. */
struct desk_link {
	bool done;
	int rc;	    /* of linking; else 0 */
	bool known; /* the flight can be told */
	struct flight_key key;
	int64_t flight_id, traveller_id;
	uint32_t nr; /* travellers; traveller_id is of the only one */
};

/* What screening with a set gave. */
struct desk_hits {
	struct desk_hits *next;
	struct screen_set set; /* its hashes, delta and country alone */
	bool lists;	       /* with its watchlists, else without any */
	struct hit_list hits;
};

/* A traveller at one time of screening. */
struct desk_traveller {
	struct desk_traveller *next;
	struct screen_input input; /* its bytes are those of desk slices */
	bool built;
	struct err failed; /* of building it */
	struct subject subject;
	struct desk_link link;
	struct desk_hits *screened;
};

struct replay_desk {
	struct arena arena;
	uint32_t nr; /* of slices opened */
	int64_t flight_id;
	int32_t clock_day;
	struct desk_slice *slice[DESK_CHAINS];
	struct desk_traveller *traveller[DESK_CHAINS];
	struct archive_cache parsed;
	struct watch_pair_scratch *pair; /* 0.1 MB: made when first asked for */
};

/* Turn to the flight of a hit: that of another is cleared away. */
void replay_desk_turn(struct replay_desk *d, const struct hit_row *h);

/* The slice of that row and these sealed bytes, or NULL. */
const struct desk_slice *replay_desk_find(const struct replay_desk *d,
					  struct str hash, struct str sealed);
/* Lay a slice down that was opened and checked; texts are copied. */
const struct desk_slice *replay_desk_add(struct replay_desk *d, struct str hash,
					 struct str sealed, struct str plain);

/* The traveller of these inputs, whose bytes are those of desk slices. */
struct desk_traveller *replay_desk_traveller(struct replay_desk *d,
					     const struct screen_input *in);

/*
 * The traveller's subject, built once. Returns 0, ERR_INTEGRITY or ERR_NOMEM
 * as subject_build().
 */
MUST_CHECK int replay_desk_subject(struct desk_traveller *t,
				   struct replay_desk *d, struct err *e);

/* What linking his two sides gives; he has a subject. */
const struct desk_link *replay_desk_link(struct desk_traveller *t,
					 struct replay_desk *d);

/*
 * What screening him with this set gives; set->watchlist NULL: without lists.
 * `hash` is what the hits get as that of their input: a replay has compared
 * it before and needs no other. Returns 0 or as screen_traveller().
 */
MUST_CHECK int
replay_desk_screen(const struct hit_list **out, struct desk_traveller *t,
		   struct replay_desk *d, const struct screen_set *set,
		   struct screen_scratch *tmp,
		   const uint8_t hash[CRYPT_HASH_LEN], struct err *e);

/* Working memory for screen_pair(). */
struct watch_pair_scratch *replay_desk_pair(struct replay_desk *d);

/* Forget everything; it can go on. */
void replay_desk_clear(struct replay_desk *d);
/* Free what it holds; a zeroed desk is fine. */
void replay_desk_release(struct replay_desk *d);

#endif
