/*
 * list_kind.h - what a named list may hold: one row for each kind
 *
 * Used by named_list.c only.
 */
#ifndef RULES_LIST_KIND_H
#define RULES_LIST_KIND_H

#include "rules/expr.h"
#include "rules/read.h"

struct list_kind;

/* `kind:` of a list's file; NULL and a fault when it is none. */
const struct list_kind *list_kind_read(struct faults *f,
				       const struct yaml_node *doc);

/* Is a value of that form, and lawful? Returns 0 or the fault's code. */
int list_kind_check(const struct list_kind *k, struct faults *f,
		    const struct yaml_node *value);

/* "airports", ... */
const char *list_kind_name(const struct list_kind *k);

/* See named_list_misfit(). */
const char *list_kind_misfit(const struct list_kind *k, enum type t,
			     const struct field *f);

#endif
