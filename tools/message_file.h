/*
 * message_file.h - a file of messages, and its travellers as subjects
 *
 * What engine/link.c does for a stream, done for one message alone: a
 * traveller with the booking and flight of the same message.
 *
 * Lifetime: subjects borrow from the file. Threads: one.
 */
#ifndef TOOLS_MESSAGE_FILE_H
#define TOOLS_MESSAGE_FILE_H

#include "base/buf.h"
#include "engine/intake.h"

struct message_file {
	struct arena arena;
	struct buf bytes; /* the payload; views point into it */
	struct intake intake;
};

/*
 * Read a file as the engine does: only what the law lets stay is used. A
 * message that cannot be read is an error, too.
 */
MUST_CHECK int message_file_read(struct message_file *f, const char *path,
				 struct err *e);
/* Free what was read. */
void message_file_release(struct message_file *f);

/*
 * Traveller number `nr`, from 1, in the order of the file: over messages,
 * bookings, travellers. Screened when the message was sent. False when there
 * are fewer.
 */
MUST_CHECK bool message_file_subject(struct message_file *f, uint32_t nr,
				     struct subject *out);

/* The same for one message, for records that were not parsed from a file. */
MUST_CHECK bool message_subject(const struct message *m, uint32_t *nr,
				struct arena *a, struct subject *out);

#endif
