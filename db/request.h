/*
 * request.h - requests by authorities: asked, approved, answered, recalled
 *
 * What was asked is ops.request, each step after it ops.request_step; no role may
 * write them but by functions of the database that look at the state it is in and
 * at who asks (db/sql/0013_requests_steps.sql). The event of a step is in its
 * transaction. What is not let happen is ERR_LEGAL, with what is in the way; it is
 * on record as refused.
 *
 * Sources: law/request.h.
 *
 * Lifetime: results live in the arena given. Threads: as the connection.
 */
#ifndef DB_REQUEST_H
#define DB_REQUEST_H

#include "db/deed.h"

/* "9f3c01d2a4b5c6d7"; and back, leading zeros included. */
struct request_name {
	char text[20];
};
struct request_name request_name_of(int64_t id);
MUST_CHECK bool request_name_read(struct str text, int64_t *id);

/* What a deed with a request is called in errors; in the arena. */
struct deed request_deed(int64_t id, struct arena *a);

/* A request as it is made. Days since 1970-01-01. */
struct request_new {
	int64_t id;
	struct str case_id, offence, requester, persons;
	struct row_texts fields;
	int32_t from, until;
	int32_t row_cap;
	bool alike, urgent;
	int32_t today;	   /* under whose key the words are sealed */
	struct str sealed; /* they */
	/* of an unmasking: "20260522-9f3c01d2a4b5c6d7", and the file's hash */
	struct row_texts records;
	struct str file_hash;
};

/* Enter it. Operation, recipient and the like are filled in. As above. */
MUST_CHECK int request_open(struct pg *pg, const struct request_new *n,
			    struct audit_event *ev, struct err *e);
MUST_CHECK int request_open_unmask(struct pg *pg, const struct request_new *n,
				   struct audit_event *ev, struct err *e);

/* The court's decisions: its number, and until when an approval holds (UTC). */
MUST_CHECK int request_approve(struct pg *pg, int64_t id, struct str decision,
			       struct moment until, struct audit_event *ev,
			       struct err *e);
MUST_CHECK int request_refuse(struct pg *pg, int64_t id, struct str decision,
			      struct str reason, struct audit_event *ev,
			      struct err *e);

/* Nothing more is answered; `reason` of ref.request_reason. */
MUST_CHECK int request_close(struct pg *pg, int64_t id, struct str reason,
			     struct audit_event *ev, struct err *e);

/* Urgent requests whose review is overdue are over, an event for each. */
MUST_CHECK int request_lapse(int64_t **id, uint32_t *nr, struct pg *pg,
			     struct arena *a, struct err *e);

/* Whom requests found, and is erased since, is forgotten there. As pg_run(). */
MUST_CHECK int request_forget_gone(struct pg *pg, struct err *e);

/* So many rows (their numbers) go to the requester in a file of this hash. */
MUST_CHECK int request_disclose(struct pg *pg, int64_t id, int64_t transfer,
				const struct row_tokens *rows, struct str hash,
				struct audit_event *ev, struct err *e);

/* A request, and where it stands. */
struct request {
	int64_t id;
	struct str kind, case_id, offence, requester, persons;
	struct row_texts fields;
	int32_t from, until; /* 0: an unmasking */
	int32_t row_cap;
	bool alike, urgent;
	struct moment decide_by;
	struct str file_hash;
	struct str opened_by, acting_as;
	struct moment opened_at;
	int32_t opened_on;
	struct str sealed;
	struct str state;
	struct str court, decision; /* of the review; absent: none yet */
	struct moment approved_until;
	struct row_number found, transfers;
};

/* One, or (`id` NULL) all, of a state or (absent) any, newest first. */
MUST_CHECK int request_list(struct request **out, uint32_t *nr, struct pg *pg,
			    const int64_t *id, struct str state,
			    struct arena *a, struct err *e);

/* That one. ERR_USAGE: there is none of that id. */
MUST_CHECK int request_get(struct request *out, struct pg *pg, int64_t id,
			   struct arena *a, struct err *e);

struct request_step {
	int32_t nr;
	struct str step, state, actor, authority;
	struct moment at;
	struct str decision;
	struct moment until;
	struct str reason;
	struct row_number results;
	struct str sealed; /* what a search looked for */
};

/* All steps of one, the first one first. */
MUST_CHECK int request_steps(struct request_step **out, uint32_t *nr,
			     struct pg *pg, int64_t id, struct arena *a,
			     struct err *e);

struct transfer {
	int64_t id, request;
	struct str case_id, offence, recipient;
	struct moment at;
	struct str actor, file_hash;
	int32_t subjects;
	struct row_texts fields;
	struct moment recalled_at;
	struct str recalled_why; /* "refuse", "lapse" */
};

/* Transfers of one request, or (NULL) all, newest first. */
MUST_CHECK int transfer_list(struct transfer **out, uint32_t *nr, struct pg *pg,
			     const int64_t *request, struct arena *a,
			     struct err *e);

#endif
