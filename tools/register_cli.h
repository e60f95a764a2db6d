/*
 * register_cli.h - what `paxgate account` and `paxgate authority` share
 */
#ifndef TOOLS_REGISTER_CLI_H
#define TOOLS_REGISTER_CLI_H

#include "db/registers.h"
#include "engine/config.h"
#include "tools/opt.h"

#include <stdio.h>

/* Where a register is: as options and settings say. */
struct register_at {
	const char *config_file, *database; /* NULL: the presets */
};

/* Connect to it; settings and texts live in the arena. */
MUST_CHECK int register_open(struct pg **pg, const struct register_at *at,
			     struct arena *a, struct err *e);

/*
 * The verb `end`, its options read: argv[first] is to be the one that gets its
 * last day, `on` or today, by end(). Returns the exit code, after a message.
 */
int register_end(const struct opt_usage *usage, int argc, char **argv,
		 int first, const struct register_at *at, const char *on,
		 int (*end)(struct pg *pg, struct str id, int32_t last,
			    struct err *e));

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
