/*
 * request_cli.h - what the verbs of `paxgate request` and `paxgate unmask` share
 */
#ifndef TOOLS_REQUEST_CLI_H
#define TOOLS_REQUEST_CLI_H

#include "db/request.h"
#include "engine/config.h"
#include "law/custodian.h"
#include "law/keyfolder.h"
#include "law/request.h"
#include "tools/consult.h"
#include "tools/opt.h"

/* The verbs; as a command. */
int request_open_verb(int argc, char **argv);
int request_approve_verb(int argc, char **argv);
int request_refuse_verb(int argc, char **argv);
int request_search_verb(int argc, char **argv);
int request_disclose_verb(int argc, char **argv);
int request_close_verb(int argc, char **argv);
int request_lapse_verb(int argc, char **argv);
int request_list_verb(int argc, char **argv);
int request_show_verb(int argc, char **argv);
int unmask_request_verb(int argc, char **argv);
int unmask_approve_verb(int argc, char **argv);
int unmask_refuse_verb(int argc, char **argv);
int unmask_release_verb(int argc, char **argv);
int unmask_show_verb(int argc, char **argv);
int unmask_list_verb(int argc, char **argv);
int unmask_task_verb(int argc, char **argv);

/* Settings, database and keys of a verb; close in any case. */
struct request_cli {
	const char *config_file, *database; /* of the command line */
	struct consult consult;
	/* opened: */
	struct arena arena;
	struct config config;
	struct pg *pg;
	struct key_pair *pair;
	struct custodians *custodians;
	struct key_folder *keys;
};

/* Rows of a table of options. */
#define REQUEST_OPTS(c)                                                    \
	{ "config", 'c', "FILE", OPT_TEXT, &(c).config_file, "settings" }, \
	{                                                                  \
		"database", 'd', "CONNINFO", OPT_TEXT, &(c).database,      \
			"libpq keywords or URI, before the settings' one"  \
	}

/* Open settings and database. */
MUST_CHECK int request_cli_open(struct request_cli *c, struct err *e);

/*
 * The same for a verb that shows personal data: purpose and offence are looked at
 * before, the account after, and refusals put on record.
 */
MUST_CHECK int request_cli_consult(struct request_cli *c, struct err *e);

/* The folder of day keys, too. */
MUST_CHECK int request_cli_keys(struct request_cli *c, struct err *e);

/* Free it all; also after an error. */
void request_cli_close(struct request_cli *c);

/*
 * Options, and the one operand of a verb, a request. False: *rc is the exit code,
 * after help or a message.
 */
MUST_CHECK bool request_operand(int64_t *id, int *rc, const struct opt_usage *u,
				int argc, char **argv);

/* What the event of a step says: purpose, offence, case. */
struct audit_event request_said(const struct request_cli *c);

/*
 * Read a request; --offence and --case have to be its own, so that nobody opens
 * another one by a slip. ERR_LEGAL, on record, when they are not.
 */
MUST_CHECK int request_same(struct request *r, struct request_cli *c,
			    int64_t id, struct err *e);

/* Is it an offence of the catalogue that is in force today? ERR_LEGAL if not. */
MUST_CHECK int request_check_offence(const struct request_cli *c,
				     struct str code, struct err *e);

/* What was disclosed and has to come back, a paragraph for each. */
MUST_CHECK int request_print_recalls(struct pg *pg, int64_t id, struct arena *a,
				     struct err *e);

#endif
