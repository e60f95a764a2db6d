#include "watchlist/place.h"

#include "base/country.h"
#include "watchlist/fold.h"
#include "watchlist/nation.h"
#include "watchlist/piece.h"
#include "watchlist/score.h"
#include "watchlist/variant.h"

enum { COUNTRY_CODE = 3 };

static const struct str kinds[] = {
#define KIND(words) STR_INIT(words),
#include "watchlist/place.def"
};

static const struct str rows[] = {
#define SAME(names) STR_INIT(names),
#include "watchlist/place.def"
};

/* Is `word` one of those in `row`? */
static bool has_word(struct str row, struct str word)
{
	while (row.ptr)
		if (str_eq(str_split(&row, ' '), word))
			return true;
	return false;
}

/* The first row that has the word, from 1; 0: none. */
static uint16_t row_of(const struct str *in, size_t nr, struct str word)
{
	for (size_t i = 0; i < nr; i++)
		if (has_word(in[i], word))
			return (uint16_t)(i + 1);
	return 0;
}

static bool add_country(struct place *p, struct str code)
{
	if (str_empty(code))
		return false;
	if (p->nr_countries < PLACE_COUNTRIES)
		p->country[p->nr_countries++] = code;
	return true;
}

static void add_words(struct place *p, struct str part)
{
	struct name_pieces r = { .nr = 0 };

	pieces_read(&r, part, NAME_SURNAME);
	for (size_t i = 0; i < r.nr; i++) {
		struct str text = piece_text(&r.piece[i]);
		struct place_word *w = &p->word[p->nr_words];

		if (!r.piece[i].plain || text.len < PLACE_LETTERS ||
		    row_of(kinds, ARRAY_SIZE(kinds), text))
			continue;
		if (r.nr > 1 && i + 1 == r.nr && text.len == COUNTRY_CODE &&
		    add_country(p, country_canonical(text)))
			continue;
		if (p->nr_words == PLACE_WORDS)
			return;
		memcpy(w->text, text.ptr, text.len);
		w->len = (uint8_t)text.len;
		w->fold_len = (uint8_t)fold(w->fold, text);
		w->same = row_of(rows, ARRAY_SIZE(rows), text);
		p->nr_words++;
	}
}

/* Offset of the first byte that ends a part, or the length. */
static size_t part_end(struct str s)
{
	size_t i = 0;

	while (i < s.len && !strchr(",/()", s.ptr[i]))
		i++;
	return i;
}

static struct str country_of_part(struct str part)
{
	return part.len <= COUNTRY_CODE ? country_canonical(part)
					: country_of_name(part);
}

/* One place: what begins at a part may be a country's name with a comma. */
static void read_one(struct place *p, struct str s)
{
	while (s.len) {
		size_t end = part_end(s);
		struct str part = str_trim(str_slice(s, 0, end));

		if (add_country(p, country_of_part(str_trim(s))))
			return;
		s = str_slice(s, end + (end < s.len), s.len);
		if (!add_country(p, country_of_part(part)))
			add_words(p, part);
	}
}

void place_read(struct place *p, struct str text, struct str country)
{
	p->nr_words = p->nr_countries = 0;
	text = str_slice(text, 0,
			 text.len < PLACE_BYTES ? text.len : PLACE_BYTES);
	add_country(p, country_canonical(country));
	while (text.ptr)
		read_one(p, str_trim(str_split(&text, ';')));
}

static struct name_key key_of(const struct place_word *w)
{
	struct str folded = { w->fold, w->fold_len };
	struct name_key k = { .text = { w->text, w->len } };

	k.sig = name_signature(k.text);
	k.sound = (struct name_sound){ .fold = folded,
				       .sig = name_signature(folded),
				       .variant = VARIANT_NONE };
	return k;
}

static bool are_alike(const struct place_word *a, const struct place_word *b)
{
	struct name_key x, y;

	if (a->same && a->same == b->same)
		return true;
	x = key_of(a);
	y = key_of(b);
	return text_similarity(&x, &y, false) >= PLACE_LIKE;
}

enum words { WORDS_UNKNOWN, WORDS_ALIKE, WORDS_DIFFER };

static enum words compare_words(const struct place *a, const struct place *b)
{
	if (!a->nr_words || !b->nr_words)
		return WORDS_UNKNOWN;
	for (uint32_t i = 0; i < a->nr_words; i++)
		for (uint32_t k = 0; k < b->nr_words; k++)
			if (are_alike(&a->word[i], &b->word[k]))
				return WORDS_ALIKE;
	return WORDS_DIFFER;
}

enum watch_verdict place_compare(const struct place *a, const struct place *b)
{
	/* by the countries: unknown, agree, partial, disagree */
	static const enum watch_verdict verdict[][4] = {
		[WORDS_UNKNOWN] = { WATCH_UNKNOWN, WATCH_PARTIAL, WATCH_PARTIAL,
				    WATCH_DISAGREE },
		[WORDS_ALIKE] = { WATCH_AGREE, WATCH_AGREE, WATCH_AGREE,
				  WATCH_PARTIAL },
		[WORDS_DIFFER] = { WATCH_DISAGREE, WATCH_PARTIAL, WATCH_PARTIAL,
				   WATCH_DISAGREE },
	};

	return verdict[compare_words(a, b)][watch_nationality(
		a->country, a->nr_countries, b->country, b->nr_countries)];
}
