/*
 * comment.h - the comments of a YAML file, and what each speaks of
 *
 * Comments are no part of the tree. A line of its own speaks of the next
 * place behind it, one behind something of the last place that begins on its
 * line or before. Places are what gets a line of its own in the canonical
 * form (format.c): keys, and items of lists.
 *
 * Lifetime: in the arena; texts are views of the source. Threads: one.
 */
#ifndef RULES_COMMENT_H
#define RULES_COMMENT_H

#include "base/yaml.h"
#include "rules/intern.h"

struct comment {
	struct str text; /* "# ...", without blanks at its end */
	struct comment *next;
};

/* A key or an item, in the order of the file. */
struct place {
	uint32_t line;
	struct comment *above;	/* lines of their own */
	struct comment *behind; /* NULL, or one */
};

struct comments {
	struct arena *arena;
	struct place *place;
	uint32_t nr_places;
	struct intern index;   /* of nodes, to numbers of places */
	struct comment *below; /* behind the last place */
	uint32_t nr;	       /* comments in all */
};

/* Add a place; call in the order of the file. */
void comments_place(struct comments *c, const struct yaml_node *n,
		    uint32_t line);

/* Find the comments of `source`, whose tree is `doc`, for the places added. */
void comments_find(struct comments *c, struct str source,
		   const struct yaml_node *doc);

/* The place of a node, or NULL. */
const struct place *comments_of(const struct comments *c,
				const struct yaml_node *n);

#endif
