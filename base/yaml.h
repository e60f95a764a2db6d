/*
 * yaml.h - a YAML file as a tree that remembers lines and columns
 *
 * Scalars stay text, as the author wrote them: what `no` or 0123 means is for
 * the reader of the key to say. Duplicate keys, anchors, tags and several
 * documents in one file are refused. libyaml is named in yaml.c only.
 *
 *	struct yaml_node *doc;
 *	rc = yaml_read(&doc, &arena, text, &e);
 *	const struct yaml_node *n = yaml_get(doc, STR("purpose"));
 *
 * Lifetime: nodes live in the arena and copy the text. Threads: read-only
 * after yaml_read().
 */
#ifndef BASE_YAML_H
#define BASE_YAML_H

#include "base/arena.h"
#include "base/err.h"

enum yaml_kind { YAML_SCALAR, YAML_SEQ, YAML_MAP };

enum {
	YAML_MAX_DEPTH = 32,
	YAML_MAX_NODES = 100000,
};

struct yaml_node {
	enum yaml_kind kind;
	uint32_t line, column;	       /* of its first character, from 1 */
	uint32_t end_line, end_column; /* YAML_SCALAR: behind its last one */
	bool quoted;		       /* a scalar in ' or ", or a block */
	bool block;		       /* a scalar of lines: | or > */
	bool plain_inline; /* scalar text stands unescaped on its line, so
				 * column + n is the column of text byte n */
	struct str text;   /* YAML_SCALAR */
	struct str key;	   /* its key, when the parent is a map */
	uint32_t key_line, key_column;
	uint32_t nr;			/* children of a map or a seq */
	struct yaml_node *child, *next; /* first child; next sibling */
};

/*
 * Parse `text`. Returns 0 and sets *out, or ERR_SYNTAX / ERR_LIMIT whose text
 * begins "line L, column C: ". An empty document gives an empty map.
 */
MUST_CHECK int yaml_read(struct yaml_node **out, struct arena *a,
			 struct str text, struct err *e);

/* The value under `key` of a map, or NULL (also when `n` is not a map). */
const struct yaml_node *yaml_get(const struct yaml_node *n, struct str key);

#endif
