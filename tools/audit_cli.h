/*
 * audit_cli.h - what the files of `paxgate audit` share
 */
#ifndef TOOLS_AUDIT_CLI_H
#define TOOLS_AUDIT_CLI_H

#include "db/audit.h"
#include "engine/config.h"
#include "law/audit_check.h"

/*
 * Check the log of a database, as one snapshot of it, and against the file of
 * checkpoints `exported` (NULL: none). Returns 0, whatever was found: that is
 * in *c; or as pg_run(). `progress`: say on standard error how far it is.
 */
MUST_CHECK int audit_verify_database(struct audit_check *c, struct pg *pg,
				     const char *exported, bool progress,
				     struct err *e);

/* Check an exported log. Returns 0 or ERR_IO; what was found is in *c. */
MUST_CHECK int audit_verify_file(struct audit_check *c, const char *path,
				 struct err *e);

/*
 * Write the log of a database into a new file, mode 0600, up to a checkpoint
 * that is made for it. *events: how many. ERR_USAGE when the file is there.
 */
MUST_CHECK int audit_export_log(int64_t *events, struct pg *pg,
				const struct config *c, const char *path,
				struct err *e);

/* Begin a transaction that sees one state of the database, and ends so. */
MUST_CHECK int audit_snapshot(struct pg *pg, struct err *e);

/* `paxgate audit checkpoint` and `expire`; return the exit code. */
int audit_checkpoint_verb(int argc, char **argv);
int audit_expire_verb(int argc, char **argv);

#endif
