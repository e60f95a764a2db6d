/*
 * envelope.h - the interchange around the messages
 *
 * Walks one interchange from its UNA or UNB to its UNZ and has each message
 * between UNH and UNT read. Counts and references that do not agree are
 * warnings: a passenger list is never refused for them.
 */
#ifndef PARSERS_ENVELOPE_H
#define PARSERS_ENVELOPE_H

#include "parsers/message.h"
#include "parsers/una.h"

/*
 * Read the interchange that begins at `start` into `out`; returns the byte
 * behind it. What is in it is claimed or to be blanked; what is between
 * interchanges is never claimed.
 */
size_t envelope_read(struct payload *out, const struct edi_start *start,
		     struct arena *a);

#endif
