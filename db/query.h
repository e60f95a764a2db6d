/*
 * query.h - what people ask for: hits, what they were made of, quarantine
 *
 * Lifetime: results live in the arena given. Threads: as the connection.
 */
#ifndef DB_QUERY_H
#define DB_QUERY_H

#include "db/pg.h"

/*
 * A hit, its flight (flight_id 0 when that has no row) and the last step of its
 * review (step 0 when nobody has looked at it).
 */
struct hit_view {
	struct hit_row hit;
	struct flight_row flight;
	struct review_row review;
};

/* "open", "withdrawn", or what people made of it: "in_review", "confirmed". */
struct str hit_view_state(const struct hit_view *v);

/* Read row `i` of a result that begins with its columns. As pg_read_row(). */
MUST_CHECK int hit_view_read(struct hit_view *out, const struct pg_result *r,
			     int64_t i, struct arena *a, struct err *e);

/* What is absent or 0 filters nothing, but for `limit`. */
struct hit_filter {
	int32_t since;			    /* first clock_day, inclusive */
	struct str state;		    /* as of hit_view_state() */
	struct str carrier, number, origin; /* of the flight */
	int32_t departs_on;		    /* local day of departure */
	bool all, suppressed; /* all: suppressed or not; else those alone */
	struct moment now;    /* what is urgent is counted from here, UTC */
	int64_t limit;
};

/*
 * Hits, most urgent first. Returns 0 or as pg_run().
 */
MUST_CHECK int query_hits(struct hit_view **out, uint32_t *nr, struct pg *pg,
			  const struct hit_filter *f, struct arena *a,
			  struct err *e);

/*
 * Flights heard of since a clock_day that may not be over at `now`, UTC: their
 * local times are not looked at closely. In the arena. Returns 0 or as pg_run().
 */
MUST_CHECK int query_flights(struct flight_row **out, uint32_t *nr,
			     struct pg *pg, int32_t since, struct moment now,
			     struct arena *a, struct err *e);

/*
 * How a hit is named to people: clock_day and id, "20261122-9f3c01d2a4b5c6d7".
 */
struct hit_name {
	char text[32];
};
struct hit_name hit_name_of(int32_t clock_day, int64_t hit_id);

/* Read such a name; the id's leading zeros may lack. False: it is none. */
MUST_CHECK bool hit_name_read(struct str text, int32_t *clock_day,
			      int64_t *hit_id);

/*
 * One hit and its sealed evidence (sealed absent when there is none, or no
 * more). Returns 0, ERR_USAGE when there is no such hit, or as pg_run().
 */
MUST_CHECK int query_hit(struct hit_view *out, struct evidence_row *evidence,
			 struct pg *pg, int32_t clock_day, int64_t hit_id,
			 struct arena *a, struct err *e);

/*
 * A hit with all it was made of, as one snapshot of the database has it. A
 * row that is not there is zeroed: its slice_hash or sealed is absent.
 */
struct hit_inputs {
	struct hit_row hit;
	struct evidence_row evidence;
	struct slice_row pnr_header, pnr_slice, api_header, api_slice;
};

/*
 * Which hits, in the order of clock_day, flight_id and hit_id. `day`, `flight`
 * and `id` say behind which hit to begin: those of the last one of the page
 * before, or INT64_MIN on the first day.
 */
struct replay_filter {
	struct moment from, to; /* screened at or after, before; absent: any */
	struct row_number hit_id; /* not set: any */
	int32_t day, last_day;	  /* clock_days, both inclusive */
	int64_t flight, id;
	int64_t limit;
};

/*
 * Hits to be replayed, a page of them. Returns 0 or as pg_run().
 */
MUST_CHECK int query_replay(struct hit_inputs **out, uint32_t *nr,
			    struct pg *pg, const struct replay_filter *f,
			    struct arena *a, struct err *e);

/* What is absent, 0 or not set filters nothing, but for `limit`. */
struct quarantine_filter {
	struct row_number id;
	struct moment since; /* received at or after, UTC */
	struct str code;
	int64_t limit;
};

/* Quarantined messages, newest first. Returns 0 or as pg_run(). */
MUST_CHECK int query_quarantine(struct quarantine_row **out, uint32_t *nr,
				struct pg *pg,
				const struct quarantine_filter *f,
				struct arena *a, struct err *e);

/* Days are inclusive; an absent carrier filters nothing. */
struct counter_filter {
	int32_t from, to; /* UTC days since 1970-01-01 */
	struct str carrier;
};

/*
 * Counters of ops.counter, summed over the days (`day` is the first), and the
 * same made of the travellers of these clock_days: "traveller.scored",
 * "traveller.score" (sum) and "reason.CODE". Sorted by carrier and code.
 * Returns 0 or as pg_run().
 */
MUST_CHECK int query_carriers(struct counter_row **out, uint32_t *nr,
			      struct pg *pg, const struct counter_filter *f,
			      struct arena *a, struct err *e);

/* Messages in parts that lack some, by carrier; filter as above. As pg_run(). */
MUST_CHECK int query_series(struct series_row **out, uint32_t *nr,
			    struct pg *pg, const struct counter_filter *f,
			    struct arena *a, struct err *e);

/* Data quality of a hit's traveller; score not set: none is stored. */
struct quality_view {
	struct row_number score; /* 0 to 100 */
	struct row_texts code;	 /* why it is not 100 */
};

/* As the newest message left it. Returns 0 or as pg_run(). */
MUST_CHECK int query_quality(struct quality_view *out, struct pg *pg,
			     const struct hit_row *h, struct arena *a,
			     struct err *e);

/* One value that dashboards watch: name, labels as Prometheus writes them. */
struct metric_row {
	struct str name, label;
	int64_t value;
};

/*
 * What the database knows of them (db/sql/query_metrics.sql), sorted by name;
 * `today` is the UTC day. Returns 0 or as pg_run().
 */
MUST_CHECK int query_metrics(struct metric_row **out, uint32_t *nr,
			     struct pg *pg, int32_t today, struct arena *a,
			     struct err *e);

#endif
