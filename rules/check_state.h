/*
 * check_state.h - what the parts of the checker share
 *
 * check.c resolves names and walks, check_kind.c knows each kind of node,
 * check_unify.c types. Used by these three only. All return 0 or the code of
 * the error that they stored in c->e.
 */
#ifndef RULES_CHECK_STATE_H
#define RULES_CHECK_STATE_H

#include "rules/check.h"
#include "rules/name.h"

struct check {
	const struct check_rules *rules;
	struct name_scope scope;
	struct err *e;
	bool reads;	   /* something of the traveller is read */
	uint32_t nr_nodes; /* copied from constants and definitions */
};

/* A value error at a node. */
int check_fail(struct check *c, const struct expr *n, const char *what);

/* A bare word that is no name and meets no type; with the nearest name. */
int check_no_such_name(struct check *c, const struct expr *n);

/* Still without a type: the other side decides. */
bool check_is_open(const struct expr *n);

/* The field a node reads, or NULL. */
const struct field *check_field_of(const struct expr *n);

/* Text or code: they may be compared with each other. */
bool check_is_plain_text(enum type t);

/* Give a literal its type; `f` is the field it meets, or NULL. */
int check_set(struct check *c, struct expr *n, enum type want,
	      const struct field *f);

/* Put a conversion above *np. */
void check_convert(struct check *c, struct expr **np, enum expr_kind kind,
		   enum type type);

/* Bring two sides to one type; of the second, both have types already. */
int check_unify(struct check *c, struct expr **a, struct expr **b);
int check_unify_typed(struct check *c, struct expr **a, struct expr **b);

/* Resolve and type a node; bare words and lists come back without type. */
int check_node(struct check *c, struct expr **np);
/* The same, and it is a value: no collection, no list. */
int check_value(struct check *c, struct expr **np);
/* The same, and no constant. */
int check_subject(struct check *c, struct expr **np);
/* The same, and it is a condition. */
int check_bool(struct check *c, struct expr **np);

/* The name behind `in`: the list it stands for takes its place. */
int check_list_name(struct check *c, struct expr **np, const struct expr *left);

/* One for each kind of node: checks the arguments, sets n->type if needed. */
int check_compare(struct check *c, struct expr *n);
int check_in(struct check *c, struct expr *n);
int check_between(struct check *c, struct expr *n);
int check_part(struct check *c, struct expr *n);
int check_sum(struct check *c, struct expr *n);
int check_abs(struct check *c, struct expr *n);
int check_known(struct check *c, struct expr *n);
int check_country(struct check *c, struct expr *n);
int check_collection(struct check *c, struct expr *n);

#endif
