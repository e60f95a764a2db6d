#include "watchlist/verify_dice.h"

#include <string.h>

enum { DRAFT = 200 };

/* A name on its way to be spoilt: bytes, mostly A-Z. */
struct draft {
	char surname[DRAFT], given[DRAFT];
	size_t nr_surname, nr_given;
};

void verify_dice_seed(struct verify_dice *d, uint64_t seed)
{
	d->state = seed * 0x9e3779b97f4a7c15u + 0x1234567;
	if (!d->state)
		d->state = 1;
}

/* 0 to n - 1. */
static uint32_t below(struct verify_dice *d, uint32_t n)
{
	d->state ^= d->state << 13;
	d->state ^= d->state >> 7;
	d->state ^= d->state << 17;
	return (uint32_t)((d->state * 0x2545f4914f6cdd1du) >> 32) % n;
}

/* ---- names ---- */

static void cut_at(char *s, size_t *len, size_t most)
{
	(void)s;
	if (*len > most)
		*len = most;
}

static void insert(char *s, size_t *len, size_t at, char c)
{
	if (*len + 1 >= DRAFT)
		return;
	memmove(s + at + 1, s + at, *len - at);
	s[at] = c;
	++*len;
}

static void leave_out(char *s, size_t *len, size_t at)
{
	memmove(s + at, s + at + 1, *len - at - 1);
	--*len;
}

/* One edit anywhere. */
static void slip(struct verify_dice *d, char *s, size_t *len)
{
	size_t at = *len ? below(d, (uint32_t)*len) : 0;
	char c = (char)('A' + below(d, 26));

	switch (*len ? below(d, 4) : 0) {
	case 0:
		insert(s, len, at, c);
		break;
	case 1:
		leave_out(s, len, at);
		break;
	case 2:
		s[at] = c;
		break;
	default:
		if (at + 1 < *len) {
			c = s[at];
			s[at] = s[at + 1];
			s[at + 1] = c;
		}
	}
}

static void spoil_nothing(struct verify_dice *d, struct draft *n)
{
	(void)d;
	(void)n;
}

static void spoil_once(struct verify_dice *d, struct draft *n)
{
	if (below(d, 2))
		slip(d, n->surname, &n->nr_surname);
	else
		slip(d, n->given, &n->nr_given);
}

static void spoil_thrice(struct verify_dice *d, struct draft *n)
{
	for (int i = 0; i < 3; i++)
		spoil_once(d, n);
}

static void exchange_fields(struct verify_dice *d, struct draft *n)
{
	struct draft was = *n;

	(void)d;
	memcpy(n->surname, was.given, DRAFT);
	memcpy(n->given, was.surname, DRAFT);
	n->nr_surname = was.nr_given;
	n->nr_given = was.nr_surname;
}

static void join(char *s, size_t *len)
{
	for (size_t i = 0; i < *len;)
		if (s[i] == ' ' || s[i] == '-')
			leave_out(s, len, i);
		else
			i++;
}

static void join_parts(struct verify_dice *d, struct draft *n)
{
	(void)d;
	join(n->surname, &n->nr_surname);
	join(n->given, &n->nr_given);
}

static void split_parts(struct verify_dice *d, struct draft *n)
{
	if (n->nr_surname > 2)
		insert(n->surname, &n->nr_surname,
		       1 + below(d, (uint32_t)n->nr_surname - 1), ' ');
	if (n->nr_given > 2 && below(d, 2))
		insert(n->given, &n->nr_given,
		       1 + below(d, (uint32_t)n->nr_given - 1), ' ');
}

/* All of it in the surname, the given name unknown. */
static void one_field(struct verify_dice *d, struct draft *n)
{
	size_t len = n->nr_given;

	(void)d;
	if (n->nr_surname + 1 + len < DRAFT && len) {
		n->surname[n->nr_surname++] = ' ';
		memcpy(n->surname + n->nr_surname, n->given, len);
		n->nr_surname += len;
	}
	memcpy(n->given, "FNU", 3);
	n->nr_given = 3;
}

static void surname_alone(struct verify_dice *d, struct draft *n)
{
	(void)d;
	n->nr_given = 0;
}

static void given_alone(struct verify_dice *d, struct draft *n)
{
	(void)d;
	n->nr_surname = 0;
}

static void initials(struct verify_dice *d, struct draft *n)
{
	cut_at(n->given, &n->nr_given, 1);
	if (below(d, 4) == 0)
		cut_at(n->surname, &n->nr_surname, 1);
}

/* Fill up to a length at which fields are cut, so that it looks cut. */
static void fill(struct verify_dice *d, char *s, size_t *len, size_t upto)
{
	if (*len < upto && *len)
		insert(s, len, *len, ' ');
	while (*len < upto)
		insert(s, len, *len, (char)('A' + below(d, 26)));
	cut_at(s, len, upto);
}

static void cut_field(struct verify_dice *d, struct draft *n)
{
	static const uint8_t whole[] = { 30, 31, 39 };
	size_t all = whole[below(d, 3)];

	if (below(d, 2))
		fill(d, n->surname, &n->nr_surname, 35);
	else if (n->nr_surname + 3 < all)
		fill(d, n->given, &n->nr_given, all - 2 - n->nr_surname);
	else
		fill(d, n->given, &n->nr_given, 35);
}

static void title(struct verify_dice *d, struct draft *n)
{
	static const char *const glued[] = { "MR", "MRS", "MSTR", " MR", "DR" };
	const char *t = glued[below(d, 5)];

	for (; *t; t++)
		insert(n->given, &n->nr_given, n->nr_given, *t);
}

static void long_name(struct verify_dice *d, struct draft *n)
{
	while (n->nr_given < 120) {
		insert(n->given, &n->nr_given, n->nr_given, ' ');
		for (uint32_t i = 1 + below(d, 12); i > 0; i--)
			insert(n->given, &n->nr_given, n->nr_given,
			       (char)('A' + below(d, 26)));
	}
}

/* Letters of another script that are spelled like these, more or less. */
static void cyrillic(struct verify_dice *d, struct draft *n)
{
	static const char *const letter[26] = {
		"\xd0\x90", "\xd0\x91", "\xd0\x9a", "\xd0\x94",
		"\xd0\x95", "\xd0\xa4", "\xd0\x93", "\xd0\xa5",
		"\xd0\x98", "\xd0\x99", "\xd0\x9a", "\xd0\x9b",
		"\xd0\x9c", "\xd0\x9d", "\xd0\x9e", "\xd0\x9f",
		"\xd0\x9a", "\xd0\xa0", "\xd0\xa1", "\xd0\xa2",
		"\xd0\xa3", "\xd0\x92", "\xd0\x92", "\xd0\x9a\xd0\xa1",
		"\xd0\xab", "\xd0\x97",
	};
	struct draft was = *n;
	size_t len = 0;

	(void)d;
	for (size_t i = 0; i < was.nr_surname && len + 8 < DRAFT; i++) {
		char c = was.surname[i];
		const char *to = c >= 'A' && c <= 'Z' ? letter[c - 'A'] : " ";

		memcpy(n->surname + len, to, strlen(to));
		len += strlen(to);
	}
	n->nr_surname = len;
}

static void noise(struct verify_dice *d, struct draft *n)
{
	n->nr_surname = below(d, 40);
	for (size_t i = 0; i < n->nr_surname; i++)
		n->surname[i] = (char)below(d, 256);
}

static void nothing(struct verify_dice *d, struct draft *n)
{
	(void)d;
	n->nr_surname = n->nr_given = 0;
}

static void (*const spoil[])(struct verify_dice *d, struct draft *n) = {
	spoil_nothing, spoil_once,  spoil_once, spoil_thrice,  exchange_fields,
	join_parts,    split_parts, one_field,	surname_alone, given_alone,
	initials,      cut_field,   cut_field,	title,	       long_name,
	cyrillic,      noise,	    nothing,
};

static void put(char *out, size_t *len, struct str s)
{
	*len = s.len < DRAFT / 2 ? s.len : DRAFT / 2;
	if (*len)
		memcpy(out, s.ptr, *len);
}

static void add_name(struct verify_dice *d, struct watch_query *q,
		     const struct watch_name *name, struct arena *a)
{
	struct draft n;
	struct str surname, given;

	put(n.surname, &n.nr_surname, name->surname);
	put(n.given, &n.nr_given, name->given);
	for (uint32_t i = 1 + below(d, 2); i > 0; i--)
		spoil[below(d, ARRAY_SIZE(spoil))](d, &n);
	surname = arena_str(a, (struct str){ n.surname, n.nr_surname });
	given = arena_str(a, (struct str){ n.given, n.nr_given });
	watch_query_add_name(q, surname, given);
}

/* ---- birth dates and documents ---- */

static struct date any_date(struct verify_dice *d)
{
	return (struct date){ (int16_t)(1940 + below(d, 70)),
			      (uint8_t)(1 + below(d, 12)),
			      (uint8_t)(1 + below(d, 28)) };
}

static struct date spoilt_date(struct verify_dice *d, struct date is)
{
	struct date was = is;

	switch (below(d, 9)) {
	case 0:
		is.year = (int16_t)(is.year + (below(d, 2) ? 1 : 10));
		break;
	case 1:
		is.day = (uint8_t)(1 + below(d, 28));
		break;
	case 2:
		is = (struct date){ is.year, is.day, is.month };
		break;
	case 3:
		is.month = is.day = 1;
		break;
	case 4:
		is.day = 0;
		break;
	case 5:
		is.month = is.day = 0;
		break;
	default:
		break;
	}
	return date_is_valid(is) ? is : was;
}

static void add_document(struct verify_dice *d, struct watch_query *q,
			 const struct watch_document *listed)
{
	struct watch_document *mine = &q->document[q->nr_documents++];

	*mine = *listed;
	if (below(d, 3) == 0)
		mine->issuer = STR_NONE;
	if (below(d, 3) == 0)
		mine->number = document_loose(mine->number);
}

void verify_dice_query(struct verify_dice *d, struct watch_query *q,
		       const struct watchlist *wl, struct arena *a)
{
	static const char sexes[] = { 'M', 'F', 'X', 0 };
	struct watch_entry n;
	uint32_t kind = below(d, 8);

	watchlist_entry(wl, below(d, wl->nr_entry), a, &n);
	for (uint32_t i = 1 + (below(d, 4) == 0); i > 0 && n.nr_names; i--)
		add_name(d, q, &n.names[below(d, n.nr_names)], a);
	q->sex = sexes[below(d, 4)];
	if (n.nr_nationalities && below(d, 2))
		watch_query_add_nationality(q, n.nationalities[0]);
	q->birth_place = n.birth_place;
	if (below(d, 2)) /* somebody else's */
		q->birth_place = watchlist_text(
			wl, wl->entry[below(d, wl->nr_entry)].birth_place);
	if (n.nr_documents && below(d, 5) == 0)
		add_document(d, q, &n.documents[0]);
	if (kind == 0)
		q->birth = any_date(d);
	else if (kind < 6 && n.nr_births)
		q->birth = spoilt_date(d, date_from_days(n.births[0].from));
	else if (kind < 6)
		q->birth = any_date(d);
}
