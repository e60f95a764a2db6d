/*
 * opt_help.h - help for people, for man(1) and for the shell's completion
 *
 * --help, --help=man and --help=words are understood by every command and
 * every list of commands; `make install` and etc/completion use the latter two.
 */
#ifndef TOOLS_OPT_HELP_H
#define TOOLS_OPT_HELP_H

#include "tools/opt.h"

/* Print the help that `arg` asks for; false when it asks for none. */
MUST_CHECK bool opt_help(const struct opt_usage *u, const char *arg);

/*
 * Parts of a man page on standard output: its title and NAME (`command` is ""
 * or " profile check"), a text with roff's characters escaped, the end.
 */
void man_head(const char *command, int section, const char *summary);
void man_text(const char *text);
void man_tail(void);

#endif
