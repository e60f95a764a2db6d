/*
 * lts.h - one line of text of a booking (LTS), cut into its parts
 *
 *	14/A/SR/SSR DOCSX9HK1 P/UTO/...
 *	version 14, action A, code SR, service DOCS
 *
 * The form is that of Amadeus' history; a line of another form has action 0
 * and is read for services only. Nothing is claimed but by the functions that
 * read. Threads: as walk.h.
 */
#ifndef PARSERS_LTS_H
#define PARSERS_LTS_H

#include "parsers/pnr.h"

struct lts_line {
	struct piece text;
	int64_t version;     /* of the booking, 0 its first; -1: not stated */
	char action;	     /* O A C X R Z S P, or 0 */
	struct str code;     /* of the element: NM, SS, SR, AP, APM, FP, FA */
	size_t value;	     /* offset of what is behind the code */
	struct str service;  /* code of an SSR; absent: it is none */
	size_t service_at;   /* offset of the word SSR */
	size_t service_text; /* of what is behind carrier and status */
	struct str what;     /* the element: what a cancelling line repeats */
};

/* Cut the line that `raw` spans; absent texts give an empty line. */
void lts_cut(struct walk *w, const struct edi_part *raw, struct lts_line *out);

/* Does it cancel what another line said? */
static inline bool lts_takes_back(const struct lts_line *line)
{
	return line->action == 'C' || line->action == 'X';
}

/* Version and action stay: they decide whether a line counts. */
void lts_claim_action(struct walk *w, const struct lts_line *line);
/* The same, and the code. */
void lts_claim_head(struct walk *w, const struct lts_line *line);
/* The same, the word SSR with its code, and carrier and status behind it. */
void lts_claim_service(struct walk *w, const struct lts_line *line);

/* Version and action, and the three bytes "CR-" at `at`. */
void lts_claim_stamp(struct walk *w, const struct lts_line *line, size_t at);

/* What is behind the code of the element. */
struct piece lts_value(struct walk *w, const struct lts_line *line);

/*
 * What is behind the service, as it stands: a blank before the first slash
 * says that there is a field before it, also when that one was redacted.
 */
struct piece lts_service_text(const struct lts_line *line);

/* APM, APH, APB, APE: the traveller's; AP alone is mostly the agency's. */
bool lts_is_contact(const struct lts_line *line);

/* lts_read.c: CR-OFFICE NUMBER of a Z line, FP, FA into the booking. */
void lts_read_agency(struct walk *w, const struct lts_line *line);
void lts_read_payment(struct walk *w, const struct lts_line *line);
void lts_read_ticket(struct walk *w, const struct lts_line *line);
/* NM, SS: a change of a name, of a leg. */
void lts_read_change(struct walk *w, const struct lts_line *line);
/* A Z line says when the changes before it, of its version, were made. */
void lts_stamp_history(struct walk *w, const struct lts_line *line);

#endif
