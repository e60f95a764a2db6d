/*
 * read.h - keys of a YAML map, with faults for what is wrong
 *
 * Shared by the readers of profiles and of the catalogue of offences. Each
 * function notes its faults and gives back a usable empty value.
 */
#ifndef RULES_READ_H
#define RULES_READ_H

#include "base/date.h"
#include "rules/fault.h"

/* "late-cash" of "etc/profiles/late-cash.yaml". */
struct str read_stem(const char *file);

/* Is `n` a map with known keys only? Unknown ones are faults; NULL ends. */
bool read_map(struct faults *f, const struct yaml_node *n,
	      const char *const *keys);

/* A scalar's text, trimmed; absent when there is no such key. */
struct str read_text(struct faults *f, const struct yaml_node *map,
		     const char *key);

/* The same, and a fault `missing` with `code` when absent or empty. */
struct str read_needed(struct faults *f, const struct yaml_node *map,
		       const char *key, enum err_code code,
		       const char *missing);

/* A whole number in [min, max]; `preset` when the key is absent. */
int64_t read_int(struct faults *f, const struct yaml_node *map, const char *key,
		 int64_t min, int64_t max, int64_t preset);

/* A full date; not set when absent or wrong. */
struct date read_date(struct faults *f, const struct yaml_node *map,
		      const char *key);

/* The scalars of a sequence (or one scalar alone), in the arena. */
struct str *read_words(struct faults *f, const struct yaml_node *n,
		       uint32_t *nr);

#endif
