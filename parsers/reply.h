/*
 * reply.h - what is answered to a received interchange
 *
 * Three kinds, each an interchange of its own with sender and recipient
 * swapped: CONTRL says which messages could be read at all, ACKRES whether a
 * PNRGOV could be used, CUSRES that a PAXLST came (BGM 962). A reply is made
 * of the envelope, the flight and the diagnostics alone. It tells nothing of
 * any traveller, and never whether somebody may board or was found: what a
 * border authority decides is for that authority to send (doc/messages.md).
 *
 *	struct reply_ask ask = { &payload, &payload.head[0], REPLY_CONTRL,
 *				 STR("PIUC0000000001"), at };
 *	if (reply_write(&out, &ask))
 *		send(buf_view(&out));
 *
 * Layouts: ISO 9735 part 4 and syntax 3 (CONTRL), PADIS (ACKRES), UN/EDIFACT
 * D.02B and later (CUSRES). Pure: the same ask gives the same bytes. Threads:
 * none of its own.
 */
#ifndef PARSERS_REPLY_H
#define PARSERS_REPLY_H

#include "parsers/message.h"

enum reply_kind { REPLY_CONTRL, REPLY_ACKRES, REPLY_CUSRES, REPLY_KINDS };

enum { REPLY_CONTROL_LEN = 14 }; /* characters of 0020 */

struct reply_ask {
	const struct payload *payload;
	const struct interchange_head *head; /* one of the payload's */
	enum reply_kind kind;
	struct str control; /* the reply's own reference: letters, digits */
	struct moment at;   /* UTC, for UNB */
};

/*
 * Append the reply. False, with nothing appended, when none of that kind is
 * due: nobody is named to be answered (UNB without a sender), no message is of
 * the type, or, for a CONTRL, the interchange has no reference or is itself an
 * answer by CONTRL. Failures stick in the buf.
 */
bool reply_write(struct buf *out, const struct reply_ask *ask);

/* "contrl", ...: the word for a kind, as settings and options have it. */
const char *reply_kind_name(enum reply_kind k);

#endif
