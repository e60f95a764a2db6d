/*
 * link.h - one person on one flight, out of all messages that speak of him
 *
 * A sighting is what one message said of one person: a traveller of a booking
 * (PNR) or of a PAXLST (API), held as the archive slice it stands in. The
 * state of a flight keeps the newest sighting of each person and source and
 * pairs PNR with API. link_apply() is pure: same state and message, same new
 * state; files, stream and replay share it. And the order in which messages
 * come does not matter: newest is decided by the sender's time of preparation
 * and the message's hash, pairing looks at the set of sightings only.
 *
 * Lifetime: a state owns all it points at (its arena). link_apply() copies
 * what it keeps of the old state and of the message into the new one.
 * Threads: a state belongs to one.
 */
#ifndef ENGINE_LINK_H
#define ENGINE_LINK_H

#include "base/arena.h"
#include "engine/archive.h"
#include "parsers/flight_key.h"

enum sighting_source { SIGHTING_PNR, SIGHTING_API };

struct sighting {
	enum sighting_source source;
	struct str identity; /* the person, within flight and source */
	struct moment sent_at;
	int64_t revision; /* of the transaction, 0: not stated */
	/* of a change (745 CP) that only names him: whatever states something
	 * of him comes before it */
	bool bare;
	uint8_t message_hash[CRYPT_HASH_LEN];
	const struct archived *header, *slice;
	uint32_t index; /* of the traveller in the slice, from 0 */
	/* what pairing compares; letters folded, see link.c */
	struct str locator, surname, given;
	struct date birth_date;
	struct str *alias; /* further locators, of other systems */
	uint32_t nr_alias;
	struct str *document; /* canonical numbers */
	uint32_t nr_document;
	struct str carrier_id; /* the carrier's reference of the person */
};

/* One traveller on the flight: at least one of the two sides is there. */
struct linked {
	int64_t id; /* derived from flight and identity */
	const struct sighting *pnr, *api;
	bool gone;    /* cancelled, not on board, missing from a later push */
	bool changed; /* link_compare(): screen it */
	struct moment noticed_at; /* of the notice that decided `gone` */
};

/* A booking that an update push took off the flight. */
struct tombstone {
	struct str locator;
	struct moment sent_at;
};

/* Word of a person that only names him: engine/notice.h. */
struct notice {
	int64_t id, name; /* hashes, 0: none; both 0: of the whole flight */
	struct moment sent_at;
	bool travels;
};

/* A part of a message that comes in several: engine/series.h. */
struct series_part {
	int64_t series;
	struct moment sent_at;
	int32_t number;
	bool last, push;
};

struct flight_state {
	struct arena arena;
	struct flight_key key;
	int64_t flight_id;
	struct flight flight; /* as the newest message states it */
	struct moment flight_sent_at;
	uint8_t flight_message[CRYPT_HASH_LEN]; /* the one that stated it */
	struct moment full_push_at; /* newest PNRGOV push in one message */
	struct moment pushed_at;    /* or in parts; from that and `part` */
	struct series_part *part;
	uint32_t nr_part;
	struct sighting *sighting;
	uint32_t nr_sighting;
	struct tombstone *tombstone;
	uint32_t nr_tombstone;
	struct notice *notice;
	uint32_t nr_notice;
	/* messages applied since the state was committed, also repeated ones */
	const uint8_t **applied;
	uint32_t nr_applied;
	struct linked *linked; /* sorted by id */
	uint32_t nr_linked;
	bool rescreen;	  /* all travellers count as changed */
	int64_t *removed; /* link_compare(): ids that are no more */
	uint32_t nr_removed;
};

/* An empty state of the flight; release it in the end. */
void flight_state_init(struct flight_state *s, const struct flight_key *key);
/* Free it; a zeroed state is fine. */
void flight_state_release(struct flight_state *s);

/*
 * The state after a message: `p` is parsed from its archive copy, `am` are
 * its slices. `out` need not be initialised; release it in the end. Crew are
 * not passengers (Art. 3(4) of Directive (EU) 2016/681) and are left out.
 */
void link_apply(struct flight_state *out, const struct flight_state *old,
		const struct parsed *p, const struct archived_message *am);

/*
 * What `s` says otherwise than `old`: marks s->linked[].changed and lists
 * s->removed. Old may be one or many messages behind. Whoever the newest data
 * of came with a message applied since counts as changed, too: a message that
 * is sent again is screened again, by the profiles and lists of now.
 */
void link_compare(struct flight_state *s, const struct flight_state *old);

/* The state once more, without a message: to screen its travellers again. */
void link_again(struct flight_state *out, const struct flight_state *old);

/*
 * For a state read back from the database: add the sighting that header and
 * one slice hold, parsed again; when all are added, link_settle() pairs them.
 */
void link_restore(struct flight_state *s, const struct parsed *p,
		  const struct archived_message *am, uint32_t index,
		  const uint8_t message_hash[CRYPT_HASH_LEN]);
void link_settle(struct flight_state *s);

/*
 * The part of a state that no sighting tells (the flight as it was stated last,
 * when the last full push was, which parts came, what was cancelled), as text
 * for the flight's row, and read back.
 */
struct str link_notes_write(const struct flight_state *s, struct arena *a);
MUST_CHECK int link_notes_read(struct flight_state *s, struct str notes,
			       struct err *e);

#endif
