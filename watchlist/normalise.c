#include "watchlist/normalise.h"

#include "base/utf8.h"
#include "watchlist/translit.h"
#include "watchlist/words.h"

#include <string.h>

enum {
	COST_DIGRAPH = 10,
	COST_TITLE = 10,
	COST_ARTICLE = 50,
	COST_JOINED = 20,
	ARTICLE_KEEP = 4, /* letters after a glued AL */
	SERVANT_KEEP = 3, /* letters after ABDUL */
	JOIN_PIECES = 3,
	PLAIN_LETTERS = 26,
};

/* Lengths at which carriers and documents cut a name. */
static const uint8_t part_limit[] = { 35 };	     /* PAXLST NAD, C080 */
static const uint8_t whole_limit[] = { 30, 31, 39 }; /* MRZ: TD1, TD2, TD3 */

/* A part of the name on its way to be a token. */
struct piece {
	const uint32_t *cp;
	size_t nr;
	char text[NAME_TEXT];
	size_t len;
	enum name_part part;
	bool plain;  /* all of it is A-Z */
	bool merged; /* ABD AL X: text is not the spelling of cp */
};

struct reading {
	uint32_t cp[2][NAME_CODE_POINTS];
	struct piece piece[NAME_TOKENS];
	size_t nr;
};

/* clang-format off */
static const char *const spelt_word[SPELT_WAYS] = {
	"as-written", "mrz", "popular", "national", "digraph", "title",
	"titled", "article", "servant", "joined",
};

static const char *const kind_word[NAME_KINDS] = {
	"word", "short", "initial", "common", "particle", "suffix", "title",
	"placeholder",
};
/* clang-format on */

const char *name_spelt_word(enum name_spelt r)
{
	return spelt_word[r];
}

const char *name_kind_word(enum name_kind k)
{
	return kind_word[k];
}

uint64_t name_signature(struct str text)
{
	static const char thrice[] = "AEINORLSHMU"; /* a third bit for these */
	uint64_t sig = 0;
	uint8_t seen[PLAIN_LETTERS] = { 0 };

	for (size_t i = 0; i < text.len; i++) {
		unsigned int c = (unsigned int)(text.ptr[i] - 'A');
		const char *more;

		if (c >= PLAIN_LETTERS)
			return 1ull << 63;
		if (seen[c] < 2)
			sig |= 1ull << (2 * c + seen[c]);
		else if ((more = strchr(thrice, text.ptr[i])))
			sig |= 1ull << (2 * PLAIN_LETTERS + (more - thrice));
		if (seen[c] < 3)
			seen[c]++;
	}
	return sig;
}

static struct str piece_text(const struct piece *p)
{
	return (struct str){ p->text, p->len };
}

/* Spell code points one way. False: a letter has no table, UTF-8 is kept. */
static bool spell(char *out, size_t *len, const uint32_t *cp, size_t nr,
		  enum translit_way way)
{
	bool plain = true;
	size_t used, n = 0;

	for (size_t i = 0; i < nr && plain; i += used) {
		struct str s = translit_letter(cp + i, nr - i, way, &used);

		plain = s.ptr != NULL;
		for (size_t k = 0; k < s.len && n < NAME_TEXT; k++)
			out[n++] = s.ptr[k];
	}
	if (!plain) {
		n = 0;
		for (size_t i = 0; i < nr && n + 4 <= NAME_TEXT; i++)
			n += utf8_put(out + n, cp[i]);
	}
	*len = n;
	return plain;
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
	case 0x2018:
	case 0x2019:
	case 0x201b:
	case 0x2032:
		return true;
	default:
		return false;
	}
}

static void end_piece(struct reading *r, struct name_form *f,
		      const uint32_t *cp, size_t nr, enum name_part part)
{
	struct piece *p;

	if (nr == 0)
		return;
	if (r->nr == NAME_TOKENS) {
		f->overflow = true;
		return;
	}
	p = &r->piece[r->nr];
	*p = (struct piece){ .cp = cp, .nr = nr, .part = part };
	p->plain = spell(p->text, &p->len, cp, nr, TRANSLIT_MRZ);
	if (p->len)
		r->nr++;
}

/* Cut one part of the name into pieces: letters stay, marks and digits go. */
static void read_part(struct reading *r, struct name_form *f, struct str raw,
		      enum name_part part)
{
	uint32_t *cp = r->cp[part];
	size_t nr = utf8_upper_nfkc(raw, cp, NAME_CODE_POINTS);
	size_t start = 0, end = 0;

	if (nr > NAME_CODE_POINTS) {
		nr = NAME_CODE_POINTS;
		f->overflow = true;
	}
	/* Letters are moved together, so that a piece is one run of cp[]. */
	for (size_t i = 0; i < nr; i++) {
		enum utf8_kind kind = utf8_kind_of(cp[i]);

		if (kind == UTF8_LETTER && !is_apostrophe(cp[i])) {
			cp[end++] = cp[i];
		} else if (kind == UTF8_OTHER && !is_apostrophe(cp[i])) {
			end_piece(r, f, cp + start, end - start, part);
			start = end;
		}
	}
	end_piece(r, f, cp + start, end - start, part);
}

static bool add_key(struct name_form *f, struct name_unit *u, struct str text,
		    unsigned int cost, enum name_spelt spelt)
{
	struct name_key *k;

	if (text.len == 0 || u->nr_keys == NAME_KEYS ||
	    f->pool_len + text.len > NAME_POOL)
		return false;
	for (uint8_t i = 0; i < u->nr_keys; i++)
		if (str_eq(u->key[i].text, text))
			return false;
	k = &u->key[u->nr_keys++];
	memcpy(f->pool + f->pool_len, text.ptr, text.len);
	k->text = (struct str){ f->pool + f->pool_len, text.len };
	f->pool_len = (uint16_t)(f->pool_len + text.len);
	k->sig = name_signature(k->text);
	k->cost = (uint8_t)cost;
	k->spelt = (uint8_t)spelt;
	return true;
}

/* AE OE UE AA and the MRZ's UXX NXX as one letter. */
static void add_folded(struct name_form *f, struct name_unit *u,
		       struct str text, unsigned int cost)
{
	char out[NAME_TEXT];
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		char next = i + 1 < text.len ? text.ptr[i + 1] : 0;

		out[n++] = c;
		if ((next == 'E' && strchr("AOU", c)) ||
		    (next == 'A' && c == 'A'))
			i++;
		else if (strchr("UN", c) && next == 'X' && i + 2 < text.len &&
			 text.ptr[i + 2] == 'X')
			i += 2;
	}
	add_key(f, u, (struct str){ out, n }, cost + COST_DIGRAPH,
		SPELT_DIGRAPH);
}

static bool is_vowel(char c)
{
	return strchr("AEIOU", c) != NULL;
}

/* Length of ABD and its article at the front of `text`, or 0. */
static size_t servant_prefix(struct str text)
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
	    is_vowel(text.ptr[3]) && text.ptr[4] == text.ptr[5] &&
	    !is_vowel(text.ptr[4]))
		return 5;
	return 0;
}

static size_t make_servant(char *out, struct str rest)
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

/* ABD AL X, ABDEL X, ABD X: one piece ABDULX. */
static void merge_servants(struct reading *r)
{
	for (size_t i = 0; i + 1 < r->nr; i++) {
		struct piece *p = &r->piece[i];
		size_t at = i + 1;

		if (!is_servant_head(piece_text(p)))
			continue;
		if (at + 1 < r->nr && r->piece[at + 1].part == p->part &&
		    is_article(piece_text(&r->piece[at])))
			at++;
		if (r->piece[at].part != p->part || !r->piece[at].plain ||
		    r->piece[at].len < SERVANT_KEEP)
			continue;
		p->len = make_servant(p->text, piece_text(&r->piece[at]));
		p->merged = true;
		memmove(&r->piece[i + 1], &r->piece[at + 1],
			(r->nr - at - 1) * sizeof(r->piece[0]));
		r->nr -= at - i;
	}
}

static enum word_place place_of(const struct reading *r, size_t i)
{
	enum name_part part = r->piece[i].part;
	bool more = i + 1 < r->nr && r->piece[i + 1].part == part;
	bool before = i > 0 && r->piece[i - 1].part == part;

	if (more && part == NAME_SURNAME)
		return WORD_INSIDE;
	return more || before ? WORD_AMONG : WORD_ALONE;
}

/* The part to which carriers glue the title: the last one there is. */
static bool may_be_titled(const struct reading *r, size_t i,
			  enum name_source source)
{
	return source == NAME_CARRIED && i + 1 == r->nr && r->piece[i].plain;
}

static void add_first_keys(struct name_form *f, struct name_unit *u,
			   const struct piece *p, bool titled)
{
	struct str text = piece_text(p), bare = STR_NONE;
	const struct glued_title *title = titled ? words_glued(text) : NULL;

	if (title)
		bare = str_slice(text, 0, text.len - title->text.len);
	if (title && title->sure) {
		add_key(f, u, bare, 0, SPELT_TITLE);
		add_key(f, u, text, 0, SPELT_TITLED);
		return;
	}
	add_key(f, u, text, 0,
		p->merged			     ? SPELT_SERVANT
		: p->nr == p->len && p->cp[0] < 0x80 ? SPELT_AS_WRITTEN
						     : SPELT_MRZ);
	if (title)
		add_key(f, u, bare, COST_TITLE, SPELT_TITLE);
}

static void add_way(struct name_form *f, struct name_unit *u,
		    const struct piece *p, enum translit_way way,
		    enum name_spelt spelt)
{
	char out[NAME_TEXT];
	size_t len;

	if (p->merged || !spell(out, &len, p->cp, p->nr, way))
		return;
	add_key(f, u, (struct str){ out, len }, 0, spelt);
}

static void make_token(struct name_form *f, const struct reading *r, size_t i,
		       enum name_source source)
{
	const struct piece *p = &r->piece[i];
	struct name_unit *u = &f->unit[i];
	struct str text = piece_text(p), bare;
	char out[NAME_TEXT];
	size_t skip;

	u->mask = (uint8_t)(1u << i);
	u->part = (uint8_t)p->part;
	add_first_keys(f, u, p, may_be_titled(r, i, source));
	f->kind[i] = (uint8_t)words_kind(text, place_of(r, i));
	if (!p->plain) {
		f->kind[i] = NAME_WORD;
		return;
	}
	bare = u->key[0].text;
	skip = p->merged ? 0 : servant_prefix(bare);
	bare = str_slice(bare, skip, bare.len);
	if (skip && bare.len >= SERVANT_KEEP)
		add_key(f, u, (struct str){ out, make_servant(out, bare) }, 0,
			SPELT_SERVANT);
	add_way(f, u, p, TRANSLIT_POPULAR, SPELT_POPULAR);
	add_folded(f, u, u->key[0].text, 0);
	add_way(f, u, p, TRANSLIT_NATIONAL, SPELT_NATIONAL);
	bare = u->key[0].text;
	if (bare.len >= 2 + ARTICLE_KEEP && bare.ptr[1] == 'L' &&
	    strchr("AE", bare.ptr[0]) && !is_vowel(bare.ptr[2]))
		add_key(f, u, str_slice(bare, 2, bare.len), COST_ARTICLE,
			SPELT_ARTICLE);
}

/* Neighbours from token `first` to `last` as one unit. */
static void join(struct name_form *f, size_t first, size_t last)
{
	struct name_unit *u = &f->unit[f->nr_units];
	const struct name_unit *end = &f->unit[last];
	char out[NAME_TEXT];
	size_t n = 0;

	for (size_t i = first; i <= last; i++) {
		struct str t = f->unit[i].key[0].text;

		if (f->unit[i].part != end->part || f->kind[i] >= NAME_TITLE ||
		    n + t.len > NAME_TEXT || f->unit[i].key[0].sig >> 63)
			return;
		memcpy(out + n, t.ptr, t.len);
		n += t.len;
		u->mask = (uint8_t)(u->mask | f->unit[i].mask);
	}
	u->part = end->part;
	u->stub = end->stub;
	add_key(f, u, (struct str){ out, n }, COST_JOINED, SPELT_JOINED);
	if (servant_prefix((struct str){ out, n })) {
		size_t skip = servant_prefix((struct str){ out, n });
		char canonical[NAME_TEXT];
		struct str rest = { out + skip, n - skip };

		add_key(f, u,
			(struct str){ canonical,
				      make_servant(canonical, rest) },
			COST_JOINED, SPELT_SERVANT);
	}
	add_folded(f, u, (struct str){ out, n }, COST_JOINED);
	if (end->nr_keys > 1 && (end->key[1].spelt == SPELT_TITLE ||
				 end->key[1].spelt == SPELT_TITLED)) {
		size_t head = n - end->key[0].text.len;
		struct str t = end->key[1].text;

		if (head + t.len <= NAME_TEXT) {
			memcpy(out + head, t.ptr, t.len);
			add_key(f, u, (struct str){ out, head + t.len },
				COST_JOINED + COST_TITLE, SPELT_JOINED);
		}
	}
	f->nr_units++;
}

static void join_neighbours(struct name_form *f)
{
	for (size_t i = 0; i + 1 < f->nr_tokens; i++) {
		memset(&f->unit[f->nr_units], 0, sizeof(f->unit[0]));
		join(f, i, i + 1);
	}
	for (size_t i = 0; i + 2 < f->nr_tokens; i++) {
		if (f->kind[i] != NAME_PARTICLE &&
		    f->kind[i + 1] != NAME_PARTICLE)
			continue;
		memset(&f->unit[f->nr_units], 0, sizeof(f->unit[0]));
		join(f, i, i + 2);
	}
}

/* SUHARTO/SUHARTO: carriers repeat a name that fills one field only. */
static void find_repeated(struct name_form *f)
{
	size_t split = 0;

	while (split < f->nr_tokens && f->unit[split].part == NAME_SURNAME)
		split++;
	if (split == 0 || split * 2 != f->nr_tokens)
		return;
	for (size_t i = 0; i < split; i++)
		if (!str_eq(f->unit[i].key[0].text,
			    f->unit[split + i].key[0].text))
			return;
	for (size_t i = split; i < f->nr_tokens; i++)
		f->kind[i] = NAME_PLACEHOLDER;
	f->repeated = true;
}

static bool at_limit(size_t len, const uint8_t *limit, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (len == limit[i])
			return true;
	return false;
}

static void find_cuts(struct name_form *f, struct str surname, struct str given)
{
	size_t whole = surname.len + given.len + (given.len ? 2 : 0);
	bool cut_whole = at_limit(whole, whole_limit, ARRAY_SIZE(whole_limit));

	f->cut[NAME_SURNAME] =
		at_limit(surname.len, part_limit, ARRAY_SIZE(part_limit)) ||
		(cut_whole && given.len == 0);
	f->cut[NAME_GIVEN] =
		at_limit(given.len, part_limit, ARRAY_SIZE(part_limit)) ||
		(cut_whole && given.len);
	for (size_t i = 0; i < f->nr_tokens; i++) {
		bool last = i + 1 == f->nr_tokens ||
			    f->unit[i + 1].part != f->unit[i].part;

		f->unit[i].stub = last && f->cut[f->unit[i].part] &&
				  f->kind[i] < NAME_TITLE;
	}
}

void name_normalise(struct name_form *f, struct str surname, struct str given,
		    enum name_source source)
{
	struct reading r;

	memset(f, 0, offsetof(struct name_form, pool));
	r.nr = 0;
	surname = str_trim(surname);
	given = str_trim(given);
	read_part(&r, f, surname, NAME_SURNAME);
	read_part(&r, f, given, NAME_GIVEN);
	merge_servants(&r);
	for (size_t i = 0; i < r.nr; i++)
		make_token(f, &r, i, source);
	f->nr_tokens = (uint8_t)r.nr;
	f->nr_units = f->nr_tokens;
	if (source == NAME_CARRIED) {
		find_repeated(f);
		find_cuts(f, surname, given);
	}
	join_neighbours(f);
}
