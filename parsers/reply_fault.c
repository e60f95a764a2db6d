/*
 * reply_fault.c - what is wrong with a message, in the codes of answers
 */
#include "parsers/reply_internal.h"

static const struct {
	enum err_code error;
	struct reply_fault fault;
} errors[] = {
#define ERROR(e, contrl, segment, elem, comp, ackres) \
	{ e, { contrl, segment, elem, comp, ackres } },
#define LACKS(what, ackres)
#define DIAGNOSTIC(code, contrl)
#include "parsers/reply.def"
#undef ERROR
#undef LACKS
#undef DIAGNOSTIC
};

static const struct {
	const char *code;
	uint16_t contrl;
} diagnostics[] = {
#define ERROR(e, contrl, segment, elem, comp, ackres)
#define LACKS(what, ackres)
#define DIAGNOSTIC(code, contrl) { code, contrl },
#include "parsers/reply.def"
#undef ERROR
#undef LACKS
#undef DIAGNOSTIC
};

/* Which parts of its key a flight has. */
struct has {
	bool carrier, number, departs, origin;
};

static uint16_t flight_lacks(const struct flight *f)
{
	struct has has = { !str_empty(f->carrier), !str_empty(f->number),
			   moment_is_set(f->departs), !str_empty(f->origin) };

#define ERROR(e, contrl, segment, elem, comp, ackres)
#define LACKS(what, ackres) \
	if (!has.what)      \
		return ackres;
#define DIAGNOSTIC(code, contrl)
#include "parsers/reply.def"
#undef ERROR
#undef LACKS
#undef DIAGNOSTIC
	return 0;
}

struct reply_fault reply_fault_of(const struct parsed *p)
{
	for (size_t i = 0; i < ARRAY_SIZE(errors); i++)
		if (p->error.code == errors[i].error)
			return errors[i].fault;
	return (struct reply_fault){ .ackres =
					     flight_lacks(&p->message.flight) };
}

static uint16_t contrl_code(const struct diag *d)
{
	for (size_t i = 0; i < ARRAY_SIZE(diagnostics); i++)
		if (str_eq(str_of(d->code), str_of(diagnostics[i].code)))
			return diagnostics[i].contrl;
	return 0;
}

/* The number of the segment that byte `byte` is in, UNH being 1. */
static uint32_t position_of(const struct payload *in, const struct parsed *p,
			    uint32_t byte)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < in->claims.nr_segment; i++) {
		uint32_t pos = in->claims.segment[i].span.pos;

		if (pos > byte)
			break;
		n += pos >= p->whole.pos;
	}
	return n;
}

bool reply_place(const struct payload *in, const struct parsed *p, uint32_t *i,
		 uint32_t *position, uint16_t *code)
{
	while (*i < p->nr_diag) {
		const struct diag *d = &p->diag[(*i)++];

		*code = contrl_code(d);
		if (!*code || d->byte < p->whole.pos ||
		    d->byte >= p->whole.pos + p->whole.len)
			continue;
		*position = position_of(in, p, d->byte);
		return true;
	}
	return false;
}
