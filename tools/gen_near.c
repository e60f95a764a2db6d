#include "tools/gen_wanted.h"

#include <string.h>

enum {
	CLOSE_YEARS = 2, /* birth years that near names must not share */
	LEAST_LETTERS = 3,
};

/* One bit for each letter in the word: unlike words differ in many. */
static uint32_t letters(struct str word)
{
	uint32_t set = 0;

	for (size_t i = 0; i < word.len; i++)
		set |= (uint32_t)1 << (word.ptr[i] & 31);
	return set;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Edits that turn one word into the other. */
static size_t distance(struct str a, struct str b)
{
	size_t row[GEN_NAME + 1];

	for (size_t k = 0; k <= b.len; k++)
		row[k] = k;
	for (size_t i = 1; i <= a.len; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t k = 1; k <= b.len; k++) {
			size_t up = row[k];
			size_t change = corner + (a.ptr[i - 1] != b.ptr[k - 1]);

			row[k] = least(change, least(up, row[k - 1]) + 1);
			corner = up;
		}
	}
	return row[b.len];
}

static bool alike(struct str a, struct str b)
{
	size_t longer = a.len > b.len ? a.len : b.len;
	size_t limit = 1 + longer / 4;

	if (a.len < LEAST_LETTERS || b.len < LEAST_LETTERS ||
	    a.len > GEN_NAME || b.len > GEN_NAME ||
	    longer - least(a.len, b.len) > limit ||
	    (size_t)__builtin_popcount(letters(a) ^ letters(b)) > 2 * limit)
		return false;
	return distance(a, b) <= limit;
}

/* Does a word of `name` look like this one? */
static bool has_alike(const char *name, struct str word)
{
	struct str rest = str_of(name);

	while (rest.ptr)
		if (alike(str_split(&rest, ' '), word))
			return true;
	return false;
}

static bool entry_has(const struct gen_entry *en, struct str word)
{
	if (has_alike(en->surname, word) || has_alike(en->given, word) ||
	    has_alike(en->short_surname, word) ||
	    has_alike(en->short_given, word))
		return true;
	for (uint32_t i = 0; i < en->nr_alias; i++)
		if (has_alike(en->alias[i].surname, word) ||
		    has_alike(en->alias[i].given, word))
			return true;
	return false;
}

static bool born_close(const struct gen_entry *en, struct date born)
{
	for (uint32_t i = 0; i < en->nr_born; i++) {
		int from = en->born[i].year - CLOSE_YEARS;
		int upto = en->born[i].year + CLOSE_YEARS;

		if (date_is_set(en->born_upto))
			upto = en->born_upto.year + CLOSE_YEARS;
		if (born.year >= from && born.year <= upto)
			return true;
	}
	return en->nr_born == 0;
}

static int count_alike(const struct gen_entry *en, const char *name)
{
	struct str rest = str_of(name);
	int nr = 0;

	while (rest.ptr)
		nr += entry_has(en, str_split(&rest, ' '));
	return nr;
}

bool gen_wanted_near(const struct gen_wanted *w, const struct gen_person *p)
{
	for (uint32_t i = 0; i < w->nr; i++) {
		const struct gen_entry *en = &w->entry[i];
		int nr =
			count_alike(en, p->surname) + count_alike(en, p->given);

		if (nr >= 2 || (nr == 1 && born_close(en, p->born)))
			return true;
	}
	return false;
}
