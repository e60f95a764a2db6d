/*
 * interchange.h - shared by the files that read the envelope
 */
#ifndef PARSERS_INTERCHANGE_H
#define PARSERS_INTERCHANGE_H

#include "parsers/walk.h"

enum { REFERENCE_MAX = 35 }; /* bytes; what is longer has text glued to it */

/* What is known while an interchange is walked. */
struct interchange {
	struct payload *out;
	struct walk w;
	struct edi_reader r;
	struct message header; /* sender, sent_at, ...: of all its messages */
	struct span una_unb, ung;
	size_t unb;
	struct str control;	    /* UNB's reference */
	struct str group_reference; /* UNG's */
	struct str group_type;
	const struct message_kind *kind; /* NULL: no message is open */
	struct str reference;		 /* of the message: UNH's */
	uint32_t nr_segments;		 /* of the message, UNH included */
	uint32_t nr_messages, nr_groups, nr_in_group;
	uint32_t head_end; /* of the message, if it has slices; 0: not yet */
	/* lost their terminator: the segment before the one at hand; UNB; UNG;
	 * the one before the first slice */
	bool is_open, unb_is_open, ung_is_open, head_is_open;
	struct span terminator; /* the last one; len 0: there was none yet */
	uint32_t first;		/* of its messages in out->parsed */
	bool open;		/* between UNH and UNT */
	bool group_open;	/* between UNG and UNE */
	bool ended;		/* UNZ was there */
	unsigned told;		/* oddities of which once is enough */
	bool stop;		/* the next interchange begins */
};

/* A warning on the message at hand, or the last one; without any, nothing. */
void interchange_warn(struct interchange *x, const char *code, size_t byte,
		      const char *text);

/* A control count of the trailer at hand against what was counted. */
void interchange_count(struct interchange *x, unsigned elem, const char *code,
		       uint32_t counted);

/* A reference of the trailer at hand against its header's. */
void interchange_reference(struct interchange *x, unsigned elem,
			   const char *code, struct str expected);

/*
 * Call behind each segment: when the first slice is open, the header ends
 * before it.
 */
void interchange_end_head(struct interchange *x);

/* The message ends: say which spans make its header slice. */
void interchange_heads(struct interchange *x);

/* What was odd about the segment at hand, as warnings. */
void interchange_oddities(struct interchange *x);

#endif
