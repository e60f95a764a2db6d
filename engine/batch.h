/*
 * batch.h - messages in, the rows of one transaction out
 *
 * batch_add() takes one Kafka message through intake, scope and linking;
 * batch_finish() screens the travellers that changed and makes their rows.
 * What cannot be read becomes a quarantine row; that is no failure.
 *
 * Lifetime: a batch owns its rows; batch_clear() makes it empty again.
 * Threads: one worker's own.
 */
#ifndef ENGINE_BATCH_H
#define ENGINE_BATCH_H

#include "db/store.h"
#include "engine/engine.h"
#include "engine/flights.h"
#include "engine/history.h"
#include "engine/intake.h"
#include "engine/rows.h"
#include "engine/source_kafka.h"

struct batch {
	struct engine *engine;		/* borrowed */
	struct flights *flights;	/* borrowed */
	struct screen_scratch *scratch; /* borrowed, of the lists of `set` */
	struct stage_clock *clock;	/* borrowed; NULL: not timed */
	const struct screen_set *set;	/* borrowed: see batch_use() */
	int64_t set_version;
	struct arena arena;
	const char *topic, *group; /* whose offsets; the engine's, or set */
	struct moment received_at; /* of the newest message in it */
	uint32_t nr_messages;
	int64_t sent_ms;    /* the broker's time of the first, since 1970 UTC */
	int64_t came_us;    /* when that one came into our hands; monotonic */
	struct str carrier; /* of the message in hand, once it is known */
	struct archive_cache cache;   /* of slices, while it is finished */
	struct history_batch history; /* likewise */
	/* the rows, growing; the store sees them through `rows` */
	struct store_batch rows;
	struct offset_claim *offset;
	struct flight_claim *flight;
	struct slice_row *slice;
	struct booking_row *booking;
	struct traveller_row *traveller;
	struct traveller_key *screened, *removed;
	struct hit_row *hit;
	struct evidence_row *evidence;
	struct shadow_row *shadow;
	struct fact_row *fact;
	struct quarantine_row *quarantine;
	struct counter_row *counter;
	struct outbox_row *outbox;
	struct series_row *series;
	int64_t *missing, *retried;
	/* for the progress line, added when the batch is committed */
	int64_t bytes, travellers, removals, sensitive, out_of_scope;
};

/* An empty batch; batch_release() in the end. */
void batch_init(struct batch *b, struct engine *en, struct flights *f,
		struct screen_scratch *tmp, struct stage_clock *clock);
/* Free it. */
void batch_release(struct batch *b);

/* What to screen with from now on: between two batches. */
void batch_use(struct batch *b, const struct edition *ed);

/* Empty it, keep the memory. */
void batch_clear(struct batch *b);

/* A message is in hand: note when it came, and count it. */
void batch_receive(struct batch *b, const struct source_message *m);

/*
 * Add one message; its payload may be forgotten afterwards. Returns 0, or an
 * error of the database, the keys or stored state: then drop the batch.
 */
MUST_CHECK int batch_add(struct batch *b, const char *cluster,
			 const struct source_message *m, struct err *e);

/*
 * Take a message of another topic up once more, as if it came now: into the
 * rows, or into quarantine under its own place. Its offset is not ours to move.
 * As batch_add().
 */
MUST_CHECK int batch_add_again(struct batch *b, const char *cluster,
			       const char *topic,
			       const struct source_message *m, struct err *e);

/*
 * Screen, and complete `rows` for store_commit(). As batch_add(); ERR_FENCED:
 * a day was masked since, add the messages again.
 */
MUST_CHECK int batch_finish(struct batch *b, const char *cluster,
			    struct err *e);

/*
 * Put a message into quarantine whole: the sealed payload could not be
 * opened, read or stored. `code` is a constant.
 */
void batch_quarantine(struct batch *b, const char *cluster,
		      const struct source_message *m, const char *code,
		      size_t byte, const char *sentence, struct str plain);

/*
 * Put a message into an empty batch whose rows the database refuses: its shape
 * goes to quarantine, with `why`, and its offset moves on.
 */
void batch_refuse(struct batch *b, const char *cluster,
		  const struct source_message *m, const char *why);

/*
 * Add `n` (0: nothing) to what ops.counter has of `code` for a carrier: that
 * of the flight that a message is about; absent when it names none. Texts live
 * as long as the batch's arena.
 */
void batch_count(struct batch *b, struct str carrier, struct str code,
		 int64_t n);

/*
 * Count what was removed from a message that is being stored, likewise. What
 * stood outside of messages is nobody's and not counted.
 */
void batch_count_removals(struct batch *b, const struct parsed *p,
			  const struct redaction *r);

/* A message in hand, and where its rows begin in the batch. */
struct batch_mark {
	const char *cluster;
	const struct source_message *message;
	uint32_t nr_quarantine, nr_outbox;
};

/* The id of an outbox row: the `number`th of a kind for a message. */
int64_t batch_outbox_id(const struct batch *b, const struct batch_mark *from,
			uint32_t number, const char *kind);

/*
 * Say what the batch did, for the audit log: the last thing before it is
 * stored. Without a message it did nothing.
 */
void batch_audit(struct batch *b);

/*
 * Put the answers that are agreed for a payload into the batch, one row each,
 * if replies.topic is set. They tell what the messages were read as, not what
 * becomes of them.
 */
void batch_reply(struct batch *b, const struct batch_mark *from,
		 const struct intake *in);

/*
 * Put what became of a payload into the batch, for gateways, if status.topic
 * is set. `plain` is the payload, `in` NULL when nothing in it could be read;
 * its rows begin at `from`.
 */
void batch_status(struct batch *b, struct str plain, const struct intake *in,
		  struct batch_mark from);

/* Note how far the series is that a part belongs to; no part: nothing. */
void batch_note_part(struct batch *b, const struct flight_state *s,
		     const struct message *m);

/* Append a row to one of the batch's lists: BATCH_PUSH(b, hit)->score = 60. */
#define BATCH_PUSH(b, name)                                         \
	((__typeof__((b)->name))arena_push(&(b)->arena, &(b)->name, \
					   &(b)->rows.nr_##name,    \
					   sizeof(*(b)->name)))

/*
 * What the rows of a flight have in common: its day's key, made where the day
 * has none yet, and its legal dates. As batch_add().
 */
MUST_CHECK int batch_row_maker(struct row_maker *m, struct batch *b,
			       const struct flight_entry *f, struct err *e);

/* This message is done with: its offset moves with the batch. */
void batch_claim_offset(struct batch *b, const struct source_message *m);

#endif
