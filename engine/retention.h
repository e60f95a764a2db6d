/*
 * retention.h - what falls due, and doing it: masking and deletion
 *
 *	retention_rules_load()		the regimes that apply
 *	retention_due()			pure: a day's next duty, and when
 *	retention_mask_day()		one active or closed day
 *	retention_erase_day()		records of one masked day
 *
 * At six months (Art. 12(2) of Directive (EU) 2016/681; C-817/19, 255-262)
 * what a link holds is sealed anew, each record under a random key that only
 * custodians can unwrap; all else of the day goes, and with the day's key all
 * that any copy holds of it. At five years everything goes (Art. 12(4)).
 *
 * The steps, of which each may be cut short and done again:
 *
 *	replay	the day's hits are worked out again, for the certificate
 *	close	partitions leave their tables, later messages are refused
 *	keep	the records' keys into the key folder, then their rows
 *	mark	DIR/YYYY-MM-DD.masked: no new key
 *	destroy	the day's key and all wraps of it
 *	drop	the day's tables; the certificate
 *
 * Threads: one caller at a time for each connection; two that run at once are
 * told apart by the database.
 */
#ifndef ENGINE_RETENTION_H
#define ENGINE_RETENTION_H

#include "db/retention.h"
#include "engine/config.h"
#include "law/keymask.h"
#include "law/regime.h"

struct retention_rules {
	struct regimes *all; /* owned */
	const struct regime *regime[REGIMES_MAX];
	size_t nr;
	bool by_link; /* only what a link holds is kept */
	struct period review_every;
	struct str names; /* for the certificate; borrowed from the settings */
};

/* Load; release in any case. Returns 0, or as regimes_choose(). */
MUST_CHECK int retention_rules_load(struct retention_rules *r,
				    const struct config *c, struct err *e);
void retention_rules_release(struct retention_rules *r);

/* A day's next duty. */
enum retention_act {
	RETENTION_MASK,	  /* and delete what is not kept */
	RETENTION_DELETE, /* everything */
	RETENTION_FINISH, /* go on where it was cut short */
	RETENTION_LAPSED, /* records whose link does not hold any more */
};

struct retention_duty {
	enum retention_act act;
	int32_t due; /* day on which it has to be done; 0: never */
};

/* The duty; a day that has passed `due` is overdue. */
struct retention_duty retention_due(const struct retention_rules *r,
				    const struct retention_day *d,
				    int32_t today);

/* "mask", "delete", "finish", "lapsed". */
const char *retention_act_name(enum retention_act act);

struct retention_job {
	struct pg *pg;
	struct key_folder *keys;
	const struct retention_rules *rules;
	int32_t today;
	void (*at)(const char *site, void *arg); /* for tests; may be NULL */
	/*
	 * Works the hits of an active day out again, within a time of its
	 * own; NULL: nobody does. What keeps it from that does not keep the
	 * day from being masked: the certificate says so.
	 */
	int (*replay)(struct retention_replay *out, int32_t day, void *arg,
		      struct err *e);
	void *replay_arg;
	double lock_ms; /* longest time that locks were held or asked for */
};

/*
 * Do all of a day that is due for it; *out is its certificate, texts in the
 * arena. With `everything` nothing is kept. Returns 0; ERR_USAGE without a
 * custodian; ERR_FENCED when somebody works on the day for half a minute, try
 * again; or what key folder and database say.
 */
MUST_CHECK int retention_mask_day(struct retention_figures *out,
				  struct retention_job *j, int32_t day,
				  bool everything, struct arena *a,
				  struct err *e);

/*
 * Erase records of a masked day: `all`, or those that no link holds. *nr: how
 * many. Returns 0 or what key folder and database say.
 */
MUST_CHECK int retention_erase_day(int64_t *nr, struct retention_job *j,
				   int32_t day, bool all, struct err *e);

/*
 * The last day of which results of assessments go today (Art. 12(5)): by the
 * regime that keeps them for the shortest time; 0: none says so.
 */
int32_t retention_results_until(const struct retention_rules *r, int32_t today);

/*
 * Remove the results of an active day that have served; *nr: how many hits.
 * Returns 0 or what the database says.
 */
MUST_CHECK int retention_expire_results(int64_t *nr, struct retention_job *j,
					int32_t day, struct err *e);

/*
 * After a restore: erase records of a masked day that have no key any more,
 * since they were erased after the backup was made. *nr: how many. Returns 0 or
 * what key folder and database say.
 */
MUST_CHECK int retention_erase_keyless(int64_t *nr, struct retention_job *j,
				       int32_t day, struct err *e);

#endif
