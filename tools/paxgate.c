/*
 * paxgate.c - finds the subcommand and runs it
 */
#include "tools/cmd.h"
#include "tools/opt_help.h"
#include "tools/settings_page.h"

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

static void print_verb_page(const char *command, const struct cmd_verb *verb)
{
	char name[64];

	snprintf(name, sizeof(name), "%s%s", *command ? " " : "", command);
	man_head(name, 1,
		 *command ? "a group of commands"
			  : "the engine of a Passenger Information Unit");
	printf(".SH SYNOPSIS\n.B paxgate%s\nCOMMAND [OPTIONS] ...\n"
	       ".SH COMMANDS\n",
	       name);
	for (const struct cmd_verb *v = verb; v->name; v++) {
		printf(".TP\n.BR paxgate%s%s\\-%s (1)\n", *command ? "\\-" : "",
		       command, v->name);
		man_text(v->summary);
	}
	puts(".SH EXAMPLES\n.nf");
	for (const struct cmd_verb *v = verb; v->name; v++)
		printf("  paxgate%s %s \\-\\-help\n", name, v->name);
	puts(".fi");
	man_tail();
}

/* Help of a list of commands; false when `arg` asks for none. */
static bool help_verbs(const char *command, const struct cmd_verb *verb,
		       const char *arg)
{
	if (!strcmp(arg, "--help") || !strcmp(arg, "-h") ||
	    !strcmp(arg, "help"))
		print_verbs(command, verb);
	else if (!strcmp(arg, "--help=man"))
		print_verb_page(command, verb);
	else if (!strcmp(arg, "--help=words"))
		for (; verb->name; verb++)
			puts(verb->name);
	else
		return false;
	return true;
}

int cmd_run_verb(const char *command, const struct cmd_verb *verb, int argc,
		 char **argv)
{
	if (argc < 2) {
		print_verbs(command, verb);
		return EXIT_USAGE;
	}
	if (help_verbs(command, verb, argv[1]))
		return EXIT_OK;
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
	if (argc == 2 && !strcmp(argv[1], "--help=settings")) {
		settings_page_print();
		return finish_output(EXIT_OK);
	}
	return finish_output(cmd_run_verb("", commands, argc, argv));
}
