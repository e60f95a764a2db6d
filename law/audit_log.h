/*
 * audit_log.h - the audit log as a file that needs no database
 *
 *	paxgate-audit-log 1
 *	checkpoint NR KEY SIGNATURE TEXT	all, in order
 *	event CHAIN NR HASH LINE		all, by chain and number
 *
 * One line each, fields parted by one blank, keys and hashes in hexadecimal;
 * TEXT and LINE are JSON. The file ends where the last checkpoint says that
 * the chains end, so that a cut tail is seen in the file alone.
 *
 * Pure. Threads: plain data.
 */
#ifndef LAW_AUDIT_LOG_H
#define LAW_AUDIT_LOG_H

#include "law/audit_check.h"

/* Append the first line. */
void audit_log_begin(struct buf *out);
/* Append a checkpoint's line. */
void audit_log_checkpoint(struct buf *out, const struct audit_signed *s);
/* Read such a line, its line feed cut off. False: it is none. */
MUST_CHECK bool audit_log_read_checkpoint(struct audit_signed *s,
					  struct str line);
/* Append an event's line. */
void audit_log_event(struct buf *out, const struct audit_link *l);

/*
 * Check the bytes of such a file; what is wrong is in c->fault. Lines that
 * cannot be read are faults, too: their number is in the sentence.
 */
void audit_log_check(struct audit_check *c, struct str text);

#endif
