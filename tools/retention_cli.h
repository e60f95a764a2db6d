/*
 * retention_cli.h - the verbs of `paxgate retention`
 */
#ifndef TOOLS_RETENTION_CLI_H
#define TOOLS_RETENTION_CLI_H

#include "engine/retention.h"
#include "tools/opt.h"

/* The verbs; as a command. */
int retention_due_verb(int argc, char **argv);
int retention_link_verb(int argc, char **argv);
int retention_run_verb(int argc, char **argv);
int retention_prove_verb(int argc, char **argv);

/* Settings, database and regimes of a verb; close in any case. */
struct retention_cli {
	struct arena arena;
	struct config config;
	struct pg *pg;
	struct retention_rules rules;
	int32_t today;
	/* with keys: */
	struct key_pair *pair;
	struct custodians *custodians;
	struct key_folder *keys;
};

/*
 * Open it. `today` is --today (NULL: the clock's): another day than the
 * clock's is for tests, and refused on real travellers where `acts`. With
 * `keys` the key folder, too. Returns 0 or the error.
 */
MUST_CHECK int retention_cli_open(struct retention_cli *c, const char *config,
				  const char *database, const char *today,
				  bool acts, bool keys, struct err *e);
void retention_cli_close(struct retention_cli *c);

/*
 * What `retention run` does, on all days that are due; a line each is printed.
 * *told: the first failure, which *first keeps, was printed, too. Returns its
 * code.
 */
MUST_CHECK int retention_run_all(struct retention_cli *c, bool *told,
				 struct err *first);

/* What `retention prove` does; a line each finding is printed. */
MUST_CHECK int retention_prove_all(int64_t *findings, struct retention_cli *c,
				   struct err *e);

/* Between its steps: for tests, from the environment; else NULL. */
struct retention_job retention_cli_job(struct retention_cli *c);

#endif
