#include "tests/unit/unit.h"
#include "watchlist/fold.h"
#include "watchlist/normalise.h"
#include "watchlist/score.h"
#include "watchlist/variant.h"

#include <string.h>

static struct str fold_of(char *out, const char *z)
{
	return (struct str){ out, fold(out, str_of(z)) };
}

static struct name_sound sound_of(char *out, struct str text)
{
	struct name_sound s = { .fold = { out, fold(out, text) } };

	s.sig = name_signature(s.fold);
	s.variant = (uint16_t)variant_class(s.fold);
	return s;
}

START_TEST(one_sound_has_one_fold)
{
	static const char *const row[][2] = {
		{ "KHADDAFI", "HADAFI" },
		{ "QADHAFI", "KADAFI" },
		{ "SHCHERBAKOV", "SCERBAKOV" },
		{ "SCHTSCHERBAKOW", "SCERBAKOV" },
		{ "POUTINE", "PUTINE" },
		{ "YEVGENIY", "EVGENI" },
		{ "DJAMEL", "JAMEL" },
		{ "ALEXANDER", "ALEXANDER" },
		{ "ALEKSANDER", "ALEXANDER" },
		{ "XU", "SU" },
		{ "HSU", "SU" },
		{ "OUALID", "VALID" },
		{ "NASREDDINE", "NASRUDIN" },
		{ "NASRALDIN", "NASRUDIN" },
		{ "ABDALLAH", "ABDULA" },
		{ "SMIRNOFF", "SMIRNOV" },
		{ "A", "A" },
		{ "H", "H" },
	};
	char out[NAME_TEXT];

	for (size_t i = 0; i < ARRAY_SIZE(row); i++)
		ck_str_is(fold_of(out, row[i][0]), row[i][1]);
}
END_TEST

START_TEST(bones_are_what_vowels_leave)
{
	static const char *const row[][2] = {
		{ "JULAIDAN", "JLDN" }, { "JILDAN", "JLDN" },
		{ "SIBIL", "SBL" },	{ "CEBEL", "SBL" },
		{ "PETER", "PTR" },	{ "AIU", "" },
	};
	char out[NAME_TEXT];

	for (size_t i = 0; i < ARRAY_SIZE(row); i++)
		ck_str_is(((struct str){ out,
					 fold_bones(out, str_of(row[i][0])) }),
			  row[i][1]);
}
END_TEST

static uint64_t seed = 88172645463325252u;

static uint32_t next_number(uint32_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 11) % n;
}

static struct str random_text(char *out, uint32_t most)
{
	static const char letters[] = "AEIOUYHKSCTZGQWJXDNL";
	size_t len = 1 + next_number(most);

	for (size_t i = 0; i < len; i++)
		out[i] = letters[next_number(sizeof(letters) - 1)];
	return (struct str){ out, len };
}

static bool is_capitals(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < 'A' || s.ptr[i] > 'Z')
			return false;
	return true;
}

/* Checked with `if`: each ck_assert() writes to a pipe. */
START_TEST(a_fold_is_not_empty_and_not_longer)
{
	char x[NAME_TEXT], out[NAME_TEXT], bones[NAME_TEXT];

	for (int i = 0; i < 200000; i++) {
		struct str a = random_text(x, NAME_TEXT);
		struct str f = { out, fold(out, a) };

		if (f.len == 0 || f.len > a.len || !is_capitals(f) ||
		    fold_bones(bones, f) > f.len)
			ck_abort_msg(STR_FMT ": " STR_FMT, STR_ARG(a),
				     STR_ARG(f));
	}
}
END_TEST

START_TEST(no_fold_is_of_two_classes)
{
	struct str before = STR_NONE, folded;
	unsigned int class, was = VARIANT_NONE;
	size_t nr = 0;

	while ((class = variant_walk(nr, &folded)) != VARIANT_NONE) {
		ck_assert(folded.len && is_capitals(folded));
		ck_assert_msg(!str_eq(before, folded) || was == class, STR_FMT,
			      STR_ARG(folded));
		ck_assert_uint_eq(variant_class(folded), class);
		before = folded;
		was = class;
		nr++;
	}
	ck_assert_uint_gt(nr, 900);
	ck_assert_uint_eq(variant_class(STR("NOSUCHNAME")), VARIANT_NONE);
}
END_TEST

START_TEST(sounds_are_alike_as_the_tables_say)
{
	static const struct {
		const char *a, *b;
		unsigned int sim;
		enum sound_method how;
	} row[] = {
		{ "MUELLER", "MUELLER", 970, SOUND_SAME },
		{ "KHALID", "HALID", 970, SOUND_SAME },
		{ "MUHAMMAD", "MEHMET", 940, SOUND_IN_CLASS },
		{ "ALEKSANDR", "ISKANDER", 940, SOUND_IN_CLASS },
		/* O for U of six letters */
		{ "KORBAN", "KURBAN", 970 - 250 / 6, SOUND_CLOSE },
		/* the same bones: U A, I missing, A I */
		{ "JULAIDAN", "JALADIN", 970 - 1600 / 8, SOUND_CLOSE },
		{ "MARTIN", "PETROV", 0, SOUND_NOT },
		/* three letters: only what is near */
		{ "CHUN", "JUN", 970 - 500 / 3, SOUND_CLOSE },
		{ "KIM", "KIL", 0, SOUND_NOT },
	};
	char x[NAME_TEXT], y[NAME_TEXT];

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct name_sound a = sound_of(x, str_of(row[i].a));
		struct name_sound b = sound_of(y, str_of(row[i].b));
		enum sound_method how;
		unsigned int sim = sound_similarity(&a, &b, &how);

		ck_assert_msg(sim == row[i].sim && how == row[i].how,
			      "%s %s: %u, %d", row[i].a, row[i].b, sim, how);
		ck_assert_uint_eq(sound_similarity(&b, &a, &how), sim);
		a.joined = true; /* close is not enough */
		sim = sound_similarity(&a, &b, &how);
		ck_assert_uint_eq(sim,
				  row[i].how == SOUND_CLOSE ? 0 : row[i].sim);
	}
}
END_TEST

START_TEST(sounds_are_symmetric)
{
	char tx[NAME_TEXT], ty[NAME_TEXT], x[NAME_TEXT], y[NAME_TEXT];
	uint32_t alike = 0;

	for (int i = 0; i < 200000; i++) {
		struct name_sound a = sound_of(x, random_text(tx, 9));
		struct name_sound b = sound_of(y, random_text(ty, 9));
		enum sound_method how, back;
		unsigned int sim = sound_similarity(&a, &b, &how);

		if (sound_similarity(&b, &a, &back) != sim || how != back ||
		    sim > SOUND_EQUAL)
			ck_abort_msg(STR_FMT " " STR_FMT, STR_ARG(a.fold),
				     STR_ARG(b.fold));
		alike += sim != 0;
	}
	ck_assert_uint_gt(alike, 100);
}
END_TEST

UNIT_MAIN("watchlist fold", one_sound_has_one_fold, bones_are_what_vowels_leave,
	  a_fold_is_not_empty_and_not_longer, no_fold_is_of_two_classes,
	  sounds_are_alike_as_the_tables_say, sounds_are_symmetric)
