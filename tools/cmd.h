/*
 * cmd.h - the subcommands of paxgate
 *
 * To add a command `foo`:
 *
 *  . write `int cmd_foo(int argc, char **argv)` in tools/cmd_foo.c
 *  . give it a row here, in alphabetical order
 *  . add tests/cli/foo.sh
 *
 * The Makefile takes every tools/ file by itself. The folder tools/ is the
 * only one that prints for people. A command returns an exit code of
 * design section 9; err_exit_code() gives it for a struct err.
 */
#ifndef TOOLS_CMD_H
#define TOOLS_CMD_H

/* clang-format off */
#define CMDS(X) \
	X(account, "who works with the data, and for whom") \
	X(audit, "the audit log: verify, export, sign") \
	X(authority, "the PIU, courts and competent authorities") \
	X(bench, "figures: how fast, measured here and now") \
	X(carriers, "how good the data are that carriers send") \
	X(db, "the database: schema and state") \
	X(fields, "what a profile can speak of") \
	X(gateway, "carriers hand in messages by HTTPS") \
	X(gen, "invented traffic with truth labels") \
	X(hits, "who to look at, and why") \
	X(keys, "make and check the engine's keys") \
	X(parse, "messages as JSON, after redaction") \
	X(profile, "check, test and show targeting profiles") \
	X(push, "put messages into the topic") \
	X(quarantine, "messages set aside: which, why, once more") \
	X(replay, "work hits out again and compare") \
	X(reply, "what airlines are answered: CONTRL, ACKRES, CUSRES") \
	X(request, "authorities ask, courts decide, the PIU answers") \
	X(retention, "masking at six months, deletion") \
	X(run, "the engine: read the stream, screen, store") \
	X(screen, "files in, hits with evidence out") \
	X(stats, "what a year came to, without persons") \
	X(subject, "persons' rights: find, export, correct, restrict, erase") \
	X(unmask, "masked records, seen again for a case") \
	X(watchlist, "build and ask watchlists")
/* clang-format on */

enum {
	EXIT_OK = 0,
	EXIT_FINDINGS = 1,  /* only with --exit-code */
	EXIT_USAGE = 2,	    /* the command line or a setting is wrong */
	EXIT_INPUT = 3,	    /* input invalid */
	EXIT_LAW = 4,	    /* refused by law or permission */
	EXIT_INTEGRITY = 5, /* audit, replay, offsets */
	EXIT_INTERNAL = 70,
	EXIT_AGAIN = 75, /* try again later */
};

/* Each command: argv[0] is its own name; returns the exit code. */
#define CMD_DECLARE(name, summary) int cmd_##name(int argc, char **argv);
CMDS(CMD_DECLARE)
#undef CMD_DECLARE

/*
 * A command with verbs (`profile check`): looks argv[1] up in a table ended
 * by a NULL name and calls it with argv + 1. Without a verb, or with --help,
 * lists them.
 */
struct cmd_verb {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *summary;
};

/* Run a verb; `command` stands before it in messages. Returns its code. */
int cmd_run_verb(const char *command, const struct cmd_verb *verb, int argc,
		 char **argv);

#endif
