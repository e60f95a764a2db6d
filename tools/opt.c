#include "tools/opt.h"

#include "base/str.h"
#include "tools/opt_help.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { HELP_SHOWN = -1, WRONG = -2 };

int opt_wrong(const struct opt_usage *u, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "paxgate %s: ", u->command);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, "\ntry 'paxgate %s --help'\n", u->command);
	return 2;
}

int opt_exit(int rc)
{
	return rc == HELP_SHOWN ? 0 : 2;
}

static const struct opt *find(const struct opt_usage *u, const char *arg)
{
	struct str s = str_of(arg + 2), name = str_split(&s, '=');

	for (const struct opt *o = u->opts; o->name; o++) {
		if (arg[1] == '-' && str_eq(name, str_of(o->name)))
			return o;
		if (arg[1] != '-' && o->letter && arg[1] == o->letter &&
		    !arg[2])
			return o;
	}
	return NULL;
}

static int store(const struct opt_usage *u, const struct opt *o,
		 const char *value)
{
	if (o->kind == OPT_TEXT) {
		*(const char **)o->to = value;
		return 0;
	}
	if (!str_to_i64(str_of(value), (int64_t *)o->to)) {
		opt_wrong(u, "--%s needs a whole number, not '%s'", o->name,
			  value);
		return WRONG;
	}
	return 0;
}

/* One option at argv[*i]; moves *i to its last word. */
static int take(const struct opt_usage *u, int argc, char **argv, int *i)
{
	const char *arg = argv[*i], *eq = strchr(arg, '=');
	const struct opt *o;

	if (opt_help(u, arg))
		return HELP_SHOWN;
	o = find(u, arg);
	if (!o) {
		opt_wrong(u, "there is no option '%s'", arg);
		return WRONG;
	}
	if (o->kind == OPT_FLAG) {
		if (eq) {
			opt_wrong(u, "--%s takes no value", o->name);
			return WRONG;
		}
		*(bool *)o->to = true;
		return 0;
	}
	if (arg[1] == '-' && eq)
		return store(u, o, eq + 1);
	if (*i + 1 >= argc) {
		opt_wrong(u, "--%s needs a value: %s", o->name, o->arg);
		return WRONG;
	}
	return store(u, o, argv[++*i]);
}

int opt_parse(const struct opt_usage *u, int argc, char **argv)
{
	int operands = 0; /* moved to argv[1..operands] as we go */

	for (int i = 1; i < argc; i++) {
		bool is_option = argv[i][0] == '-' && argv[i][1];
		int rc;

		if (!strcmp(argv[i], "--")) {
			while (++i < argc)
				argv[1 + operands++] = argv[i];
			break;
		}
		if (!is_option) {
			argv[1 + operands++] = argv[i];
			continue;
		}
		rc = take(u, argc, argv, &i);
		if (rc)
			return rc;
	}
	/* behind them, at the end of argv: what the caller loops over */
	memmove(argv + argc - operands, argv + 1,
		(size_t)operands * sizeof(*argv));
	return argc - operands;
}
