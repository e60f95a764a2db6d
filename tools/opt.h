/*
 * opt.h - a command's options as a table, from which --help is made
 *
 *	static const char *profiles;
 *	static bool as_json;
 *	static const struct opt opts[] = {
 *		{ "profiles", 0, "DIR", OPT_TEXT, &profiles, "profiles to run" },
 *		{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON" },
 *		{ 0 },
 *	};
 *	static const struct opt_usage usage = {
 *		"screen", "[OPTIONS] FILE...",
 *		"Screen the messages in files and print hits, one JSON object "
 *		"a line.",
 *		opts,
 *		"  paxgate screen --profiles etc/profiles day.edi\n",
 *	};
 *	int first = opt_parse(&usage, argc, argv);
 *	if (first < 0)
 *		return opt_exit(first);
 *	for (int i = first; i < argc; i++) ...
 *
 * --name VALUE and --name=VALUE, -n VALUE for short ones, `--` ends options.
 * Options and operands may be mixed: operands are moved to the end of argv.
 */
#ifndef TOOLS_OPT_H
#define TOOLS_OPT_H

#include "base/cc.h"

#include <stdbool.h>
#include <stdint.h>

enum opt_kind {
	OPT_FLAG, /* bool, set to true */
	OPT_TEXT, /* const char *, borrowed from argv */
	OPT_INT,  /* int64_t */
};

struct opt {
	const char *name; /* long name; NULL ends the table */
	char letter;	  /* short name, 0 for none */
	const char *arg;  /* placeholder: "FILE"; NULL for a flag */
	enum opt_kind kind;
	void *to;
	const char *help;
};

struct opt_usage {
	const char *command;  /* "screen", "profile check" */
	const char *operands; /* "[OPTIONS] FILE..." */
	const char *about;    /* a paragraph */
	const struct opt *opts;
	const char *examples; /* lines, each indented by two blanks */
};

/*
 * Read argv[1..]. Returns the index of the first operand in argv (argc when
 * there is none), -1 when --help was printed, or -2 after a message on
 * standard error that says what is wrong.
 */
MUST_CHECK int opt_parse(const struct opt_usage *u, int argc, char **argv);

/* The exit code for a negative result of opt_parse(): 0 or 2. */
int opt_exit(int rc);

/* Print a message and how to get help on standard error; returns 2. */
int opt_wrong(const struct opt_usage *u, const char *fmt, ...) PRINTF(2, 3);

#endif
