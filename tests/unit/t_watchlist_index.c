/*
 * The index against brute force, and each of its steps against its plain
 * twin. PAXGATE_QUERIES in the environment: how many queries at each
 * threshold, PAXGATE_SEED: whose dice (tests/soak.sh).
 */
#include "tests/unit/unit.h"
#include "watchlist/bound.h"
#include "watchlist/build.h"
#include "watchlist/fold.h"
#include "watchlist/search.h"
#include "watchlist/similar.h"
#include "watchlist/variant.h"
#include "watchlist/verify.h"

#include <stdio.h>
#include <string.h>

enum { ENTRIES = 2083, NAMES = 5000, QUERIES = 2000, WORDS = 900 };

static uint64_t seed = 88172645463325252u;

static uint32_t next_number(uint32_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 11) % n;
}

/* ---- a list of some thousand names ---- */

/* `to` holds `cap` bytes, its NUL included. */
static void append(char *to, size_t cap, const char *from)
{
	size_t len = strlen(to);

	snprintf(to + len, cap - len, "%s", from);
}

static char words[WORDS][24];

/* Syllables; every second word is an earlier one with an edit. */
static void make_words(void)
{
	static const char *const syllable[] = { "MA",  "RI", "KO", "WA", "SKI",
						"EL",  "HA", "AN", "JO", "NE",
						"BER", "TO", "LI", "XU", "UE",
						"AE",  "SCH" };
	static const char *const special[] = {
		"AL",
		"MUHAMMAD",
		"V",
		"\xe6\xac\xa7\xe9\x98\xb3",
		"\xd0\x98\xd0\x92\xd0\x90\xd0\x9d",
		"ABD",
		"DE",
	};

	for (uint32_t i = 0; i < WORDS; i++) {
		char *w = words[i];

		*w = 0;
		for (uint32_t k = 1 + next_number(5); k > 0; k--)
			append(w, sizeof(words[i]),
			       syllable[next_number(ARRAY_SIZE(syllable))]);
		if (i > 20 && next_number(2)) {
			snprintf(w, sizeof(words[i]), "%s",
				 words[next_number(i)]);
			w[next_number((uint32_t)strlen(w))] =
				(char)('A' + next_number(26));
		}
	}
	for (size_t i = 0; i < ARRAY_SIZE(special); i++)
		snprintf(words[i], sizeof(words[i]), "%s", special[i]);
}

static struct str field(struct arena *a, uint32_t most)
{
	char out[120] = "";

	for (uint32_t k = 1 + next_number(most); k > 0; k--) {
		uint32_t at =
			next_number(4) ? next_number(WORDS) : next_number(40);

		if (*out)
			append(out, sizeof(out), next_number(9) ? " " : "-");
		append(out, sizeof(out), words[at]);
	}
	return arena_str(a, str_of(out));
}

static struct birth_range any_birth(void)
{
	struct date d = { (int16_t)(1960 + next_number(12)),
			  (uint8_t)(1 + next_number(12)),
			  (uint8_t)(1 + next_number(28)) };
	struct birth_range r;

	if (next_number(6) == 0)
		d.day = 0;
	if (next_number(6) == 0)
		d.day = d.month = 0;
	r = birth_of_date(d);
	if (next_number(12) == 0)
		r.to += (int32_t)next_number(5000);
	return r;
}

static void make_entry(struct watch_entry *n, struct arena *a, uint32_t at)
{
	static const char sexes[] = { 'M', 'F', 0 };
	static struct str nation = STR_INIT("AUT");

	*n = (struct watch_entry){
		.id = arena_fmt(a, "E%05u", at),
		.reference = STR("R"),
		.offence = STR("01"),
		.valid_until = { 2030, 1, 1 },
		.nr_names = 1 + (at < NAMES - 2 * ENTRIES) + next_number(2) +
			    (next_number(2) ? 1 : 0),
		.nr_births = next_number(8) ? 1 + next_number(2) / 2 : 0,
		.nr_nationalities = next_number(2),
		.nationalities = &nation,
		.nr_documents = next_number(4) == 0,
		.sex = sexes[next_number(3)],
	};
	n->names = arena_alloc(a, n->nr_names * sizeof(*n->names));
	n->births = arena_alloc(a, 2 * sizeof(*n->births));
	n->documents = arena_alloc(a, sizeof(*n->documents));
	for (uint32_t i = 0; i < n->nr_names; i++) {
		n->names[i].surname = field(a, 2);
		n->names[i].given = next_number(12) ? field(a, 3) : STR_NONE;
	}
	n->birth_place = next_number(3) ? STR("Linz, AUT") : STR_NONE;
	n->births[0] = any_birth();
	n->births[1] = any_birth();
	n->documents[0].number =
		document_canonical(arena_fmt(a, "O123%03u", next_number(900)));
	n->documents[0].issuer = STR("AUT");
}

static struct watchlist *make_list(struct arena *a, struct buf *bytes,
				   uint32_t nr, uint32_t threshold)
{
	struct watch_list l = { .sheet = { .id = STR("l"),
					   .from = { 2026, 1, 1 },
					   .until = { 2027, 1, 1 } } };
	struct watchlist *wl;
	struct err e = { 0 };

	make_words();
	l.sheet.threshold = (uint16_t)threshold;
	l.entries = arena_alloc(a, nr * sizeof(*l.entries));
	l.nr_entries = nr;
	for (uint32_t i = 0; i < nr; i++) {
		make_entry(&l.entries[i], a, i);
		l.entries[i].threshold = (uint16_t)threshold;
	}
	ck_assert_int_eq(watchlist_build(bytes, &l, 1, &e), 0);
	ck_assert_msg(watchlist_of_bytes(&wl, buf_view(bytes), &e) == 0, "%s",
		      e.text);
	return wl;
}

static uint32_t from_env(const char *name, uint32_t plain)
{
	const char *n = getenv(name);

	return n ? (uint32_t)strtoul(n, NULL, 10) : plain;
}

static uint32_t nr_queries(uint32_t plain)
{
	return from_env("PAXGATE_QUERIES", plain);
}

static uint32_t nr_seed(void)
{
	return from_env("PAXGATE_SEED", 7);
}

static void verify_queries(struct verify *v, uint32_t queries, uint32_t least)
{
	struct arena a = { 0 };
	struct watch_query q;
	struct err e = { 0 };
	uint64_t found = 0;

	for (uint32_t i = 0; i < queries; i++) {
		int nr;

		arena_clear(&a);
		verify_query(&q, v, &a);
		nr = verify_compare(v, &q, &e);
		ck_assert_msg(nr >= 0, "query %u: %s", i, e.text);
		found += (uint64_t)nr;
	}
	ck_assert_uint_gt(found, least); /* there is something to see */
	verify_free(v);
	arena_release(&a);
}

static void verify_list(const struct watchlist *wl, sig_filter_fn *filter,
			uint32_t queries)
{
	struct verify *v;
	struct err e = { 0 };

	ck_assert_int_eq(verify_new(&v, wl, filter, 7, &e), 0);
	verify_queries(v, queries, queries / 20);
}

/* ---- the whole ---- */

/* The same lists, but for their threshold; half of the queries. */
static void compare_half(uint64_t half)
{
	enum { SIDES = 6 };
	struct watchlist *wl[SIDES];
	struct buf bytes[SIDES] = { { .data = NULL } };
	struct arena a = { 0 };
	struct verify *v;
	struct err e = { 0 };
	uint64_t dice = seed;
	uint32_t queries = nr_queries(QUERIES) / 2;

	for (uint32_t i = 0; i < SIDES; i++) {
		seed = dice;
		wl[i] = make_list(&a, &bytes[i], ENTRIES, 500 + 100 * i);
		ck_assert_uint_ge(wl[i]->nr_name, NAMES - 300);
	}
	ck_assert_int_eq(verify_new(&v, wl[0], sig_filter_best(),
				    2 * nr_seed() + half, &e),
			 0);
	for (uint32_t i = 1; i < SIDES; i++)
		ck_assert_int_eq(verify_add(v, wl[i], &e), 0);
	verify_queries(v, queries, queries / 4);
	for (uint32_t i = 0; i < SIDES; i++) {
		watchlist_free(wl[i]);
		buf_release(&bytes[i]);
	}
	arena_release(&a);
}

START_TEST(the_index_equals_brute_force_from_500_to_1000)
{
	compare_half(0);
}
END_TEST

START_TEST(and_with_other_dice)
{
	compare_half(1);
}
END_TEST

START_TEST(every_level_finds_the_same)
{
	struct arena a = { 0 };
	struct buf bytes = { .data = NULL };
	struct watchlist *wl = make_list(&a, &bytes, 300, 650);

	for (int level = 0; level < SIG_NR_LEVELS; level++) {
		sig_filter_fn *filter = sig_filter_of((enum sig_level)level);

		if (filter)
			verify_list(wl, filter, 200);
	}
	watchlist_free(wl);
	buf_release(&bytes);
	arena_release(&a);
}
END_TEST

/* ---- its steps ---- */

START_TEST(every_width_filters_as_the_plain_twin)
{
	static uint64_t sig[80];
	uint32_t plain[80 + SIG_FILTER_SPARE], wide[80 + SIG_FILTER_SPARE];

	for (int round = 0; round < 20000; round++) {
		uint32_t from = next_number(9), nr = next_number(71);
		uint64_t mine = seed & (seed << 7);
		unsigned int lost = next_number(6), more = next_number(66);

		for (uint32_t i = 0; i < 80; i++) {
			next_number(2);
			sig[i] = next_number(3) ? mine ^ (1ull << (seed & 63))
						: seed;
		}
		for (int l = 1; l < SIG_NR_LEVELS; l++) {
			sig_filter_fn *f = sig_filter_of((enum sig_level)l);
			uint32_t n = sig_filter_plain(sig + from, nr, mine,
						      lost, more, plain);

			if (!f)
				continue;
			if (f(sig + from, nr, mine, lost, more, wide) != n ||
			    (n && memcmp(plain, wide, n * sizeof(*plain))))
				ck_abort_msg("level %d, %u from %u", l, nr,
					     from);
		}
	}
}
END_TEST

/* In order, as a dictionary's, so that whole blocks are passed over. */
START_TEST(a_scan_finds_what_its_filter_finds)
{
	enum { NR = 5000 };
	static uint64_t sig[NR];
	static uint32_t plain[NR + SIG_FILTER_SPARE];
	static struct sig_scan scan;

	for (uint32_t i = 0; i < NR; i++) {
		next_number(2);
		sig[i] = ((uint64_t)i << 50) | (seed & 0xffff);
	}
	ck_assert(sig_scan_init(&scan, sig_filter_best(), sig, NR));
	for (int round = 0; round < 3000; round++) {
		uint32_t from = next_number(NR), nr, at = 0;
		uint32_t to = from + next_number(NR - from + 1);
		uint64_t mine = sig[next_number(NR)] ^ 1ull << next_number(64);
		unsigned int lost = next_number(5), more = next_number(66);
		uint32_t n = sig_filter_plain(sig + from, to - from, mine, lost,
					      more, plain);

		for (uint32_t go = from; go < to;) {
			go = sig_scan_next(&scan, go, to, mine, lost, more,
					   &nr);
			for (uint32_t i = 0; i < nr; i++, at++)
				ck_assert(at < n &&
					  scan.out[i] == from + plain[at]);
		}
		ck_assert_uint_eq(at, n);
	}
	sig_scan_release(&scan);
}
END_TEST

struct taken {
	uint16_t *sim;
	uint32_t nr;
};

static void take(void *ctx, const struct similar_text *found, uint32_t nr)
{
	struct taken *t = ctx;

	for (uint32_t i = 0; i < nr; i++)
		if (found[i].sim > t->sim[found[i].text])
			t->sim[found[i].text] = found[i].sim;
	t->nr += nr;
}

/* Of texts of one letter nothing but itself is promised; a text of joined
 * neighbours must sound the same, not alike. */
static unsigned int promised(const struct watchlist *wl, uint32_t text,
			     const struct name_key *key, bool stub, bool joined)
{
	struct name_key other = watchlist_key(wl, text);

	if (joined && text >= wl->bucket[NAME_TEXT + 1] &&
	    text < wl->bucket[2 * (NAME_TEXT + 1)])
		return 0;
	if (key->text.len == 1 && !str_eq(key->text, other.text))
		return 0;
	return text_similarity(key, &other, stub);
}

/* The key's own sound, after its text was changed. */
static void sound_key(struct name_key *key, char *out, bool joined)
{
	key->sig = name_signature(key->text);
	key->sound = (struct name_sound){ .variant = VARIANT_NONE };
	if (key->sig >> 63)
		return;
	key->sound.fold = (struct str){ out, fold(out, key->text) };
	key->sound.sig = name_signature(key->sound.fold);
	key->sound.variant = (uint16_t)variant_class(key->sound.fold);
	key->sound.joined = joined;
}

static void check_similar(uint32_t kept)
{
	struct arena a = { 0 };
	struct buf bytes = { .data = NULL };
	struct watchlist *wl = make_list(&a, &bytes, 500, 800);
	struct similar_cache *c =
		similar_cache_new(sig_filter_best(), wl, kept);
	struct taken t = { calloc(wl->nr_text, sizeof(uint16_t)), 0 };

	for (uint32_t i = 0; i < 800; i++) {
		struct name_key key = watchlist_key(
			wl, next_number(i % 2 ? 40 : wl->nr_text));
		char text[NAME_TEXT], folded[NAME_TEXT];
		bool stub = next_number(5) == 0, joined = next_number(3) == 0;

		memcpy(text, key.text.ptr, key.text.len);
		if (next_number(2) && i % 2 == 0 && !(key.sig >> 63))
			text[next_number((uint32_t)key.text.len)] =
				(char)('A' + next_number(26));
		key.text.ptr = text;
		if (stub && key.text.len > 3)
			key.text.len = 2 + next_number(2);
		sound_key(&key, folded, joined);
		for (int again = 0; again < 2; again++) {
			memset(t.sim, 0, wl->nr_text * sizeof(*t.sim));
			similar_find(c, wl, &key, stub, joined, take, &t);
			for (uint32_t k = 0; k < wl->nr_text; k++)
				if (t.sim[k] !=
				    promised(wl, k, &key, stub, joined))
					ck_abort_msg("text %u: %u", k,
						     t.sim[k]);
		}
	}
	free(t.sim);
	similar_cache_free(c);
	watchlist_free(wl);
	buf_release(&bytes);
	arena_release(&a);
}

START_TEST(similar_texts_are_all_there_fresh_and_kept)
{
	check_similar(SIMILAR_KEPT);
	check_similar(1);
	check_similar(3000); /* run over again and again */
}
END_TEST

static bool is_near(const struct birth_keys *k, uint32_t nr, int32_t key)
{
	for (uint32_t i = 0; i < nr; i++)
		if (key >= k[i].from && key <= k[i].to)
			return true;
	return false;
}

/* Some key of `r` is near when it does not disagree. Checked with `if`: each
 * ck_assert() writes to a pipe. */
static bool check_birth(struct date d, const struct birth_keys *near,
			uint32_t nr, struct birth_range r)
{
	int32_t key[BIRTH_KEYS];
	uint32_t keys = birth_keys_of_set(&r, 1, key);
	bool in = false;

	for (uint32_t i = 0; i < keys; i++)
		in |= is_near(near, nr, key[i]);
	if (!in && birth_compare(birth_of_date(d), r) != WATCH_DISAGREE)
		ck_abort_msg("%d-%u-%u and %d to %d", d.year, d.month, d.day,
			     r.from, r.to);
	return in;
}

START_TEST(every_date_that_may_agree_has_its_key)
{
	struct birth_keys near[BIRTH_RANGES];
	uint32_t full = 0, in = 0;

	for (int i = 0; i < 60; i++) {
		struct date d = { (int16_t)(1900 + next_number(120)),
				  (uint8_t)(1 + next_number(12)),
				  (uint8_t)(1 + next_number(28)) };
		int32_t day = birth_of_date(d).from;
		struct birth_range r;
		uint32_t nr;

		if (i % 7 == 0)
			d.day = 0;
		if (i % 14 == 0)
			d.month = 0;
		if (i % 11 == 0)
			d.day = d.month = d.month != 0;
		nr = birth_keys_near(d, near);
		ck_assert_uint_le(nr, BIRTH_RANGES);
		for (uint32_t k = 1; k < nr; k++)
			ck_assert_int_lt(near[k - 1].to, near[k].from);
		for (int32_t k = -40000; k <= 40000; k++) {
			r.from = r.to = day + k;
			full++;
			in += check_birth(d, near, nr, r);
		}
		for (int k = 0; k < 3000; k++) {
			r.from = day - (int32_t)next_number(9000);
			r.to = day - 4000 + (int32_t)next_number(9000);
			if (r.to >= r.from)
				check_birth(d, near, nr, r);
		}
	}
	ck_assert_uint_lt(in, full / 50); /* and it is worth something */
}
END_TEST

START_TEST(a_set_of_dates_has_a_key_for_each_or_one_for_all)
{
	struct birth_range r[300] = { { 0, 0 } };
	int32_t key[BIRTH_KEYS];

	ck_assert_uint_eq(birth_keys_of_set(r, 0, key), 1);
	ck_assert_int_eq(key[0], BIRTH_KEY_NONE);
	for (int i = 0; i < 300; i++)
		r[i] = (struct birth_range){ i / 2 * 7, i / 2 * 7 };
	ck_assert_uint_eq(birth_keys_of_set(r, 200, key), 100);
	ck_assert_int_eq(key[1], 7);
	for (int i = 0; i < 300; i++)
		r[i].from = r[i].to = i;
	ck_assert_uint_eq(birth_keys_of_set(r, 300, key), 1);
	ck_assert_int_eq(key[0], BIRTH_KEY_WIDE);
	r[0] = birth_of_date((struct date){ 1970, 0, 0 });
	r[1] = (struct birth_range){ 0, 366 };
	r[2] = (struct birth_range){ 0, 365 * (BIRTH_YEARS + 1) };
	ck_assert_uint_eq(birth_keys_of_set(r, 2, key), 2);
	ck_assert_int_eq(key[1], BIRTH_KEY_YEAR + 1971);
	ck_assert_uint_eq(birth_keys_of_set(r, 3, key), 3);
	ck_assert_int_eq(key[0], BIRTH_KEY_WIDE);
}
END_TEST

/* ---- the bounds ---- */

static struct name_form form[2];
static struct name_scratch scratch;

static void random_name(struct name_form *f, enum name_source source)
{
	char text[2][120];

	for (int i = 0; i < 2; i++) {
		text[i][0] = 0;
		for (uint32_t k = next_number(4) + (i == 0); k > 0; k--) {
			append(text[i], sizeof(text[i]),
			       words[next_number(30)]);
			if (next_number(4))
				append(text[i], sizeof(text[i]), " ");
		}
	}
	if (source == NAME_CARRIED && next_number(3) == 0)
		while (strlen(text[1]) < 35) /* a field that is cut */
			append(text[1], sizeof(text[1]),
			       next_number(2) ? "A" : " MA");
	text[1][strlen(text[1]) > 35 ? 35 : strlen(text[1])] = 0;
	name_normalise(f, str_of(text[0]), str_of(text[1]), source);
}

/* What name_score() found, as the index would know it at best. */
static void know(struct bound_query *q, struct bound_name *n,
		 const uint16_t *weight)
{
	bound_query_init(q, &form[0]);
	*n = (struct bound_name){ .nr = form[1].nr_tokens };
	for (uint8_t i = 0; i < form[1].nr_tokens; i++) {
		n->weight[i] = weight[i];
		n->part[i] = form[1].unit[i].part;
	}
	for (uint32_t i = 0; i < scratch.nr_edges; i++) {
		const struct name_match *m = &scratch.edge[i];
		unsigned int mine = form[0].unit[m->carried].mask;
		unsigned int theirs = form[1].unit[m->listed].mask;

		n->covered |= mine;
		for (uint8_t k = 0; k < NAME_TOKENS; k++) {
			uint32_t gain = (uint32_t)m->weight * m->sim;

			if (theirs >> k & 1 && m->sim > n->best[k])
				n->best[k] = m->sim;
			if (mine >> k & 1 && gain > q->gain[k])
				q->gain[k] = gain;
			if (mine >> k & 1 && m->sim > q->sim[k])
				q->sim[k] = m->sim;
		}
	}
}

START_TEST(scores_stay_under_their_bounds)
{
	uint32_t cut = 0, tight = 0, left = 0;

	make_words();
	for (int i = 0; i < 30000; i++) {
		uint16_t weight[NAME_TOKENS] = { 0 };
		struct name_score s;
		struct bound_query q;
		struct bound_name n;
		unsigned int bound;
		uint32_t mass;

		random_name(&form[0], NAME_CARRIED);
		random_name(&form[1], NAME_LISTED);
		if (next_number(3) == 0)
			for (uint8_t k = 0; k < form[1].nr_tokens; k++)
				form[1].kind[k] = NAME_WORD;
		for (uint8_t k = 0; k < form[1].nr_tokens; k++)
			weight[k] = name_weight(form[1].kind[k],
						form[1].unit[k].part,
						WEIGHT_LEAST + next_number(61));
		name_score(&s, &scratch, &form[0], &form[1], weight);
		know(&q, &n, weight);
		bound = bound_of_name(&q, &n, &mass);
		if (s.score > bound || s.rarity > mass / SCORE_MAX)
			ck_abort_msg("%u above %u, %u above %u", s.score, bound,
				     s.rarity, mass / SCORE_MAX);
		tight += s.score && s.score == bound;
		cut += form[0].cut[NAME_GIVEN];
		for (unsigned int set = 0; set < 1u << form[0].nr_tokens;
		     set++) {
			if (set & n.covered)
				continue;
			bound = bound_without(&q, set, &mass);
			if (s.score > bound || s.rarity > mass / SCORE_MAX)
				ck_abort_msg("%u without %x: %u", s.score, set,
					     bound);
			left += s.score && set;
		}
	}
	/* all of it was there to be seen */
	ck_assert_uint_gt(tight, 100);
	ck_assert_uint_gt(cut, 2000);
	ck_assert_uint_gt(left, 2000);
}
END_TEST

/* What the matches give to `need`, less what is left over takes away. */
static int32_t given(const struct name_score *s, const struct bound_query *q,
		     unsigned int need)
{
	unsigned int met = 0;
	int32_t sum = 0;

	for (uint8_t i = 0; i < s->nr; i++) {
		const struct name_match *m = &s->match[i];

		met |= form[0].unit[m->carried].mask;
		sum += m->weight * ((int32_t)m->sim - (int32_t)need);
	}
	for (uint8_t i = 0; i < form[0].nr_tokens; i++)
		if (!(met >> i & 1))
			sum -= (int32_t)bound_loss(q, i, need);
	return sum;
}

START_TEST(what_gives_less_than_nothing_stays_below_what_is_needed)
{
	uint32_t seen = 0, tight = 0;

	make_words();
	for (int i = 0; i < 30000; i++) {
		uint16_t weight[NAME_TOKENS] = { 0 };
		struct name_score s;
		struct bound_query q;
		int32_t sum;

		random_name(&form[0], NAME_CARRIED);
		random_name(&form[1], NAME_LISTED);
		for (uint8_t k = 0; k < form[1].nr_tokens; k++)
			weight[k] = name_weight(form[1].kind[k],
						form[1].unit[k].part,
						WEIGHT_LEAST + next_number(61));
		name_score(&s, &scratch, &form[0], &form[1], weight);
		if (!s.score)
			continue;
		bound_query_init(&q, &form[0]);
		sum = given(&s, &q, s.score);
		if (sum < 0)
			ck_abort_msg("%d gives %u", sum, s.score);
		seen++;
		tight += sum < 500;
	}
	ck_assert_uint_gt(seen, 3000);
	ck_assert_uint_gt(tight, 300);
}
END_TEST

UNIT_MAIN("watchlist index", the_index_equals_brute_force_from_500_to_1000,
	  and_with_other_dice, every_level_finds_the_same,
	  every_width_filters_as_the_plain_twin,
	  a_scan_finds_what_its_filter_finds,
	  similar_texts_are_all_there_fresh_and_kept,
	  every_date_that_may_agree_has_its_key,
	  a_set_of_dates_has_a_key_for_each_or_one_for_all,
	  scores_stay_under_their_bounds,
	  what_gives_less_than_nothing_stays_below_what_is_needed)
