/*
 * paxgate.c - finds the subcommand and runs it
 */
#include "tools/cmd.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define PAXGATE_VERSION "0.1"

/* clang-format off */
static const struct cmd_verb commands[] = {
#define CMD_ROW(name, summary) { #name, cmd_##name, summary },
	CMDS(CMD_ROW)
#undef CMD_ROW
	{ NULL, NULL, NULL },
};
/* clang-format on */

static void print_verbs(const char *prefix, const struct cmd_verb *verb)
{
	printf("usage: paxgate %s%sCOMMAND [OPTIONS] ...\n\ncommands:\n",
	       prefix, *prefix ? " " : "");
	for (; verb->name; verb++)
		printf("  %-12s %s\n", verb->name, verb->summary);
	printf("\n'paxgate %s%sCOMMAND --help' explains one of them, with "
	       "examples.\n",
	       prefix, *prefix ? " " : "");
}

int cmd_run_verb(const char *command, const struct cmd_verb *verb, int argc,
		 char **argv)
{
	if (argc < 2 || !strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") ||
	    !strcmp(argv[1], "help")) {
		print_verbs(command, verb);
		return argc < 2 ? EXIT_USAGE : EXIT_OK;
	}
	for (const struct cmd_verb *v = verb; v->name; v++)
		if (!strcmp(v->name, argv[1]))
			return v->run(argc - 1, argv + 1);
	fprintf(stderr,
		"paxgate%s%s: there is no command '%s'; 'paxgate %s"
		"%s--help' lists them\n",
		*command ? " " : "", command, argv[1], command,
		*command ? " " : "");
	return EXIT_USAGE;
}

/* What could not be written must not look like a success. */
static int finish_output(int code)
{
	if (!fflush(stdout) && !ferror(stdout))
		return code;
	fprintf(stderr, "paxgate: cannot write the output: %s\n",
		strerror(errno));
	return code == EXIT_OK || code == EXIT_FINDINGS ? EXIT_AGAIN : code;
}

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "--version")) {
		puts("paxgate " PAXGATE_VERSION);
		return EXIT_OK;
	}
	return finish_output(cmd_run_verb("", commands, argc, argv));
}
