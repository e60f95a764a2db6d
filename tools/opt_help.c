/*
 * opt_help.c - an option table as --help, as a man page, as words to complete
 *
 * One table, three readers: a person at a terminal, man(1), and the shell's
 * completion, which asks the binary itself. So none of them can go stale.
 */
#include "tools/opt_help.h"

#include "base/str.h"

#include <stdio.h>
#include <string.h>

static void print_text(const struct opt_usage *u)
{
	printf("usage: paxgate %s %s\n\n%s\n", u->command, u->operands,
	       u->about);
	if (u->opts->name)
		printf("\noptions:\n");
	for (const struct opt *o = u->opts; o->name; o++) {
		char left[64];

		snprintf(left, sizeof(left), "%s%c%s--%s%s%s",
			 o->letter ? "-" : "", o->letter ? o->letter : ' ',
			 o->letter ? ", " : "   ", o->name, o->arg ? " " : "",
			 o->arg ? o->arg : "");
		printf("  %-28s %s\n", left, o->help);
	}
	printf("  %-28s %s\n", "    --help", "show this text");
	printf("\nexamples:\n%s", u->examples);
}

void man_text(const char *text)
{
	bool at_start = true;

	for (const char *c = text; *c; c++) {
		if (at_start && *c == '\n') {
			fputs(".PP", stdout);
		} else if (at_start && (*c == '.' || *c == '\'')) {
			fputs("\\&", stdout);
		}
		if (*c == '\\')
			fputs("\\e", stdout);
		else if (*c == '-')
			fputs("\\-", stdout);
		else
			putchar(*c);
		at_start = *c == '\n';
	}
	if (!at_start)
		putchar('\n');
}

void man_head(const char *command, int section, const char *summary)
{
	printf(".TH \"PAXGATE");
	for (const char *c = command; *c; c++)
		putchar(*c == ' '		 ? '-'
			: *c >= 'a' && *c <= 'z' ? *c - 32
						 : *c);
	printf("\" \"%d\" \"\" \"paxgate\" \"paxgate\"\n.SH NAME\npaxgate",
	       section);
	for (const char *c = command; *c; c++)
		fputs(*c == ' ' ? "\\-" : (char[]){ *c, 0 }, stdout);
	printf(" \\- ");
	man_text(summary);
}

void man_tail(void)
{
	static const struct {
		int code;
		const char *meaning;
	} exits[] = {
		{ 0, "ok" },
		{ 1, "findings, only with --exit-code" },
		{ 2, "the command line or a setting is wrong" },
		{ 3, "input invalid" },
		{ 4, "refused by law or permission" },
		{ 5, "integrity: audit, replay, offsets" },
		{ 70, "internal" },
		{ 75, "try again later" },
	};

	puts(".SH EXIT STATUS");
	for (size_t i = 0; i < ARRAY_SIZE(exits); i++) {
		printf(".TP\n.B %d\n", exits[i].code);
		man_text(exits[i].meaning);
	}
	puts(".SH SEE ALSO\n.BR paxgate (1),\n.BR paxgate.yaml (5)");
}

/* NAME wants one line: the first sentence of `about`. */
static void print_summary(const struct opt_usage *u, char *out, size_t len)
{
	size_t n = 0;

	for (const char *c = u->about; *c && n + 1 < len; c++) {
		if (*c == '.' && (!c[1] || c[1] == ' ' || c[1] == '\n'))
			break;
		out[n++] = *c == '\n' ? ' ' : *c;
	}
	out[n] = 0;
}

static void print_man(const struct opt_usage *u)
{
	char name[64], summary[256];

	snprintf(name, sizeof(name), " %s", u->command);
	print_summary(u, summary, sizeof(summary));
	man_head(name, 1, summary);
	printf(".SH SYNOPSIS\n.B paxgate %s\n", u->command);
	man_text(u->operands);
	puts(".SH DESCRIPTION");
	man_text(u->about);
	puts(".SH OPTIONS");
	for (const struct opt *o = u->opts; o->name; o++) {
		fputs(".TP\n\\fB", stdout);
		if (o->letter)
			printf("\\-%c\\fR, \\fB", o->letter);
		fputs("\\-\\-", stdout);
		for (const char *c = o->name; *c; c++)
			fputs(*c == '-' ? "\\-" : (char[]){ *c, 0 }, stdout);
		printf("\\fR%s%s%s\n", o->arg ? " \\fI" : "",
		       o->arg ? o->arg : "", o->arg ? "\\fR" : "");
		man_text(o->help);
	}
	puts(".TP\n\\fB\\-\\-help\\fR\nshow a summary\n.SH EXAMPLES\n.nf");
	man_text(u->examples);
	puts(".fi");
	man_tail();
}

/* "--topic=" takes a value, "--json" none: one a line. */
static void print_words(const struct opt_usage *u)
{
	for (const struct opt *o = u->opts; o->name; o++)
		printf("--%s%s\n", o->name, o->arg ? "=" : "");
	puts("--help");
}

bool opt_help(const struct opt_usage *u, const char *arg)
{
	if (!strcmp(arg, "--help") || !strcmp(arg, "-h"))
		print_text(u);
	else if (!strcmp(arg, "--help=man"))
		print_man(u);
	else if (!strcmp(arg, "--help=words"))
		print_words(u);
	else
		return false;
	return true;
}
