/*
 * hits_sheet.h - a hit's evidence on paper, with a note of what is on it
 *
 * The views of hits_profile.c and hits_match.c put members of the evidence
 * where a reviewer looks for them; whatever they do not put, of whatever
 * shape, is printed at the end by hits_rest(). So a view cannot hide anything.
 *
 *	struct hits_sheet s = { .out = &buf };
 *	hits_put(&s, s.out, traveller, "sex");
 *	hits_rest(&s, evidence);
 *	hits_sheet_release(&s);
 *
 * A column is a buf whose lines end in '\n'; texts of others cannot break it,
 * as their control characters become '?'. A member that is not there prints
 * as "-". Threads: a sheet belongs to one.
 */
#ifndef TOOLS_HITS_SHEET_H
#define TOOLS_HITS_SHEET_H

#include "base/buf.h"
#include "base/json.h"

enum {
	HITS_LABEL = 14, /* columns of the names at the left */
	HITS_SIDE = 36,	 /* of each of two sides */
	HITS_LINE = 100,
};

/* One member or element that stands on the sheet. */
struct hits_shown {
	const struct json_node *parent;
	const char *key; /* NULL: the element `index` */
	size_t index;
};

struct hits_sheet {
	struct buf *out;	  /* borrowed */
	struct hits_shown *shown; /* owned */
	size_t nr, cap;
};

/* Free the note; `out` stays. */
void hits_sheet_release(struct hits_sheet *s);

/* Append a text of others; control characters become '?'. */
void hits_text(struct buf *to, struct str text);

/* How many columns a text takes: its code points. */
int hits_width(struct str text);

/* Append a cell and blanks up to `width` (a blank at least); empties it. */
void hits_cell(struct buf *to, struct buf *cell, int width);

/* Append any value on one line: a text bare, a list with commas. */
void hits_value(struct buf *to, const struct json_node *n);

/* A member that will be printed whole by the caller. `key` stays valid. */
const struct json_node *hits_take(struct hits_sheet *s,
				  const struct json_node *parent,
				  const char *key);

/* Append a member's value to `to`. */
void hits_put(struct hits_sheet *s, struct buf *to,
	      const struct json_node *parent, const char *key);

/* Append "+25"; what is not an integer as it stands. */
void hits_put_points(struct hits_sheet *s, struct buf *to,
		     const struct json_node *parent, const char *key);

/* The elements of a list that will be walked; NULL when it is none. */
const struct json_node *hits_list(struct hits_sheet *s,
				  const struct json_node *parent,
				  const char *key);

/* The element `i` will be printed whole by the caller. */
void hits_take_at(struct hits_sheet *s, const struct json_node *list, size_t i);

/* Print a heading in a line of its own, a blank one above. */
void hits_heading(struct hits_sheet *s, const char *title);

/* Print "  label  ", where a line begins. */
void hits_label(struct hits_sheet *s, const char *label);

/* Print "  label  value", then `remark`: the usual line. */
void hits_row(struct hits_sheet *s, const char *label,
	      const struct json_node *parent, const char *key,
	      const char *remark);

/* Print a column under a label at its first line; empties it. */
void hits_column(struct hits_sheet *s, const char *label, struct buf *lines);

/* The same of three columns beside each other. */
void hits_columns(struct hits_sheet *s, const char *label, struct buf *left,
		  struct buf *right, struct buf *tail);

/* Print all that is in `evidence` and not on the sheet: "path = value". */
void hits_rest(struct hits_sheet *s, const struct json_node *evidence);

#endif
