/*
 * eval.h - the reference evaluator: walks the checked tree, three-valued
 *
 * Plain on purpose: a compiled evaluator is held equal to it. Evaluation
 * cannot fail; what is not known is unknown. No allocation, no clock, no
 * locale. The rules for collections and intervals stand in doc/profiles.md.
 */
#ifndef RULES_EVAL_H
#define RULES_EVAL_H

#include "rules/expr.h"
#include "rules/trip.h"

enum {
	EVAL_MAX_DERIVED = 64,
	EVAL_MAX_DISTINCT = 64, /* elements; of more the count is unknown */
};

struct trace;

/* All that an evaluation needs; one per thread and traveller. */
struct eval {
	const struct rules_context *context;
	const struct subject *subject;
	struct regex_scratch *regex;
	struct trace *trace; /* NULL: do not note what was read */
	const void *element[EXPR_MAX_NESTING]; /* of the collections around */
	uint32_t index[EXPR_MAX_NESTING];
	const struct expr *collection[EXPR_MAX_NESTING];
	uint8_t nr_elements;
	struct value derived[EVAL_MAX_DERIVED]; /* of the subject, once read */
	bool has_derived[EVAL_MAX_DERIVED];
	struct trip trip; /* of the subject, once read */
};

/* Begin with a traveller. All borrowed until the next call. */
void eval_start(struct eval *v, const struct rules_context *c,
		const struct subject *s, struct regex_scratch *regex);

/* Evaluate a condition. */
enum tri eval_bool(struct eval *v, const struct expr *n);

/* Evaluate a value; VALUE_UNKNOWN where it is not known. */
struct value eval_value(struct eval *v, const struct expr *n);

/* Is it a comparison, `in` or `between`, and all but its first side literal? */
bool eval_is_against_literals(const struct expr *n);

/*
 * A comparison, `in` or `between` whose other sides are literals, with the
 * value of its first side at hand.
 */
enum tri eval_against(const struct expr *n, const struct value *a);

/*
 * Call `each` within every element of a collection, as its body would be
 * evaluated. Not at all when it is empty or not known.
 */
void eval_elements(struct eval *v, const struct expr *collection,
		   void (*each)(struct eval *v, void *arg), void *arg);

/* Does the message tell what is in a collection? */
bool eval_collection_known(struct eval *v, const struct expr *collection);

/* any, all, none (a truth), and count, sum, min, max, ... (a value). */
enum tri eval_quantifier(struct eval *v, const struct expr *n);
struct value eval_aggregate(struct eval *v, const struct expr *n);

#endif
