/*
 * list_record.h - commands that change lists put it into the audit log
 *
 * A snapshot and its delta are files: they are made where there need not be a
 * database. Where one is named (LIST_RECORD_OPTS) the change is on record before
 * the file is in its place, or the file is not put there. An engine that takes
 * it up says so in any case (engine/list_audit.h).
 */
#ifndef TOOLS_LIST_RECORD_H
#define TOOLS_LIST_RECORD_H

#include "law/audit.h"

/* Where the log is; both NULL: nothing is recorded. */
struct list_record {
	const char *config, *database;
};

/* Rows of a command's table of options; `r` is a static struct list_record. */
#define LIST_RECORD_OPTS(r)                                             \
	{ "config",                                                     \
	  'c',                                                          \
	  "FILE",                                                       \
	  OPT_TEXT,                                                     \
	  &(r).config,                                                  \
	  "settings: put the change into their database's audit log" }, \
	{                                                               \
		"database", 'd', "CONNINFO", OPT_TEXT, &(r).database,   \
			"the same, into this one's"                     \
	}

struct list_change {
	const char *state;	/* built, added, withdrawn, settled */
	struct str snapshot;	/* its bytes: their hash names it */
	const struct str *name; /* of lists, or LIST:ID of entries */
	uint32_t nr;		/* more than an event takes are counted only */
	int64_t entries;	/* that are built, added, withdrawn, settled */
	int64_t delta;		/* the sequence from now on; 0: none */
};

/*
 * Put on record what becomes of lists. Returns 0, or as database_open_checked()
 * or audit_record().
 */
MUST_CHECK int list_record_put(const struct list_record *r,
			       const struct list_change *change, struct err *e);

#endif
