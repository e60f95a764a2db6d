/*
 * gen_dirt_syntax.c - dirt in service characters, tags and line ends
 */
#include "tools/gen_dirt_text.h"

#include <string.h>

bool dirty_una_missing(struct dirt *d)
{
	bool there = d->una;

	d->una = NULL;
	return there;
}

bool dirty_una_damaged(struct dirt *d)
{
	static const char *const forms[] = { ":+\\*'", ":+.\\*'",
					     ":+.?*\xe2\x80\x99", ":+.?*" };
	uint32_t i = rng_below(d->dice, ARRAY_SIZE(forms));

	d->una = forms[i];
	if (i == 2)
		d->terminator = "\xe2\x80\x99";
	return true;
}

bool dirty_una_space(struct dirt *d)
{
	static const char *const gaps[] = { " ", "\r\n", "  \n", "\t" };

	if (!d->una)
		return false;
	d->una_gap = gaps[rng_below(d->dice, ARRAY_SIZE(gaps))];
	return true;
}

bool dirty_separators(struct dirt *d)
{
	static const struct {
		const char *una;
		char element;
		const char *terminator;
	} forms[] = {
		{ ":*.? $", '*', "$" },	  { ":*.? #", '*', "#" },
		{ ":-.? '", '-', "'" },	  { ":-.? *", '-', "*" },
		{ ":+.? \"", '+', "\"" },
	};
	uint32_t i = rng_below(d->dice, ARRAY_SIZE(forms));

	d->una = forms[i].una;
	d->element = forms[i].element;
	d->terminator = forms[i].terminator;
	return true;
}

bool dirty_tag_blank(struct dirt *d)
{
	for (uint32_t i = 1; i < d->nr; i++) {
		struct str s = d->seg[i].text;

		if (s.len > 3 && (i == 1 || rng_chance(d->dice, 100)))
			dirt_set(d, (int)i, "%.3s " STR_FMT, s.ptr,
				 STR_ARG(str_slice(s, 3, s.len)));
	}
	return true;
}

/* A blank where a code or number begins; names and texts stay. */
bool dirty_wrap_blanks(struct dirt *d)
{
	static const struct {
		const char *head;
		char before;
	} places[] = {
		{ "LOC+", '+' }, { "DTM+", ':' }, { "NAT+", '+' },
		{ "TVL+", ':' }, { "TBD+", ':' }, { "RPI+", '+' },
		{ "RFF+", ':' }, { "SSD+", '+' },
	};
	bool any = false;

	for (uint32_t i = 0; i < d->nr; i++)
		for (size_t k = 0; k < ARRAY_SIZE(places); k++) {
			struct str s = d->seg[i].text;
			ptrdiff_t at;

			if (!dirt_is(d, (int)i, places[k].head) ||
			    !rng_chance(d->dice, 300))
				continue;
			at = str_find_byte(str_slice(s, 4, s.len),
					   places[k].before);
			if (at < 0)
				continue;
			dirt_set(d, (int)i, STR_FMT " " STR_FMT,
				 STR_ARG(str_slice(s, 0, (size_t)at + 5)),
				 STR_ARG(str_slice(s, (size_t)at + 5, s.len)));
			any = true;
		}
	return any;
}

/* Somewhere between UNH and UNT; often before what opens a traveller. */
bool dirty_terminator_lost(struct dirt *d)
{
	int first = dirt_next(d, 0, "UNH"), last = dirt_next(d, 0, "UNT");
	int i = -1;

	if (rng_chance(d->dice, 600))
		i = dirt_find(
			d, d->pnr ? (rng_chance(d->dice, 500) ? "TIF" : "SRC")
				  : "NAD+FL");
	if (i < 0)
		i = first + 1 +
		    (int)rng_below(d->dice, (uint32_t)(last - first));
	d->seg[i - 1].end = d->seg[i - 1].gap = "";
	return true;
}

/* Before a terminator that is real, as at the end of texts; or after all. */
bool dirty_release_at_end(struct dirt *d)
{
	int first = dirt_next(d, 0, "UNH"), last = dirt_next(d, 0, "UNT");
	int i = (int)d->nr - 1;

	if (last > first && rng_chance(d->dice, 800))
		i = first + 1 +
		    (int)rng_below(d->dice, (uint32_t)(last - first - 1));
	dirt_set(d, i, STR_FMT "?", STR_ARG(d->seg[i].text));
	if ((uint32_t)i == d->nr - 1)
		d->seg[i].end = d->seg[i].gap = "";
	return true;
}

bool dirty_star_in_data(struct dirt *d)
{
	int i = dirt_next(d, 0, "UNB");
	struct str app = dirt_element(d, i, 7);

	if (str_empty(app))
		return false;
	dirt_set_element(d, i, 7,
			 arena_fmt(d->arena, STR_FMT "*ABE", STR_ARG(app)));
	return true;
}

bool dirty_released_separators(struct dirt *d)
{
	static const char *const texts[] = {
		"SEE UUNT?+50 AND NAD?+FL?+++DOE?:JOHN?'ATT?+2",
		"O?'NEIL SAID?: TIF?+X?+Y?'SRC?'",
		"WHAT??",
		"UNZ?+1?+2",
	};
	uint32_t v = rng_below(d->dice, ARRAY_SIZE(texts));
	int i = dirt_find(d, d->pnr ? "TIF+" : "ATT+");

	if (i < 0)
		return false;
	dirt_insert(d, i + 1, d->pnr ? "IFT+4:28::XX+%s" : "FTX+AAA+++%s",
		    texts[v]);
	return true;
}

bool dirty_trailing_separators(struct dirt *d)
{
	static const char *const tails[] = { "+++++", ":::", "+:+:++++:+",
					     "+" };

	for (uint32_t i = 1; i < d->nr; i++)
		if (rng_chance(d->dice, 200) && d->seg[i].text.len > 3)
			dirt_set(d, (int)i, STR_FMT "%s",
				 STR_ARG(d->seg[i].text),
				 tails[rng_below(d->dice, ARRAY_SIZE(tails))]);
	return true;
}

bool dirty_blank_lines(struct dirt *d)
{
	static const char *const gaps[] = { "\n\n", "  ", "\r\n \r\n", "\t\n",
					    " \n" };

	for (uint32_t i = 0; i < d->nr; i++)
		if (rng_chance(d->dice, 300))
			d->seg[i].gap =
				gaps[rng_below(d->dice, ARRAY_SIZE(gaps))];
	return true;
}

/* Letters in one name, quotes for a few terminators. */
bool dirty_other_bytes(struct dirt *d)
{
	static const char *const quotes[] = { "\xe2\x80\x99", "\x92", "\xb4",
					      "`", "\xe2\x80\x98" };
	static const char *const letters[] = { "\xc3\x89", "\xc9" };
	const char *quote = quotes[rng_below(d->dice, ARRAY_SIZE(quotes))];
	const char *letter = letters[rng_below(d->dice, ARRAY_SIZE(letters))];
	int i = dirt_find(d, d->pnr ? "TIF+" : "NAD+FL");
	unsigned elem = d->pnr ? 1 : 4;
	ptrdiff_t at;
	struct str name;

	if (i < 0)
		return false;
	name = dirt_element(d, i, elem);
	at = str_find_byte(name, 'E');
	if (at >= 0)
		dirt_set_element(
			d, i, elem,
			arena_fmt(d->arena, STR_FMT "%s" STR_FMT,
				  STR_ARG(str_slice(name, 0, (size_t)at)),
				  letter,
				  STR_ARG(str_slice(name, (size_t)at + 1,
						    name.len))));
	for (uint32_t k = 2; k + 1 < d->nr; k++)
		if (rng_chance(d->dice, 100))
			d->seg[k].end = quote;
	return true;
}

bool dirty_lower_case(struct dirt *d)
{
	bool all = rng_chance(d->dice, 500), any = false;

	for (uint32_t i = 0; i < d->nr; i++) {
		unsigned elem = d->pnr ? 1 : 4;
		struct str name;

		if (!dirt_is(d, (int)i, d->pnr ? "TIF+" : "NAD+FL") ||
		    (!all && rng_chance(d->dice, 500)))
			continue;
		name = dirt_lower(d, dirt_element(d, (int)i, elem));
		if (!all && name.len)
			name = arena_fmt(d->arena, "%c" STR_FMT,
					 name.ptr[0] >= 'a' &&
							 name.ptr[0] <= 'z'
						 ? name.ptr[0] - 'a' + 'A'
						 : name.ptr[0],
					 STR_ARG(str_slice(name, 1, name.len)));
		dirt_set_element(d, (int)i, elem, name);
		any = true;
	}
	return any;
}
