/*
 * settings.h - a map of a settings file into a struct, by a table of rows
 *
 *	static const struct setting rows[] = {
 *		{ "decision", SETTING_TEXT, offsetof(struct sel, decision), true },
 *		{ "routes",   SETTING_LIST, offsetof(struct sel, routes), false },
 *	};
 *
 * What the table does not know is refused, with line and column. Texts are
 * views into the nodes: they live as long as their arena.
 */
#ifndef LAW_SETTINGS_H
#define LAW_SETTINGS_H

#include "base/yaml.h"

enum setting_kind {
	SETTING_TEXT,	/* struct str, not empty */
	SETTING_LIST,	/* struct text_list of such texts */
	SETTING_DATE,	/* struct date, full */
	SETTING_PERIOD, /* struct period */
	SETTING_BOOL,	/* bool: true or false */
};

struct text_list {
	struct str *item;
	uint32_t nr;
};

struct setting {
	const char *key;
	enum setting_kind kind;
	size_t offset;
	bool required;
};

/*
 * Fill `out` from `map`; members without a key stay as they are. Returns 0,
 * or ERR_SYNTAX for an unknown key or another shape, ERR_VALUE for a value
 * that is none, ERR_USAGE for a missing key. Texts begin "line L, column C".
 */
MUST_CHECK int settings_read(void *out, const struct yaml_node *map,
			     const struct setting *rows, size_t nr,
			     struct arena *a, struct err *e);

/* Store an error at a node: "line L, column C: " and `what`. */
int settings_error(struct err *e, enum err_code code,
		   const struct yaml_node *at, const char *what);

/* Store the error of a key that nobody knows. */
int settings_unknown(struct err *e, const struct yaml_node *n);

/* Read a whole settings file into the arena as a tree; ERR_IO, ERR_SYNTAX. */
MUST_CHECK int settings_load(struct yaml_node **out, const char *path,
			     struct arena *a, struct err *e);

#endif
