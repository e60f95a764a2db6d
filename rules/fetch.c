#include "rules/fetch.h"

enum { LINE = 64, MOST = 6 }; /* bytes; elements of a collection */

static void fetch(const void *at, size_t len)
{
	const char *p = at;

	for (size_t i = 0; p && i < len; i += LINE)
		__builtin_prefetch(p + i);
}

static uint32_t few(uint32_t nr)
{
	return nr < MOST ? nr : MOST;
}

void fetch_subject(const struct subject *s)
{
	fetch(s->flight, sizeof(*s->flight));
	fetch(s->booking, sizeof(*s->booking));
	fetch(s->traveller, sizeof(*s->traveller));
}

void fetch_parts(const struct subject *s)
{
	const struct booking *b = s->booking;

	if (s->flight) {
		fetch(s->flight->origin.ptr, 1);
		fetch(s->flight->destination.ptr, 1);
	}
	if (!b)
		return;
	fetch(b->legs, few(b->nr_legs) * sizeof(*b->legs));
	fetch(b->payments, few(b->nr_payments) * sizeof(*b->payments));
}
