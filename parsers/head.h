/*
 * head.h - what UNB and UNH say of an interchange, kept for its answers
 *
 * Called by envelope.c as it comes past them. Bytes are claimed there: parts
 * of more than REFERENCE_MAX bytes are not, and are absent here.
 */
#ifndef PARSERS_HEAD_H
#define PARSERS_HEAD_H

#include "parsers/interchange.h"

/* UNB is at hand: a new head in the payload. */
void head_open(struct interchange *x);

/* UNH is at hand, and its struct parsed open: fill its unh. */
void head_message(struct interchange *x);

/* The interchange has ended: its messages are these. */
void head_close(struct interchange *x);

#endif
