/*
 * reply_internal.h - shared by the files that write replies
 */
#ifndef PARSERS_REPLY_INTERNAL_H
#define PARSERS_REPLY_INTERNAL_H

#include "parsers/edi_write.h"
#include "parsers/reply.h"

/* Most characters of data elements, ISO 9735 and the directories. */
enum {
	LEN_0001 = 4,  /* syntax identifier */
	LEN_0004 = 35, /* sender, recipient */
	LEN_0007 = 4,
	LEN_0020 = REPLY_CONTROL_LEN,
	LEN_0026 = 14,
	LEN_0051 = 3,
	LEN_0052 = 3,
	LEN_0054 = 3,
	LEN_0057 = 6,
	LEN_0062 = 14,
	LEN_0065 = 6,
	LEN_0068 = 35,
	LEN_1154 = 70, /* RFF */
	LEN_3225 = 3,  /* LOC: airports */
};

/* Why a message is rejected; all 0: it is not. */
struct reply_fault {
	uint16_t contrl;     /* 0085; 0: a CONTRL takes it */
	const char *segment; /* 0013, may be NULL */
	uint8_t elem, comp;  /* S011, the tag being position 1; 0: none */
	uint16_t ackres;     /* 9321 */
};

/* The fault of a message, by the table in reply.def. */
struct reply_fault reply_fault_of(const struct parsed *p);

/*
 * The next place in a rejected message that its sender should look at: 0085
 * and the segment's position, UNH being 1. `*i` is where to go on in its
 * diagnostics, 0 at first. False: no more.
 */
MUST_CHECK bool reply_place(const struct payload *in, const struct parsed *p,
			    uint32_t *i, uint32_t *position, uint16_t *code);

/* One message of a reply: its body, to between UNH and UNT; in its own file. */
void reply_contrl(struct edi_writer *w, const struct reply_ask *ask);
void reply_ackres(struct edi_writer *w, const struct parsed *p);
void reply_cusres(struct edi_writer *w, const struct parsed *p);

#endif
