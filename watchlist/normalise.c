#include "watchlist/normalise.h"

#include "watchlist/fold.h"
#include "watchlist/piece.h"
#include "watchlist/variant.h"
#include "watchlist/words.h"

#include <string.h>

enum {
	COST_DIGRAPH = 10,
	COST_TITLE = 10,
	COST_ARTICLE = 50,
	COST_SERVED = 150,
	SERVED_KEEP = 4,
	COST_JOINED = 20,
	COST_RULE = 10,	  /* another way of a script that is read by rule */
	ARTICLE_KEEP = 4, /* letters after a glued AL */
	JOIN_PIECES = 3,
	PLAIN_LETTERS = 26,
};

/* Lengths at which carriers and documents cut a name. */
static const uint8_t part_limit[] = { 35 };	     /* PAXLST NAD, C080 */
static const uint8_t whole_limit[] = { 30, 31, 39 }; /* MRZ: TD1, TD2, TD3 */

/* clang-format off */
static const char *const spelt_word[SPELT_WAYS] = {
	"as-written", "mrz", "popular", "national", "digraph", "title",
	"titled", "article", "servant", "served", "joined",
};

static const char *const kind_word[NAME_KINDS] = {
	"word", "short", "initial", "common", "particle", "suffix",
	"honorific", "title", "placeholder",
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

/* How the key sounds, into the pool behind it. */
static void fold_key(struct name_form *f, struct name_key *k, bool joined)
{
	char *out = f->pool + f->pool_len;
	size_t len = fold(out, k->text);

	k->sound.fold = (struct str){ out, len };
	k->sound.sig = name_signature(k->sound.fold);
	k->sound.variant = (uint16_t)variant_class(k->sound.fold);
	k->sound.joined = joined;
	f->pool_len = (uint16_t)(f->pool_len + len);
}

static bool add_key(struct name_form *f, struct name_unit *u, struct str text,
		    unsigned int cost, enum name_spelt spelt)
{
	struct name_key *k;

	if (text.len == 0 || u->nr_keys == NAME_KEYS ||
	    f->pool_len + 2 * text.len > NAME_POOL)
		return false;
	for (uint8_t i = 0; i < u->nr_keys; i++)
		if (str_eq(u->key[i].text, text))
			return false;
	k = &u->key[u->nr_keys++];
	memcpy(f->pool + f->pool_len, text.ptr, text.len);
	k->text = (struct str){ f->pool + f->pool_len, text.len };
	f->pool_len = (uint16_t)(f->pool_len + text.len);
	k->sig = name_signature(k->text);
	k->sound = (struct name_sound){ .variant = VARIANT_NONE };
	if (!(k->sig >> 63))
		fold_key(f, k, (u->mask & (u->mask - 1)) != 0);
	k->cost = (uint8_t)cost;
	k->spelt = (uint8_t)spelt;
	return true;
}

static const struct {
	struct str from, to;
} digraphs[] = {
#define DIGRAPH(from, to) { STR_INIT(from), STR_INIT(to) },
#include "watchlist/digraph.def"
#undef DIGRAPH
};

/* AE OE UE AA, and what the MRZ writes with X, as one letter. */
static void add_folded(struct name_form *f, struct name_unit *u,
		       struct str text, unsigned int cost)
{
	char out[NAME_TEXT];
	size_t n = 0;

	for (size_t i = 0; i < text.len;) {
		struct str rest = str_slice(text, i, text.len);
		size_t k = 0;

		while (k < ARRAY_SIZE(digraphs) &&
		       !str_starts(rest, digraphs[k].from))
			k++;
		if (k == ARRAY_SIZE(digraphs)) {
			out[n++] = text.ptr[i++];
			continue;
		}
		memcpy(out + n, digraphs[k].to.ptr, digraphs[k].to.len);
		n += digraphs[k].to.len;
		i += digraphs[k].from.len;
	}
	add_key(f, u, (struct str){ out, n }, cost + COST_DIGRAPH,
		SPELT_DIGRAPH);
}

static enum word_place place_of(const struct name_pieces *r, size_t i)
{
	enum name_part part = r->piece[i].part;
	bool more = i + 1 < r->nr && r->piece[i + 1].part == part;
	bool before = i > 0 && r->piece[i - 1].part == part;

	if (more && part == NAME_SURNAME)
		return WORD_INSIDE;
	return more || before ? WORD_AMONG : WORD_ALONE;
}

/* The part to which carriers glue the title: the last one there is. */
static bool may_be_titled(const struct name_pieces *r, size_t i,
			  enum name_source source)
{
	return source == NAME_CARRIED && i + 1 == r->nr && r->piece[i].plain;
}

static void add_first_keys(struct name_form *f, struct name_unit *u,
			   const struct name_piece *p, bool titled)
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
		    const struct name_piece *p, enum translit_way way,
		    enum name_spelt spelt)
{
	char out[NAME_TEXT];
	size_t len;

	if (p->merged || !piece_spell(out, &len, p->cp, p->nr, way))
		return;
	add_key(f, u, (struct str){ out, len },
		translit_by_rule(p->cp[0]) ? COST_RULE : 0, spelt);
}

/* AZIZ for ABDULAZIZ: many leave the servant out. */
static void add_served(struct name_form *f, struct name_unit *u)
{
	struct str text = u->key[u->nr_keys - 1].text;
	size_t skip = servant_prefix(text);
	char out[NAME_TEXT];

	text = str_slice(text, skip, text.len);
	if (skip == 0 || text.len < SERVED_KEEP)
		return;
	memcpy(out, text.ptr, text.len);
	text.ptr = out;
	add_key(f, u, text, COST_SERVED, SPELT_SERVED);
}

static void make_token(struct name_form *f, const struct name_pieces *r,
		       size_t i, enum name_source source)
{
	const struct name_piece *p = &r->piece[i];
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
		add_key(f, u, (struct str){ out, servant_make(out, bare) }, 0,
			SPELT_SERVANT);
	add_served(f, u);
	add_way(f, u, p, TRANSLIT_POPULAR, SPELT_POPULAR);
	add_folded(f, u, u->key[0].text, 0);
	add_way(f, u, p, TRANSLIT_NATIONAL, SPELT_NATIONAL);
	bare = u->key[0].text;
	if (bare.len >= 2 + ARTICLE_KEEP && bare.ptr[1] == 'L' &&
	    strchr("AE", bare.ptr[0]) && !piece_is_vowel(bare.ptr[2]))
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
				      servant_make(canonical, rest) },
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
	f->steps |= name_step_bit(STEP_REPEATED);
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
	struct name_pieces r;

	memset(f, 0, offsetof(struct name_form, pool));
	r.nr = 0;
	r.steps = 0;
	surname = str_trim(surname);
	given = str_trim(given);
	pieces_read(&r, surname, NAME_SURNAME);
	pieces_read(&r, given, NAME_GIVEN);
	pieces_split_family(&r);
	pieces_merge_servants(&r);
	for (size_t i = 0; i < r.nr; i++)
		make_token(f, &r, i, source);
	f->nr_tokens = (uint8_t)r.nr;
	f->nr_units = f->nr_tokens;
	if (source == NAME_CARRIED) {
		find_repeated(f);
		find_cuts(f, surname, given);
	}
	join_neighbours(f);
	f->steps |= r.steps | name_steps_of(f);
}
