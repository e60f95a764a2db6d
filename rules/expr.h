/*
 * expr.h - an expression as a tree
 *
 * parse.c builds it from text, check.c resolves names and types in place;
 * after that it is const and shared. A second evaluator (a compiler) reads
 * the same tree: everything it needs stands in the nodes.
 * Nodes live in the arena of the profile set; texts point into the
 * expression's text, which lives there, too.
 */
#ifndef RULES_EXPR_H
#define RULES_EXPR_H

#include "base/arena.h"
#include "rules/derived.h"
#include "rules/regex.h"
#include "rules/value.h"

enum expr_kind {
	EXPR_AND, /* arg[0] and arg[1] */
	EXPR_OR,
	EXPR_NOT,      /* not arg[0] */
	EXPR_COMPARE,  /* arg[0] cmp arg[1] */
	EXPR_IN,       /* arg[0] in arg[1], a list */
	EXPR_BETWEEN,  /* arg[0] between arg[1] and arg[2], both included */
	EXPR_CONTAINS, /* arg[0] contains arg[1] */
	EXPR_STARTS_WITH,
	EXPR_ENDS_WITH,
	EXPR_MATCHES, /* arg[0] matches regex */
	EXPR_ADD,     /* arg[0] + arg[1] */
	EXPR_SUB,
	EXPR_MUL,
	EXPR_DIV,
	EXPR_ABS,	 /* abs(arg[0]) */
	EXPR_TO_DECIMAL, /* arg[0], an integer; put in by check.c */
	EXPR_TO_DATE,	 /* arg[0], a time; put in by check.c */
	EXPR_COUNTRY,	 /* country(arg[0]) */
	EXPR_KNOWN,	 /* known(arg[0]): a value or a collection */
	EXPR_ANY,	 /* any(arg[0], arg[1]): a collection and a body */
	EXPR_ALL,
	EXPR_NONE,
	EXPR_COUNT, /* arg[1] may be absent */
	EXPR_SUM,   /* sum(arg[0], arg[1]): a collection and a value */
	EXPR_MIN,
	EXPR_MAX,
	EXPR_AVG,
	EXPR_DISTINCT,
	EXPR_LIST,	 /* [child, child, ...] */
	EXPR_LITERAL,	 /* value; before check.c also bare words */
	EXPR_NAME,	 /* only before check.c */
	EXPR_FIELD,	 /* field of the record at `base` */
	EXPR_COLLECTION, /* the array `field` of the record at `base` */
	EXPR_NOW,	 /* subject.screened_at */
};

/* Where a path begins. */
enum expr_base {
	BASE_MESSAGE,
	BASE_FLIGHT,
	BASE_BOOKING,
	BASE_TRAVELLER,
	BASE_TRIP,    /* derived fields of the trip */
	BASE_PAST,    /* of earlier bookings */
	BASE_ELEMENT, /* the element of the collection at `depth` */
	BASE_OTHERS,  /* co_travellers */
};

enum {
	EXPR_MAX_TEXT = 4096,
	EXPR_MAX_DEPTH = 40,
	EXPR_MAX_NESTING = 4,  /* collections within collections */
	EXPR_MAX_NODES = 4096, /* with all definitions unfolded */
	EXPR_NO_ZONE = -1,
};

struct expr {
	enum expr_kind kind;
	enum type type;	     /* of its result, after check.c */
	enum compare_op cmp; /* EXPR_COMPARE */
	size_t pos, len;     /* where it stands in the text */
	struct str text;     /* EXPR_NAME, EXPR_LITERAL: as written */
	bool quoted;	     /* EXPR_LITERAL: between quotes */
	struct expr *arg[3];
	struct expr *child, *next; /* EXPR_LIST: elements */
	struct value value;	   /* EXPR_LITERAL */
	struct regex *regex;	   /* EXPR_MATCHES */
	/* EXPR_FIELD and EXPR_COLLECTION */
	const struct field *field;     /* NULL for co_travellers */
	const struct derived *derived; /* a derived field's function */
	enum expr_base base;
	uint8_t depth;	    /* BASE_ELEMENT: 0 is the outermost */
	size_t offset;	    /* of the member from the base */
	ptrdiff_t zone;	    /* LOCAL: from the base to its airport */
	const char *record; /* EXPR_COLLECTION: record of the elements */
};

#endif
