/*
 * rows.h - from records to database rows: what is sealed, what stands open
 *
 * Art. 12(2) of Directive (EU) 2016/681 lists what depersonalisation hides;
 * none of it is stored in clear. A traveller's and a booking's record is one
 * sealed blob under the day's key; beside it stand keyed tokens of name
 * parts, documents, contacts and cards, for exact search, and the plain
 * columns that the law does not mask.
 *
 * Lifetime: rows and what they point at live in the arena of the maker.
 */
#ifndef ENGINE_ROWS_H
#define ENGINE_ROWS_H

#include "db/row.h"
#include "engine/link.h"
#include "engine/screen.h"

/* What all rows of one flight have in common. */
struct row_maker {
	struct arena *arena;
	const uint8_t *day_key;
	const struct flight_state *state;
	int32_t clock_day, mask_on, delete_on; /* days since 1970-01-01 */
	const uint8_t *secret; /* of false_match.h; NULL: none */
};

/* One slice of a message, sealed. */
struct slice_row rows_slice(const struct row_maker *m, const struct archived *s,
			    enum slice_kind kind);

/* The id of a booking; its locator as a sighting has it (docnumber_fold()). */
int64_t rows_booking_id_of(const struct flight_key *flight, struct str locator);

/* The id of the booking a PNR sighting stands in. */
int64_t rows_booking_id(const struct row_maker *m, const struct sighting *pnr);

/* A booking, without its travellers: they have rows of their own. */
struct booking_row rows_booking(const struct row_maker *m, int64_t booking_id,
				const struct booking *b);

/* A linked traveller; `s` is the subject built from his two sides. */
struct traveller_row rows_traveller(const struct row_maker *m,
				    const struct linked *l,
				    const struct subject *s);

/* The id of a hit: the same for files and stream. */
int64_t rows_hit_id(const struct flight_key *flight, int64_t traveller_id,
		    const struct hit *h);

/* A hit and its evidence. */
struct hit_row rows_hit(const struct row_maker *m, const struct linked *l,
			const struct screen_set *set, const struct subject *s,
			const struct hit *h);
struct evidence_row rows_evidence(const struct row_maker *m, int64_t hit_id,
				  const struct hit *h);

/* What a profile in shadow says: apart, without evidence. */
struct shadow_row rows_shadow(const struct row_maker *m, const struct linked *l,
			      const struct subject *s, const struct hit *h);

#endif
