/*
 * profiles.h - the registry of profiles: texts, revisions, approvals, and the
 * versions of the set
 *
 * What is in it is for good: the database refuses a change. Each change is an
 * event of the audit log (RULE_CHANGE): call in a transaction, so that neither
 * is there without the other. A version says
 * what each profile is; ops.profile_effect says from which offset on it holds.
 *
 *	rc = profiles_begin(pg, &e);		one who changes at a time
 *	rc = profiles_read(&now, pg, newest, &arena, &e);
 *	...
 *	rc = profiles_add(pg, &next, "suspend x", &e);
 *	rc = pg_commit(pg, &e);
 *
 * Lifetime: what is read lives in the arena. Threads: as the connection.
 * Unless it says otherwise a function returns 0 or as pg_run().
 */
#ifndef DB_PROFILES_H
#define DB_PROFILES_H

#include "db/pg.h"

/* One profile, or list that profiles name, of a version. */
struct profile_item {
	bool is_list;
	struct str name;
	int32_t revision; /* of a profile */
	struct str text_hash, content;
	struct str state; /* draft, shadow, live, suspended, expired; list */
	struct str why;	  /* of a state that somebody chose; or absent */
};

struct profile_items {
	int64_t version; /* 0: there is none */
	struct str set_hash;
	struct profile_item *item; /* profiles, then lists, by name */
	uint32_t nr;
};

/* The newest version, or 0. */
MUST_CHECK int profiles_newest(int64_t *version, struct pg *pg, struct err *e);

/* The newest version with this hash, or 0. */
MUST_CHECK int profiles_of_hash(int64_t *version, struct pg *pg,
				struct str set_hash, struct err *e);

/* A version with its texts; 0, or one that is not there, is empty. */
MUST_CHECK int profiles_read(struct profile_items *out, struct pg *pg,
			     int64_t version, struct arena *a, struct err *e);

/* BEGIN, and wait until nobody else changes the set. */
MUST_CHECK int profiles_begin(struct pg *pg, struct err *e);

/* Add a version, with the texts of its items, in the open transaction. */
MUST_CHECK int profiles_add(struct pg *pg, const struct profile_items *items,
			    struct str reason, struct err *e);

/* A profile's text as somebody committed it. */
struct profile_revision {
	struct str name;
	int32_t revision;
	struct str text_hash, author, content;
};

/*
 * Keep a revision; the same once more is fine. ERR_VALUE when it is there with
 * another text: revisions do not change.
 */
MUST_CHECK int profiles_add_revision(struct pg *pg,
				     const struct profile_revision *r,
				     struct err *e);

/*
 * Find one; `revision` 0: the newest. Returns 1, 0 when there is none, or as
 * pg_run().
 */
MUST_CHECK int profiles_revision(struct profile_revision *out, struct pg *pg,
				 struct str name, int32_t revision,
				 struct arena *a, struct err *e);

/* An approval as law/approval.h has it; signature is CRYPT_SIGNATURE_LEN. */
struct profile_approval {
	struct str approver, signature;
	struct moment signed_at;
};

/* Keep that of a revision's text; the same once more is fine. */
MUST_CHECK int profiles_add_approval(struct pg *pg,
				     const struct profile_revision *r,
				     const struct profile_approval *by,
				     struct err *e);

/* All of a text. */
MUST_CHECK int profiles_approvals(struct profile_approval **out, uint32_t *nr,
				  struct pg *pg, struct str text_hash,
				  struct arena *a, struct err *e);

enum profile_disparity { DISPARITY_NONE, DISPARITY_FAILED, DISPARITY_PASSED };

/* What the newest test of disparity says that is at most so many days old. */
MUST_CHECK int profiles_disparity(enum profile_disparity *out, struct pg *pg,
				  struct str text_hash, int32_t days,
				  struct err *e);

/* Hits that one revision of a profile made among a day's travellers. */
struct profile_hits {
	int32_t clock_day;
	struct str source;
	int32_t revision;
	int64_t n;
};

/* Of all profiles, of all days from `first` on, by day. */
MUST_CHECK int profiles_hits(struct profile_hits **out, uint32_t *nr,
			     struct pg *pg, int32_t first, struct arena *a,
			     struct err *e);

/* What people decided about the hits of one revision of a profile. */
struct profile_reviewed {
	struct str source;
	int32_t revision;
	int64_t decided, confirmed; /* referred ones are confirmed */
};

/* Of all profiles, of all days from `first` on, by name. */
MUST_CHECK int profiles_reviewed(struct profile_reviewed **out, uint32_t *nr,
				 struct pg *pg, int32_t first, struct arena *a,
				 struct err *e);

/* Travellers of a day: each counts once for a flight. */
MUST_CHECK int profiles_travellers(int64_t *n, struct pg *pg, int32_t day,
				   struct err *e);

/*
 * From now on `version` holds for all partitions of a topic, unless a newer
 * one does: in a transaction of its own. Marks this connection as a reader's.
 */
MUST_CHECK int profiles_take(struct pg *pg, struct str cluster,
			     struct str group, struct str topic,
			     int64_t version, struct err *e);

/* Where a version holds: `from` is not set while it does not. */
struct profile_where {
	struct str topic;
	int32_t part;
	struct row_number from; /* offset */
};

/* All partitions of topics that an engine reads now. */
MUST_CHECK int profiles_where(struct profile_where **out, uint32_t *nr,
			      struct pg *pg, int64_t version, struct arena *a,
			      struct err *e);

/* The revision that was live before the one in the newest version, or 0. */
MUST_CHECK int profiles_live_before(int64_t *revision, struct pg *pg,
				    struct str name, struct err *e);

/* A traveller, and what a revision of a profile says of him; all sealed. */
struct profile_person {
	int64_t flight_id, traveller_id;
	struct str sealed;     /* his record */
	struct moment departs; /* his flight, local */
	int64_t shadow_id, hit_id;
	struct str shadow, evidence; /* absent: it does not hit */
};

/* Of which travellers: a page of a day behind these ids. */
struct profile_people {
	int32_t day;
	struct str name;
	int32_t revision;
	int64_t flight_id, traveller_id; /* INT64_MIN at first */
	int64_t limit;
};

/* Such a page, by ids. */
MUST_CHECK int profiles_people(struct profile_person **out, uint32_t *nr,
			       struct pg *pg, const struct profile_people *of,
			       struct arena *a, struct err *e);

/* A test of disparity, as it is put on record. */
struct profile_test_row {
	struct str text_hash;
	int32_t first_day, last_day;
	struct str figures; /* JSON: counts by group */
	bool passed;
	struct str note;
};

/* Put it on record, for good. */
MUST_CHECK int profiles_add_disparity(struct pg *pg,
				      const struct profile_test_row *t,
				      struct err *e);

/* One thing that happened to a profile. */
struct profile_event {
	struct moment at; /* UTC */
	struct str event, detail, actor;
};

/* All that happened to it, in order. */
MUST_CHECK int profiles_log(struct profile_event **out, uint32_t *nr,
			    struct pg *pg, struct str name, struct arena *a,
			    struct err *e);

#endif
