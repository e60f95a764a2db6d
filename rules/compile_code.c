/*
 * compile_code.c - predicates get numbers, conditions become code
 */
#include "rules/canonical.h"
#include "rules/compile.h"

static uint32_t number_of(struct compile *c, struct intern *t,
			  const struct expr *n)
{
	buf_clear(&c->key);
	canonical_write(&c->key, n);
	return intern_put(t, 0, buf_view(&c->key));
}

uint32_t compile_slot(struct compile *c, const struct expr *n)
{
	struct program *p = c->program;
	uint32_t nr = p->nr_slots, slot = number_of(c, &c->slots, n);
	const struct expr **to;

	if (slot == nr) {
		to = arena_push(&c->temp, &p->slot, &p->nr_slots, sizeof(*to));
		*to = n;
	}
	return slot;
}

uint32_t compile_atom(struct compile *c, const struct expr *n)
{
	struct program *p = c->program;
	uint32_t nr = p->nr_atoms, number = number_of(c, &c->atoms, n);
	struct atom *to;

	if (number == nr) {
		to = arena_push(&c->temp, &p->atom, &p->nr_atoms, sizeof(*to));
		to->expr = n;
		to->slot = eval_is_against_literals(n)
				   ? compile_slot(c, n->arg[0])
				   : NO_SLOT;
	}
	return number;
}

static uint32_t put(struct compile *c, enum op op, uint32_t arg)
{
	uint32_t *to = arena_push(&c->temp, &c->program->code, &c->nr_code,
				  sizeof(*to));

	*to = arg << OP_BITS | op;
	return c->nr_code - 1;
}

static void put_condition(struct compile *c, const struct expr *n)
{
	bool both = n->kind == EXPR_AND;
	uint32_t jump;

	switch (n->kind) {
	case EXPR_AND:
	case EXPR_OR:
		put_condition(c, n->arg[0]);
		jump = put(c, both ? OP_AND_ELSE : OP_OR_ELSE, 0);
		put_condition(c, n->arg[1]);
		put(c, both ? OP_AND : OP_OR, 0);
		c->program->code[jump] |= c->nr_code << OP_BITS;
		break;
	case EXPR_NOT:
		put_condition(c, n->arg[0]);
		put(c, OP_NOT, 0);
		break;
	default:
		put(c, OP_ATOM, compile_atom(c, n));
		c->program->nr_uses++;
	}
}

uint32_t compile_code(struct compile *c, const struct expr *n)
{
	uint32_t start = c->nr_code;

	put_condition(c, n);
	put(c, OP_END, 0);
	return start;
}
