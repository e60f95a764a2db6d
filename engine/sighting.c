#include "engine/sighting.h"

#include "base/docnumber.h"
#include "law/scope.h"

#include <string.h>

bool sighting_is_passenger(const struct message *m, const struct traveller *t)
{
	return scope_traveller(t->type) && !str_starts(m->function, STR("655"));
}

/*
 * Letters alone, upper case: blanks, hyphens, apostrophes and the way a name
 * is cut into fields differ between a booking and a document.
 */
static struct str fold(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (c >= 'a' && c <= 'z')
			c = (char)(c - 32);
		if ((c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80)
			out[n++] = c;
	}
	return (struct str){ out, n };
}

/* "001" and "1" are one reference (PNRGOV senders pad as they like). */
static struct str strip_zeros(struct str s)
{
	while (s.len > 1 && s.ptr[0] == '0')
		s = str_slice(s, 1, s.len);
	return s;
}

/*
 * Who it is within flight and source. A booking: locator and reference, or
 * name. API: the carrier's own reference, else document, else name and birth.
 */
static struct str make_identity(struct arena *a, const struct sighting *s,
				const struct traveller *t)
{
	if (s->source == SIGHTING_PNR && !str_empty(t->ref))
		return arena_fmt(a, "P|" STR_FMT "|" STR_FMT,
				 STR_ARG(s->locator),
				 STR_ARG(strip_zeros(t->ref)));
	if (s->source == SIGHTING_PNR)
		return arena_fmt(a, "P|" STR_FMT "|" STR_FMT "/" STR_FMT,
				 STR_ARG(s->locator), STR_ARG(s->surname),
				 STR_ARG(s->given));
	if (!str_empty(t->carrier_id))
		return arena_fmt(a, "A|I|" STR_FMT, STR_ARG(t->carrier_id));
	if (s->nr_document)
		return arena_fmt(a, "A|D|" STR_FMT, STR_ARG(s->document[0]));
	return arena_fmt(a, "A|N|" STR_FMT "|" STR_FMT "/" STR_FMT "|%d-%d-%d",
			 STR_ARG(s->locator), STR_ARG(s->surname),
			 STR_ARG(s->given), s->birth_date.year,
			 s->birth_date.month, s->birth_date.day);
}

/* Does a change of passenger data name somebody and change nothing? */
static bool is_bare(const struct message *m, const struct traveller *t)
{
	return str_eq(m->function, STR("745:CP")) && !t->nr_documents &&
	       !t->nr_visas && !date_is_set(t->birth_date) && !t->sex.ptr &&
	       !t->nationality.ptr;
}

/* Locators in further systems: of the booking, or stated with API data. */
static void add_aliases(struct sighting *out, const struct locator *l,
			uint32_t nr, struct arena *a)
{
	out->alias = arena_alloc(a, nr * sizeof(*out->alias) + 1);
	for (uint32_t i = 0; i < nr; i++) {
		struct str v = docnumber_fold(a, l[i].value);

		if (!str_empty(v) && !str_eq(v, out->locator))
			out->alias[out->nr_alias++] = v;
	}
}

void sighting_make(struct sighting *out, enum sighting_source source,
		   const struct parsed *p, const struct booking *b,
		   const struct traveller *t, uint32_t index, struct arena *a)
{
	*out = (struct sighting){ .source = source,
				  .sent_at = p->message.sent_at,
				  .revision = p->message.revision.set
						      ? p->message.revision.v
						      : 0,
				  .bare = !b && is_bare(&p->message, t),
				  .index = index,
				  .birth_date = t->birth_date };
	out->locator = docnumber_fold(a, b ? b->locator : t->locator);
	if (b)
		add_aliases(out, b->locators, b->nr_locators, a);
	else
		add_aliases(out, t->locators, t->nr_locators, a);
	out->surname = fold(a, t->surname);
	out->given = fold(a, t->given);
	out->carrier_id = t->carrier_id;
	out->document =
		arena_alloc(a, t->nr_documents * sizeof(*out->document) + 1);
	for (uint32_t i = 0; i < t->nr_documents; i++) {
		struct str n = docnumber_fold(a, t->documents[i].number);

		if (!str_empty(n))
			out->document[out->nr_document++] = n;
	}
	out->identity = make_identity(a, out, t);
}

void sighting_copy(struct sighting *out, const struct sighting *in,
		   struct arena *a)
{
	*out = *in;
	out->identity = arena_str(a, in->identity);
	out->locator = arena_str(a, in->locator);
	out->surname = arena_str(a, in->surname);
	out->given = arena_str(a, in->given);
	out->carrier_id = arena_str(a, in->carrier_id);
	out->alias = arena_alloc(a, in->nr_alias * sizeof(*out->alias) + 1);
	for (uint32_t i = 0; i < in->nr_alias; i++)
		out->alias[i] = arena_str(a, in->alias[i]);
	out->document =
		arena_alloc(a, in->nr_document * sizeof(*out->document) + 1);
	for (uint32_t i = 0; i < in->nr_document; i++)
		out->document[i] = arena_str(a, in->document[i]);
}

bool sighting_is_newer(const struct sighting *x, const struct sighting *y)
{
	if (x->bare != y->bare)
		return y->bare;
	if (x->sent_at.s != y->sent_at.s)
		return x->sent_at.s > y->sent_at.s;
	if (x->revision != y->revision)
		return x->revision > y->revision;
	return memcmp(x->message_hash, y->message_hash, CRYPT_HASH_LEN) > 0;
}

static bool share_document(const struct sighting *x, const struct sighting *y)
{
	for (uint32_t i = 0; i < x->nr_document; i++)
		for (uint32_t k = 0; k < y->nr_document; k++)
			if (str_eq(x->document[i], y->document[k]))
				return true;
	return false;
}

static bool has_locator(const struct sighting *x, struct str locator)
{
	bool has = str_eq(x->locator, locator);

	for (uint32_t i = 0; i < x->nr_alias && !has; i++)
		has = str_eq(x->alias[i], locator);
	return has && !str_empty(locator);
}

static bool share_locator(const struct sighting *x, const struct sighting *y)
{
	bool share = has_locator(y, x->locator);

	for (uint32_t i = 0; i < x->nr_alias && !share; i++)
		share = has_locator(y, x->alias[i]);
	return share;
}

/*
 * Same person by name: surnames equal, and one given name begins with the
 * other: bookings drop middle names and cut long ones.
 */
static bool same_name(const struct sighting *x, const struct sighting *y)
{
	return !str_empty(x->surname) && str_eq(x->surname, y->surname) &&
	       (str_starts(x->given, y->given) ||
		str_starts(y->given, x->given));
}

static bool birth_dates_disagree(struct date x, struct date y)
{
	return (x.year && y.year && x.year != y.year) ||
	       (x.month && y.month && x.month != y.month) ||
	       (x.day && y.day && x.day != y.day);
}

int sighting_likeness(const struct sighting *pnr, const struct sighting *api)
{
	bool same_locator = share_locator(pnr, api);
	bool other_locator = !same_locator && !str_empty(pnr->locator) &&
			     !str_empty(api->locator);
	bool document = share_document(pnr, api);
	bool name = same_name(pnr, api);
	bool born =
		date_is_set(pnr->birth_date) && date_is_set(api->birth_date);

	if (birth_dates_disagree(pnr->birth_date, api->birth_date))
		return 0;
	if (document && same_locator)
		return 5;
	if (document && !other_locator)
		return 4;
	if (same_locator && name)
		return 3;
	if (name && born && !other_locator)
		return 2;
	return document && name ? 1 : 0;
}
