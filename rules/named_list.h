/*
 * named_list.h - lists of airports, countries, agencies that profiles name
 *
 *	any(trip.stops, airport in transit_hubs)
 *
 * A list is a YAML file of its own, with an owner, a basis and a last day:
 * what stands in it is a criterion like any other. doc/profiles.md describes
 * it. A list holds no persons and nothing sensitive: refused with the article.
 *
 * Lifetime: lists live until named_lists_free(); profiles that name them
 * borrow them. Threads: read-only once loaded.
 */
#ifndef RULES_NAMED_LIST_H
#define RULES_NAMED_LIST_H

#include "rules/expr.h"
#include "rules/fault.h"
#include "rules/validity.h"

enum {
	LIST_MAX_VALUES = 1000,
	LIST_MAX_BYTES = 64 * 1024,
	LIST_MAX_FILES = 1000, /* in a folder */
};

struct list_kind; /* airports, countries, agencies, carriers, codes */

struct named_list {
	struct str name; /* the file's name without .yaml */
	const struct list_kind *kind;
	struct str title, owner, basis;
	struct validity valid;
	struct str *value;
	uint32_t nr;
	struct expr *literals; /* the values as [A, B]: EXPR_LIST */
	struct str content;    /* the file's bytes: hash these */
};

struct named_lists {
	struct arena arena;
	const struct named_list **list; /* sorted by name */
	uint32_t nr;
};

/* A list that an expression names. */
struct list_use {
	const struct named_list *list;
	const struct list_use *next;
};

/*
 * Read one list. Returns 0 and sets *out, or the code of the first fault (a
 * legal one before others), with all of them in `faults`. In `a`.
 */
MUST_CHECK int named_list_read(struct named_list **out, const char *file,
			       struct str text, struct arena *a,
			       struct faults *faults, struct err *e);

/*
 * Load all *.yaml of a folder; "" gives no lists. Returns 0, ERR_IO,
 * ERR_LIMIT, or the first fault: one bad list refuses them all.
 */
MUST_CHECK int named_lists_load(struct named_lists **out, const char *dir,
				struct err *e);
/* The same from texts, sorted by name; `file` names are those of lists. */
struct list_text {
	const char *file; /* "transit_hubs.yaml" */
	struct str text;
};
MUST_CHECK int named_lists_read(struct named_lists **out,
				const struct list_text *text, size_t nr,
				struct err *e);
/* Free them; NULL is fine. */
void named_lists_free(struct named_lists *l);

/* The list of a name, or NULL. `l` may be NULL. */
const struct named_list *named_list_find(const struct named_lists *l,
					 struct str name);
/* The name most like `name`, or absent. */
struct str named_list_nearest(const struct named_lists *l, struct str name);

/* "airports", ... */
const char *named_list_kind(const struct named_list *l);

/*
 * May the list stand behind `... in`, with a value of type `t` that is read
 * from field `f` (or NULL) before it? Else why not, as an end to "list 'x'".
 */
const char *named_list_misfit(const struct named_list *l, enum type t,
			      const struct field *f);

#endif
