/*
 * xml.h - the records of an XML file, each as a small tree
 *
 * For files that hold one element for each person or thing, as published lists
 * do: a record is read, handed over and forgotten, so that a file of any
 * length takes the room of its longest record. Elements outside of records,
 * attributes, comments and namespaces are passed over.
 *
 *	static const char *const records[] = { "INDIVIDUAL", NULL };
 *	rc = xml_read_records(text, records, on_record, &reading, &e);
 *
 * A document type definition is refused, and so are entities other than XML's
 * five: a file from outside must not make us read others, or swell. expat is
 * named in xml.c only.
 *
 * Threads: none of its own.
 */
#ifndef BASE_XML_H
#define BASE_XML_H

#include "base/arena.h"
#include "base/err.h"

enum {
	XML_DEPTH = 16,	      /* of a record's elements */
	XML_NODES = 4096,     /* elements of a record */
	XML_RECORD = 1 << 20, /* bytes of a record's texts */
	XML_NESTING = 64,     /* of all elements */
};

struct xml_node {
	struct str name;
	struct str text; /* its own, as UTF-8, without blanks at the ends */
	size_t line;	 /* where it begins, from 1 */
	struct xml_node *child, *next; /* first child; next sibling */
};

/*
 * Called for each record; `n` lives until the call returns. An error ends the
 * reading and is passed on.
 */
typedef int xml_handler(void *ctx, const struct xml_node *n, struct err *e);

/*
 * Read all elements named in `record` (ended by NULL), which do not nest.
 * Returns 0; ERR_SYNTAX for what is not well-formed or has a document type,
 * ERR_LIMIT beyond the limits above, both beginning "line L: "; ERR_NOMEM; or
 * the handler's error.
 */
MUST_CHECK int xml_read_records(struct str text, const char *const *record,
				xml_handler *handler, void *ctx, struct err *e);

/* The first child of that name from `n` on, or NULL; `n` may be NULL. */
const struct xml_node *xml_child(const struct xml_node *n, const char *name);

/* The next sibling of the same name, or NULL. */
const struct xml_node *xml_next(const struct xml_node *n);

/* The text of a child; absent when there is none, or nothing in it. */
struct str xml_text(const struct xml_node *n, const char *name);

#endif
