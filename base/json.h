/*
 * json.h - reading JSON text: evidence, truth files
 *
 * A tree of opaque nodes over jansson, which is named in json.c only. The
 * reading functions take NULL for "not there" and pass it on, so paths need
 * no checks in between:
 *
 *	struct json_node *doc;
 *	rc = json_read(&doc, text, &e);
 *	surname = json_node_text(json_node_get(doc, "surname"));
 *	...
 *	json_node_free(doc);
 *
 * (json_write.h writes JSON. Names here begin with json_node where jansson
 * exports the shorter one.)
 * Lifetime: nodes and texts live as long as the document. Threads: read-only
 * once read.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/err.h"
#include "base/str.h"

struct json_node;

enum json_kind {
	JSON_KIND_NULL, /* also of NULL */
	JSON_KIND_BOOL,
	JSON_KIND_INT,
	JSON_KIND_DECIMAL,
	JSON_KIND_TEXT,
	JSON_KIND_ARRAY,
	JSON_KIND_OBJECT,
};

/*
 * Read one JSON value that fills `text`. Returns 0 and an owned *out, or
 * ERR_SYNTAX at the byte where it goes wrong: also for a key that stands
 * twice in an object, for text that is not UTF-8 or holds a NUL. The error
 * quotes nothing.
 */
MUST_CHECK int json_read(struct json_node **out, struct str text,
			 struct err *e);

/*
 * The text of a member's value in the text of an object, borrowed; absent:
 * there is none. For text that paxgate wrote, without a blank between: it is
 * looked over, not checked, and what comes out is for json_read().
 *
 *	json_skim(json_skim(evidence, "match"), "record")
 */
struct str json_skim(struct str object, const char *key);

/* Free a document: what json_read() gave, not a part of it. NULL is fine. */
void json_node_free(struct json_node *doc);

/* What the node is. */
enum json_kind json_node_kind(const struct json_node *n);

/* The member of an object, or NULL. */
const struct json_node *json_node_get(const struct json_node *n,
				      const char *key);

/* A text, or an absent view. */
struct str json_node_text(const struct json_node *n);

/* An integer. False: it is none, *out untouched. */
MUST_CHECK bool json_node_int(const struct json_node *n, int64_t *out);

/* true; false for everything else. */
bool json_node_is_true(const struct json_node *n);

/* Elements of an array or members of an object; 0 for the rest. */
size_t json_node_nr(const struct json_node *n);

/* The i-th element of an array, or NULL. */
const struct json_node *json_node_at(const struct json_node *n, size_t i);

/*
 * Members of an object in the order of the text: *iter begins as NULL; returns
 * the next one and its key, or NULL at the end.
 *
 *	void *iter = NULL;
 *	while ((m = json_node_next(n, &iter, &key)))
 */
const struct json_node *json_node_next(const struct json_node *n, void **iter,
				       const char **key);

/*
 * Append any node to `out` as JSON on one line, members in their order.
 * Failures stick in the buf.
 */
struct buf;
void json_node_write(struct buf *out, const struct json_node *n);

#endif
