#include "tools/message_file.h"

int message_file_read(struct message_file *f, const char *path, struct err *e)
{
	int rc = buf_read_file(&f->bytes, path,
			       PARSE_LIMITS_DEFAULT.message_bytes, e);

	if (!rc)
		rc = intake_read(&f->intake, buf_view(&f->bytes),
				 &PARSE_LIMITS_DEFAULT, &f->arena, e);
	for (uint32_t i = 0; !rc && i < f->intake.payload.nr_parsed; i++) {
		const struct err *inner = &f->intake.payload.parsed[i].error;

		if (inner->code)
			rc = err_at(e, inner->code, inner->pos, "%s",
				    inner->text);
	}
	return rc;
}

void message_file_release(struct message_file *f)
{
	arena_release(&f->arena);
	buf_release(&f->bytes);
}

/* Those of a list (PAXLST) who have the same record locator. */
static void take_others(struct subject *out, struct arena *a,
			const struct traveller *t, uint32_t nr,
			struct str locator)
{
	const struct traveller **other = arena_alloc(a, nr * sizeof(*other));

	out->co_traveller = other;
	for (uint32_t i = 0; i < nr; i++)
		if (&t[i] != out->traveller && str_eq(t[i].locator, locator))
			other[out->nr_co_travellers++] = &t[i];
}

static bool from_booking(const struct booking *b, uint32_t *nr, struct arena *a,
			 struct subject *out)
{
	const struct traveller **other;

	if (*nr > b->nr_travellers) {
		*nr -= b->nr_travellers;
		return false;
	}
	out->booking = b;
	out->traveller = &b->travellers[*nr - 1];
	other = arena_alloc(a, b->nr_travellers * sizeof(*other));
	out->co_traveller = other;
	for (uint32_t i = 0; i < b->nr_travellers; i++)
		if (&b->travellers[i] != out->traveller)
			other[out->nr_co_travellers++] = &b->travellers[i];
	return true;
}

bool message_subject(const struct message *m, uint32_t *nr, struct arena *a,
		     struct subject *out)
{
	*out = (struct subject){ .message = m,
				 .flight = &m->flight,
				 .screened_at = m->sent_at };
	for (uint32_t i = 0; i < m->nr_bookings; i++)
		if (from_booking(&m->bookings[i], nr, a, out))
			return true;
	if (*nr > m->nr_travellers) {
		*nr -= m->nr_travellers;
		return false;
	}
	out->traveller = &m->travellers[*nr - 1];
	if (out->traveller->locator.len)
		take_others(out, a, m->travellers, m->nr_travellers,
			    out->traveller->locator);
	return true;
}

bool message_file_subject(struct message_file *f, uint32_t nr,
			  struct subject *out)
{
	for (uint32_t i = 0; i < f->intake.payload.nr_parsed; i++)
		if (message_subject(&f->intake.payload.parsed[i].message, &nr,
				    &f->arena, out))
			return true;
	return false;
}
