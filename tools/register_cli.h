/*
 * register_cli.h - what `paxgate account` and `paxgate authority` share
 */
#ifndef TOOLS_REGISTER_CLI_H
#define TOOLS_REGISTER_CLI_H

#include "db/registers.h"
#include "tools/opt.h"

#include <stdio.h>

/*
 * A day given on the command line, or `preset` when `text` is NULL. Returns 0
 * or the exit code after a message; `option` is for that.
 */
MUST_CHECK int register_day(int32_t *out, const char *text, int32_t preset,
			    const char *option, const struct opt_usage *u);

/* Today, UTC, in days. */
int32_t register_today(void);

/* "2026-11-22" or "-" for 0, ended by a NUL. */
struct day_text {
	char text[16];
};
struct day_text register_day_text(int32_t day);

/* Valid today? */
bool register_is_valid(int32_t from, int32_t until);

/*
 * Read authorities of a YAML file like etc/authorities.yaml; what has no
 * `kind` is competent. Rows live in the arena. Errors name file and line.
 */
MUST_CHECK int register_file(struct authority **out, uint32_t *nr,
			     const char *path, struct arena *a, struct err *e);

#endif
