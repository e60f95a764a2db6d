#include "watchlist/piece.h"

#include "base/utf8.h"
#include "watchlist/words.h"

/* Persian parts words by it; within a word of India it says how to draw. */
enum { NON_JOINER = 0x200c };

bool piece_spell(char *out, size_t *len, const uint32_t *cp, size_t nr,
		 enum translit_way way)
{
	struct translit_out text = { .text = out, .cap = NAME_TEXT };

	*len = 0;
	if (translit_spell(&text, cp, nr, way)) {
		*len = text.len;
		return true;
	}
	for (size_t i = 0; i < nr && *len + 4 <= NAME_TEXT; i++)
		*len += utf8_put(out + *len, cp[i]);
	return false;
}

static bool is_apostrophe(uint32_t cp)
{
	switch (cp) {
	case '\'':
	case '`':
	case 0xb4:
	case 0x2bb:
	case 0x2bc:
	case 0x2bf:
	case 0x5f3: /* Hebrew's */
	case 0x5f4:
	case 0x200d: /* joins letters of a word */
	case 0x2018:
	case 0x2019:
	case 0x201b:
	case 0x2032:
		return true;
	default:
		return false;
	}
}

static void took(struct name_pieces *r, enum name_step s)
{
	r->steps |= name_step_bit(s);
}

static void end_piece(struct name_pieces *r, const uint32_t *cp, size_t nr,
		      enum name_part part)
{
	struct name_piece *p;

	if (nr == 0)
		return;
	if (r->nr == NAME_TOKENS) {
		took(r, STEP_OVERFLOW);
		return;
	}
	p = &r->piece[r->nr];
	*p = (struct name_piece){ .cp = cp, .nr = nr, .part = part };
	p->plain = piece_spell(p->text, &p->len, cp, nr, TRANSLIT_MRZ);
	if (!p->plain)
		took(r, STEP_UNSPELLED);
	if (p->len)
		r->nr++;
}

/* Capitals of ASCII, as most messages have: nothing was done to them. */
static bool is_as_written(struct str raw)
{
	for (size_t i = 0; i < raw.len; i++)
		if (raw.ptr[i] >= 'a' || (unsigned char)raw.ptr[i] >= 0x80)
			return false;
	return true;
}

/* What making capitals `cp` of `raw` did. */
static void note_letters(struct name_pieces *r, struct str raw,
			 const uint32_t *cp, size_t nr)
{
	struct str rest = raw;
	size_t i = 0;

	while (rest.len) {
		uint32_t was = utf8_next(&rest);
		bool small = was >= 'a' && was <= 'z';

		if (small)
			took(r, STEP_CAPITALS);
		else if (i < nr && was != cp[i])
			took(r, STEP_COMPOSED);
		i++;
	}
	if (utf8_find_bad(raw) >= 0)
		took(r, STEP_RECODED);
}

/* A character that is none of a word's: does it part it? */
static bool parts(struct name_pieces *r, uint32_t cp, enum utf8_kind kind)
{
	if (kind == UTF8_DIGIT)
		took(r, STEP_DIGITS);
	if (kind == UTF8_MARK)
		took(r, STEP_MARKS);
	if (kind == UTF8_OTHER && cp != ' ')
		took(r, STEP_SEPARATOR);
	return kind == UTF8_OTHER;
}

void pieces_read(struct name_pieces *r, struct str raw, enum name_part part)
{
	uint32_t *cp = r->cp[part];
	size_t nr = utf8_upper_nfkc(raw, cp, NAME_CODE_POINTS);
	size_t start = 0, end = 0;

	if (nr > NAME_CODE_POINTS) {
		nr = NAME_CODE_POINTS;
		took(r, STEP_OVERFLOW);
	}
	if (!is_as_written(raw))
		note_letters(r, raw, cp, nr);
	/* Letters are moved together, so that a piece is one run of cp[]. */
	for (size_t i = 0; i < nr; i++) {
		enum utf8_kind kind = utf8_kind_of(cp[i]);
		bool inside = end > start && translit_by_rule(cp[end - 1]);

		if (is_apostrophe(cp[i])) {
			took(r, STEP_APOSTROPHE);
		} else if (kind == UTF8_LETTER ||
			   (kind == UTF8_MARK && inside &&
			    translit_by_rule(cp[i]))) {
			if (cp[i] >= 0x80)
				took(r, STEP_SCRIPT);
			cp[end++] = cp[i];
		} else if (!(cp[i] == NON_JOINER && inside) &&
			   parts(r, cp[i], kind)) {
			end_piece(r, cp + start, end - start, part);
			start = end;
		}
	}
	end_piece(r, cp + start, end - start, part);
}

void pieces_split_family(struct name_pieces *r)
{
	const uint32_t *cp;
	size_t whole, nr;

	if (r->nr != 1)
		return;
	cp = r->piece[0].cp;
	whole = r->piece[0].nr;
	nr = translit_family(cp, whole);
	if (nr == 0)
		return;
	r->nr = 0;
	took(r, STEP_FAMILY);
	end_piece(r, cp, nr, NAME_SURNAME);
	end_piece(r, cp + nr, whole - nr, NAME_GIVEN);
}

size_t servant_prefix(struct str text)
{
	static const struct str front[] = {
		STR_INIT("ABDUL"), STR_INIT("ABDEL"),  STR_INIT("ABDAL"),
		STR_INIT("ABDIL"), STR_INIT("ABDOUL"),
	};

	for (size_t i = 0; i < ARRAY_SIZE(front); i++)
		if (str_starts(text, front[i]))
			return front[i].len;
	/* The article's L taken by the next letter: ABDURRAHMAN. */
	if (text.len > 6 && str_starts(text, STR("ABD")) &&
	    piece_is_vowel(text.ptr[3]) && text.ptr[4] == text.ptr[5] &&
	    !piece_is_vowel(text.ptr[4]))
		return 5;
	return 0;
}

size_t servant_make(char *out, struct str rest)
{
	size_t n = rest.len;

	if (n > NAME_TEXT - 5)
		n = NAME_TEXT - 5;
	memcpy(out, "ABDUL", 5);
	memcpy(out + 5, rest.ptr, n);
	return 5 + n;
}

static bool is_servant_head(struct str t)
{
	return str_eq(t, STR("ABD")) ||
	       (servant_prefix(t) && servant_prefix(t) == t.len);
}

static bool is_article(struct str t)
{
	return t.len == 2 && words_kind(t, WORD_INSIDE) == NAME_PARTICLE &&
	       strchr("AEU", t.ptr[0]);
}

/* Piece `at` becomes ABDULX, X being piece `x`. */
static void merge(struct name_pieces *r, size_t at, size_t x)
{
	struct name_piece *p = &r->piece[at];
	char rest[NAME_TEXT];
	struct str text = piece_text(&r->piece[x]);

	memcpy(rest, text.ptr, text.len);
	text.ptr = rest;
	p->len = servant_make(p->text, text);
	p->merged = true;
	took(r, STEP_SERVANT);
}

static void remove_pieces(struct name_pieces *r, size_t from, size_t to)
{
	memmove(&r->piece[from], &r->piece[to],
		(r->nr - to) * sizeof(r->piece[0]));
	r->nr -= to - from;
}

static bool may_be_served(const struct name_piece *p)
{
	return p->plain && !p->merged && p->len >= SERVANT_KEEP;
}

/* RAHMAN/ABDUL: the surname is X, the given names end with ABD AL. */
static void merge_across(struct name_pieces *r)
{
	size_t last = r->nr, head;

	if (r->nr < 2 || r->piece[0].part != NAME_SURNAME ||
	    r->piece[last - 1].part != NAME_GIVEN)
		return;
	head = last - 1;
	if (head > 1 && r->piece[head - 1].part == NAME_GIVEN &&
	    is_article(piece_text(&r->piece[head])))
		head--;
	if (!is_servant_head(piece_text(&r->piece[head])) ||
	    !may_be_served(&r->piece[0]))
		return;
	merge(r, 0, 0);
	remove_pieces(r, head, last);
}

void pieces_merge_servants(struct name_pieces *r)
{
	for (size_t i = 0; i + 1 < r->nr; i++) {
		struct name_piece *p = &r->piece[i];
		size_t at = i + 1;

		if (!is_servant_head(piece_text(p)))
			continue;
		if (at + 1 < r->nr && r->piece[at + 1].part == p->part &&
		    is_article(piece_text(&r->piece[at])))
			at++;
		if (r->piece[at].part != p->part ||
		    !may_be_served(&r->piece[at]))
			continue;
		merge(r, i, at);
		remove_pieces(r, i + 1, at + 1);
	}
	merge_across(r);
}
