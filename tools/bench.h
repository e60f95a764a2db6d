/*
 * bench.h - what the measurements of `paxgate bench` share
 *
 * Each bench_NAME() prints its figures (tools/bench_figure.h) and returns 0 or
 * an err_code. Nothing outside of the scratch folder and, for the pipeline,
 * of a database of its own is changed.
 *
 * Threads: one, but for the engine that bench_engine_run() runs.
 */
#ifndef TOOLS_BENCH_H
#define TOOLS_BENCH_H

#include "tools/bench_day.h"

struct bench {
	struct arena arena;
	struct config config; /* profiles, lists and database to be used */
	const char *folder;   /* for scratch; removed in the end */
	const char *day_dir;  /* the messages; in `folder` when ours */
	bool own_list;	      /* the snapshot is of the demonstration lists */
	int64_t persons;      /* of an invented list; 0: none */
	int64_t many;	      /* profiles made to measure; 0: none */
	int64_t ms;	      /* least length of a repetition */
	int64_t mib;	      /* memory that the reader alone walks */
	int64_t runs;	      /* of the whole engine */
	int64_t rate;	      /* travellers a second, to take latencies at */
	const char *brokers;  /* of a real Kafka; NULL: the embedded one */
	const char *topic;    /* ours, on it; NULL: none now */
	const char *export;   /* folder for what other engines read, or NULL */
	struct bench_day day;
	struct screen_set set;
	struct scope *scope;
};

/* Readers and intake: parse.*; needs the day loaded, not linked. */
MUST_CHECK int bench_parse(struct bench *b, struct err *e);
/* profiles.*; like the others, needs the day linked. */
MUST_CHECK int bench_profiles(struct bench *b, struct err *e);
/* watchlist.* */
MUST_CHECK int bench_watchlist(struct bench *b, struct err *e);
/* peers.*, and their files in the folder `export`. */
MUST_CHECK int bench_peers(struct bench *b, struct err *e);
/* seal.* */
MUST_CHECK int bench_seal(struct bench *b, struct err *e);
/* audit.* */
MUST_CHECK int bench_audit(struct bench *b, struct err *e);
/* mask.*, in a database of its own. */
MUST_CHECK int bench_mask(struct bench *b, struct err *e);
/* pipeline.* and store.*, in a database of its own. */
MUST_CHECK int bench_pipeline(struct bench *b, struct err *e);
/* Its parts: pipeline.copy, store.*; and pipeline.latency_*, with `brokers`. */
struct bench_db;
MUST_CHECK int bench_copy(double *rows_per_second, struct bench *b,
			  const struct bench_db *db, struct err *e);
MUST_CHECK int bench_latency(struct bench *b, struct err *e);
/* replay.*, likewise. */
MUST_CHECK int bench_replay(struct bench *b, struct err *e);

/* Build the snapshot dir/name of the demonstration lists, as it is today. */
MUST_CHECK int bench_list_make(const char *dir, const char *name,
			       const char *offences, struct err *e);

/* Build folder/name of b->persons invented persons; prints watchlist.build. */
MUST_CHECK int bench_big_make(struct bench *b, const char *name, struct err *e);

#endif
