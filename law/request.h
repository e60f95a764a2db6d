/*
 * request.h - a request by an authority: its states, and the form it is made by
 *
 * What is held is disclosed case by case, on a duly reasoned request that a court
 * or independent authority approved before, also within the first six months;
 * an urgent one is answered first and reviewed within hours, else what was
 * disclosed is recalled. What is kept masked is unmasked by the same way, without
 * the urgent one.
 *
 * The form is a YAML file for its owner alone:
 *
 *	case: 26-114
 *	offence: "04"
 *	authority: AT-BK
 *	persons: one
 *	grounds: "..."
 *	new: "..."
 *	from: 2026-11-20
 *	until: 2026-11-24
 *	fields: [traveller.surname, traveller.documents, flight.number]
 *	rows: "5"
 *
 * Pure: no file, no clock. Sources: law/request.def; C-817/19, 217 to 220 (group,
 * new circumstances). Lifetime: in the arena given. Threads: plain data.
 */
#ifndef LAW_REQUEST_H
#define LAW_REQUEST_H

#include "base/buf.h"
#include "base/date.h"
#include "law/settings.h"

enum request_kind { REQUEST_SEARCH, REQUEST_UNMASK };

enum request_state {
	REQUEST_NONE,
#define STATE(word, help) REQUEST_##word,
#include "law/request.def"
	REQUEST_STATES
};

/* "search"; "open", NULL beyond the last one; what the state says. */
const char *request_kind_word(enum request_kind kind);
const char *request_state_word(enum request_state s);
const char *request_state_help(enum request_state s);

/* The state a step leads to from `before`; REQUEST_NONE: it cannot be taken. */
enum request_state request_after(enum request_kind kind, struct str step,
				 enum request_state before);

/* The i-th way of the table. False: there are no more. */
struct request_way {
	enum request_kind kind;
	const char *step;
	enum request_state before, after;
};
MUST_CHECK bool request_way_at(struct request_way *out, size_t i);

enum {
	REQUEST_WORDS_MAX = 4000, /* bytes of grounds and the like */
	REQUEST_WORDS_LEAST = 20,
	REQUEST_FIELDS_MAX = 64,
	REQUEST_ROWS_MAX = 100000, /* ref.request_limit says less */
};

struct request_form {
	struct str case_id, offence, authority;
	struct str persons; /* "one" or "group" */
	struct str grounds, news, group, urgent_why;
	struct date from, until;
	struct text_list fields, records;
	struct str rows_text;
	int32_t rows;
	bool alike;	  /* searches by likeness, too */
	struct str words; /* grounds and the like as one JSON object */
};

/*
 * Read a form. Returns 0; ERR_SYNTAX, ERR_VALUE, ERR_USAGE with line and column;
 * ERR_LEGAL, with the article, for what no request may be: without grounds or new
 * circumstances, of several persons who are no one case, without end, for a field
 * that the law does not hold.
 */
MUST_CHECK int request_form_read(struct request_form *out,
				 enum request_kind kind, struct str text,
				 struct arena *a, struct err *e);

/* Append an empty form, with what each line is for. */
void request_form_write(struct buf *out, enum request_kind kind);

/*
 * Is it a path that a request may name: a member of traveller, booking or flight
 * (parsers/record.def) or, when unmasked, hits.evidence?
 */
MUST_CHECK bool request_field_is_good(enum request_kind kind, struct str path);

/* Is this one among the fields? `path` "traveller.surname" by its two parts. */
MUST_CHECK bool request_field_is_in(const struct text_list *fields,
				    const char *record, const char *member);

#endif
