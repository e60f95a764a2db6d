/*
 * Every level of the index against the plain one, and the reader against its
 * plain twin, on bytes that are mostly separators, quotes and line breaks.
 */
#include "base/buf.h"
#include "parsers/edifact.h"
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

static struct arena arena;
static uint64_t seed = 88172645463325252ull;

static uint32_t next_random(uint32_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 33) % below;
}

/* The UNAs that partners send. */
static const struct edi_syntax syntaxes[] = {
	{ ':', '+', '?', '\'', false }, { ':', '*', '?', '$', false },
	{ ':', '*', '?', '#', false },	{ ':', '-', '?', '\'', false },
	{ ':', '-', '?', '*', false },	{ ':', '+', '\\', '\'', false },
	{ ':', '+', '\\', '\'', true }, { ':', '+', '?', '\'', true },
	{ ':', '+', '?', '~', false },	{ ':', '+', '?', '\n', false },
	{ 0x1f, 0x1d, 0, 0x1c, false }, { ':', '+', 0, '\'', false },
	{ 'A', 'T', 'D', 'M', true },	{ 0x7f, (char)0xff, 1, 2, true },
};

/* Scraps that matter to some rule of the reader, and plain letters. */
static void put_scrap(struct buf *b, const struct edi_syntax *syn)
{
	static const char *const scraps[] = {
		"RPI",		"DAT",	    "IFT",   "SSR", "HKIFT",  "9TIF",
		"LOC",		"UNB",	    "\r\n",  "\n",  "?",      "??",
		"\xe2\x80\x99", "\xe2\x80", "\xb4",  "`",   "A",      "Smith",
		"12",		" ",	    "    ",  "TBD", "CMNDTM", "NAD",
		"FL",		"TIF",	    "SRC",   "RCI", "RFF",    "AVF",
		"SSR",		"UNT",	    "N\nAD",
	};
	const char service[] = { syn->component, syn->element, syn->release,
				 syn->segment };
	uint32_t i = next_random(ARRAY_SIZE(scraps) * 2);

	if (i < ARRAY_SIZE(scraps))
		buf_z(b, scraps[i]);
	else
		buf_byte(b, (uint8_t)service[next_random(4)]);
	if (next_random(40) == 0)
		for (uint32_t n = next_random(70); n; n--)
			buf_byte(b, 'x');
}

/* Marks are those bytes: a terminator, an element, a component, odd ones. */
static void set_of(struct edi_set *set, const char *bytes, unsigned nr)
{
	memset(set, 0, sizeof(*set));
	for (unsigned i = 0; i < nr; i++)
		edi_set_add(set, (uint8_t)bytes[i],
			    i == 0   ? EDI_KIND_TERMINATOR
			    : i == 1 ? EDI_KIND_ELEMENT
			    : i == 2 ? EDI_KIND_COMPONENT
				     : EDI_KIND_ODD);
}

/* Bytes of the set, tags, letters and blanks, and a few of any other kind. */
static void fill(char *in, uint32_t nr, const char *bytes, unsigned nr_bytes)
{
	static const char *const tags[] = { "NAD", "UNH", "ADD", "SRC", "BEL" };
	uint32_t dense = next_random(5), wild = next_random(4);

	for (uint32_t i = 0; i < nr; i++)
		if (next_random(4) < dense)
			in[i] = bytes[next_random(nr_bytes)];
		else if (next_random(4) < wild)
			in[i] = (char)next_random(wild == 1 ? 256 : 128);
		else
			in[i] = next_random(9) ? (char)('A' + next_random(26))
					       : ' ';
	for (uint32_t n = next_random(9); n && nr > 3; n--)
		memcpy(in + next_random(nr - 3),
		       tags[next_random(ARRAY_SIZE(tags))], 3);
}

/* Lists for what `MOST` bytes may have. */
enum { MOST = 512 };
struct lists {
	uint32_t at[MOST + EDI_INDEX_SPARE];
	uint16_t end[MOST + EDI_INDEX_SPARE], segment[MOST + EDI_INDEX_SPARE];
};

static struct edi_marks marks_in(struct lists *l)
{
	return (struct edi_marks){ .at = l->at,
				   .end = l->end,
				   .segment = l->segment };
}

static void same_marks(const struct edi_set *set, const char *in, uint32_t from,
		       uint32_t to)
{
	static struct lists a, b;
	struct edi_marks want = marks_in(&a);

	edi_index_plain(set, in, from, to, &want);
	for (int l = EDI_PLAIN + 1; l < EDI_NR_LEVELS; l++) {
		edi_index_fn *fn = edi_index_of((enum edi_level)l);
		struct edi_marks got = marks_in(&b);

		if (!fn)
			continue;
		fn(set, in, from, to, &got);
		ck_assert_uint_eq(got.nr, want.nr);
		ck_assert_uint_eq(got.nr_end, want.nr_end);
		ck_assert_uint_eq(got.nr_segment, want.nr_segment);
		ck_assert(!memcmp(got.at, want.at, want.nr * sizeof(*want.at)));
		ck_assert(!memcmp(got.end, want.end,
				  want.nr_end * sizeof(*want.end)));
		ck_assert(!memcmp(got.segment, want.segment,
				  want.nr_segment * sizeof(*want.segment)));
	}
}

/*
 * Sets of one byte and more; the last of bytes that are the same but for their
 * upper two bits, or in their lower four, and of letters.
 */
START_TEST(all_levels_find_the_same)
{
	static const struct {
		const char *bytes;
		unsigned nr;
	} sets[] = {
		{ "'", 1 },
		{ "'+:", 3 },
		{ "'+:?\r\n\t\v\f\xe2\x92\xb4`*~", 15 },
		{ "'\x67:\xa7\xe7\n\xca\x4a\x8a\x1d\x5d\xf0\x30\xbbN", 15 },
	};
	struct edi_set set;
	char in[64 + 3 * 64 + 3];

	for (size_t i = 0; i < ARRAY_SIZE(sets); i++) {
		set_of(&set, sets[i].bytes, sets[i].nr);
		for (uint32_t len = 0; len <= 3 * 64 + 2; len++)
			for (uint32_t from = 0; from < 64; from += 1 + i % 2) {
				fill(in, from + len, sets[i].bytes, sets[i].nr);
				same_marks(&set, in, from, from + len);
			}
	}
}
END_TEST

/* Each known tag is seen before an end, wherever it stands in a vector. */
START_TEST(tags_are_seen)
{
	static struct lists l;
	struct edi_marks m = marks_in(&l);
	struct edi_set set;
	char in[160];
	uint32_t nr = 0;

	set_of(&set, "'+:", 3);
	memset(in, 'x', sizeof(in));
	for (unsigned i = 0; i < 26 * 26 * 26; i++) {
		char tag[] = { (char)('A' + i / 676), (char)('A' + i / 26 % 26),
			       (char)('A' + i % 26), '\0' };
		uint32_t at = 8 + i % 140;

		memset(in, 'x', sizeof(in));
		memcpy(in, "NAD+", 4);
		memcpy(in + at, tag, 3);
		in[sizeof(in) - 1] = in[at + 3] = '\'';
		same_marks(&set, in, 0, sizeof(in));
		in[at + 3] = '+';
		same_marks(&set, in, 0, sizeof(in));
		edi_index_plain(&set, in, 0, sizeof(in), &m);
		ck_assert_msg(!m.end[0] == edi_is_known_tag(tag), "%s", tag);
		nr += !m.end[0];
	}
	ck_assert_uint_eq(nr, 59);
}
END_TEST

/* The plain twin is anywhere, SSE2 on any x86-64; the best is one of them. */
START_TEST(levels_are_chosen)
{
	edi_index_fn *best = NULL;

	ck_assert(edi_index_of(EDI_PLAIN) == edi_index_plain);
#ifdef __x86_64__
	ck_assert(edi_index_of(EDI_SSE2) == edi_index_sse2);
#endif
	for (int l = EDI_PLAIN; l < EDI_NR_LEVELS; l++)
		if (edi_index_of((enum edi_level)l))
			best = edi_index_of((enum edi_level)l);
	ck_assert(edi_index_best() == best);
}
END_TEST

static void same_segment(const struct edi_segment *a,
			 const struct edi_segment *b, bool more_a, bool more_b)
{
	ck_assert_int_eq(more_a, more_b);
	ck_assert_uint_eq(a->pos, b->pos);
	if (!more_a)
		return;
	ck_assert(memcmp(a->tag, b->tag, 4) == 0 && a->code == b->code);
	ck_assert_uint_eq(a->body, b->body);
	ck_assert_uint_eq(a->term, b->term);
	ck_assert_uint_eq(a->end, b->end);
	ck_assert_uint_eq(a->odd, b->odd);
	ck_assert_uint_eq(a->nr, b->nr);
	ck_assert_uint_eq(a->elems, b->elems);
	for (uint32_t i = 0; i < a->nr; i++) {
		struct edi_part p = edi_part_nr(a, i), q = edi_part_nr(b, i);

		ck_assert(p.pos == q.pos && p.len == q.len &&
			  p.dirty == q.dirty);
	}
	for (uint32_t e = 1; e <= a->elems; e++)
		ck_assert_uint_eq(edi_components(a, e), edi_components(b, e));
}

/* All segments from byte `pos`, read both ways. */
static void same_segments(struct str in, size_t pos,
			  const struct edi_syntax *syn, edi_index_fn *fn,
			  bool whole)
{
	struct edi_reader fast, plain;
	struct edi_segment a, b;
	bool more;

	edi_init(&fast, in, pos, syn, &arena);
	edi_init(&plain, in, pos, syn, &arena);
	fast.find = fn;
	fast.whole = whole && fast.whole;
	fast.from = (uint32_t)in.len + 1; /* what init found is void */
	fast.marks.nr_segment = 0;
	fast.marks.end[0] = 0;
	fast.segment = fast.marks.segment;
	do {
		more = edi_next(&fast, &a);
		same_segment(&a, &b, more, edi_next_plain(&plain, &b));
		if (more && next_random(64) == 0) /* as the envelope does */
			fast.pos = plain.pos = a.pos + 1;
	} while (more);
	arena_clear(&arena);
}

static void both_readers(uint32_t rounds, uint32_t scraps)
{
	for (uint32_t i = 0; i < rounds; i++) {
		const struct edi_syntax *syn =
			&syntaxes[i % ARRAY_SIZE(syntaxes)];
		struct buf b = { 0 };
		uint32_t pad = next_random(64);

		for (uint32_t n = 0; n < pad; n++)
			buf_byte(&b, ' ');
		for (uint32_t n = next_random(scraps); n; n--)
			put_scrap(&b, syn);
		for (int l = EDI_PLAIN; l < EDI_NR_LEVELS; l++) {
			edi_index_fn *fn = edi_index_of((enum edi_level)l);

			if (fn)
				same_segments(buf_view(&b),
					      b.len < pad ? 0 : pad, syn, fn,
					      (i + l) % 3 != 0);
		}
		buf_release(&b);
	}
}

START_TEST(reader_and_twin_agree)
{
	both_readers(1500, 100);
}
END_TEST

/* Longer than a window of the index, so that all of it crosses borders. */
START_TEST(reader_and_twin_agree_across_windows)
{
	both_readers(20, 20000);
}
END_TEST

/* A release sequence at each place around the borders of window and vector. */
START_TEST(releases_cross_borders)
{
	static const char *const tails[] = {
		"?+a'", "??+b'",	  "?\r\n'DAT+1'", "?'DAT+1'",
		"?",	"\xe2\x80\x99\n", "HKIFT+4'",	  "?\?'"
	};
	struct edi_syntax syn = EDI_SYNTAX_DEFAULT;

	syn.curly = true;
	for (uint32_t at = EDI_INDEX_MAX - 70; at < EDI_INDEX_MAX + 70; at++)
		for (size_t i = 0; i < ARRAY_SIZE(tails); i++) {
			struct buf b = { 0 };

			buf_z(&b, "RPI+");
			while (b.len < at)
				buf_byte(&b, 'x');
			buf_z(&b, i == 6 ? "+" : "");
			buf_z(&b, tails[i]);
			same_segments(buf_view(&b), 0, &syn, edi_index_best(),
				      true);
			buf_z(&b, "TVL+x:y'");
			same_segments(buf_view(&b), 0, &syn, edi_index_best(),
				      true);
			buf_release(&b);
		}
}
END_TEST

/* One part less, as many, and one more than a segment keeps. */
START_TEST(full_segments_agree)
{
	struct edi_syntax syn = EDI_SYNTAX_DEFAULT;

	for (uint32_t n = EDI_MAX_PARTS - 3; n <= EDI_MAX_PARTS + 3; n++)
		for (uint32_t step = 1; step <= 4; step++) {
			struct buf b = { 0 };

			buf_z(&b, step == 2 ? "RPI" : "TBD");
			for (uint32_t i = 0; i < n; i++) /* 4: in one window */
				buf_z(&b, step == 4  ? "+"
					  : i % step ? ":b"
						     : "+a");
			buf_z(&b, step == 4 ? "'SSD+1A'" : "+?+x'SSD+1A'");
			same_segments(buf_view(&b), 0, &syn, edi_index_best(),
				      true);
			buf_release(&b);
		}
}
END_TEST

UNIT_MAIN("edi_index", all_levels_find_the_same, tags_are_seen,
	  levels_are_chosen, reader_and_twin_agree,
	  reader_and_twin_agree_across_windows, releases_cross_borders,
	  full_segments_agree)
