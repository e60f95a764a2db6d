/*
 * fault.h - what is wrong in a file that people write, all of it
 *
 * A reader goes on after a mistake, so that an author sees every one at
 * once. A fault knows its place; fault_write() shows the line with a caret.
 * Everything lives in the arena. Threads: one per list.
 */
#ifndef RULES_FAULT_H
#define RULES_FAULT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/yaml.h"

struct fault {
	enum err_code code;    /* ERR_SYNTAX, ERR_VALUE, ERR_LIMIT, ERR_LEGAL */
	uint32_t line, column; /* from 1 */
	struct str text;
};

struct faults {
	struct arena *arena;
	struct str source; /* the file's text, borrowed */
	struct fault *fault;
	uint32_t nr;
};

/* Add one at a line and column. Returns `code`. */
int fault_add(struct faults *f, enum err_code code, uint32_t line,
	      uint32_t column, const char *fmt, ...) PRINTF(5, 6);

/* Add one at a node: its value. Returns `code`. */
int fault_at(struct faults *f, enum err_code code, const struct yaml_node *n,
	     const char *fmt, ...) PRINTF(4, 5);

/* Add one at the key of a node in a map. Returns `code`. */
int fault_at_key(struct faults *f, enum err_code code,
		 const struct yaml_node *n, const char *fmt, ...) PRINTF(4, 5);

/*
 * Add an error whose pos is a byte of the scalar's text: works out where that
 * byte stands in the file, through quotes, folds and block scalars.
 */
int fault_in_scalar(struct faults *f, const struct yaml_node *n,
		    const struct err *inner);

/* Add what yaml_read() said, "line L, column C: ...". */
int fault_of_yaml(struct faults *f, const struct err *inner);

/*
 * "etc/p.yaml:12:8: text", then the line and a caret under the place, each
 * on its own line.
 */
void fault_write(struct buf *out, const char *file, const struct faults *list,
		 const struct fault *f);

/* The first (a legal one before others) as an error "file:L:C: text". */
int faults_err(const struct faults *list, const char *file, struct err *e);

#endif
