/* A delta: what it adds and withdraws, its sequence, damage; the self-test */
#include "tests/unit/unit.h"
#include "watchlist/build.h"
#include "watchlist/delta_edit.h"
#include "watchlist/self_test.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct arena arena;

/* A list of entries named by one letter each: id "a" is A ALPHATEST. */
static struct watch_list list_of(const char *id, const char *entries)
{
	struct watch_list l = { .sheet = { .id = str_of(id),
					   .title = STR("t"),
					   .owner = STR("o"),
					   .basis = STR("b"),
					   .alert = STR("a"),
					   .until = { 2030, 1, 1 },
					   .threshold = 800 } };

	for (const char *at = entries; *at; at++) {
		struct watch_entry *n = arena_push(&arena, &l.entries,
						   &l.nr_entries, sizeof(*n));
		struct watch_name *name = arena_alloc(&arena, sizeof(*name));
		struct birth_range *born = arena_alloc(&arena, sizeof(*born));

		name->surname = arena_fmt(&arena, "%cAB%cUTEST", *at, *at);
		name->given = STR("JOAN");
		*born = (struct birth_range){ 1000 + *at, 1000 + *at };
		*n = (struct watch_entry){ .list = l.sheet.id,
					   .id = arena_fmt(&arena, "%c", *at),
					   .reference = STR("R"),
					   .offence = STR("04"),
					   .names = name,
					   .nr_names = 1,
					   .births = born,
					   .nr_births = 1,
					   .valid_until = { 2030, 1, 1 },
					   .threshold = 800 };
	}
	return l;
}

static struct watchlist *build(const char *id, const char *entries)
{
	struct watch_list l = list_of(id, entries);
	static struct buf bytes;
	struct watchlist *wl;
	struct err e = { 0 };
	char *copy;

	buf_clear(&bytes);
	ck_assert_int_eq(watchlist_build(&bytes, &l, 1, &e), 0);
	copy = arena_alloc(&arena, bytes.len);
	memcpy(copy, bytes.data, bytes.len);
	ck_assert_int_eq(
		watchlist_of_bytes(&wl, (struct str){ copy, bytes.len }, &e),
		0);
	return wl;
}

/* The delta after a change: "+abc" adds, "-a" withdraws, "!" settles. */
static struct watch_delta *change(struct watch_delta *d, const char *what,
				  const struct watchlist *base)
{
	struct delta_edit ed;
	struct watch_list l;
	struct buf out = { .data = NULL };
	struct err e = { 0 };
	char kind = *what;

	delta_edit_init(&ed, d);
	if (kind == '+') {
		l = list_of("l", what + 1);
		delta_edit_add(&ed, &l);
	} else if (kind == '!') {
		delta_edit_settle(&ed, base);
	}
	while (kind == '-' && *++what)
		delta_edit_withdraw(
			&ed, &(struct watch_id){ STR("l"), { what, 1 } });
	ck_assert_int_eq(delta_edit_finish(&out, &ed, &e), 0);
	delta_edit_release(&ed);
	watch_delta_free(d);
	ck_assert_msg(watch_delta_of_bytes(&d, buf_view(&out), &e) == 0, "%s",
		      e.text);
	buf_release(&out);
	return d;
}

static struct watch_delta *nothing(void)
{
	struct watch_delta *d;
	struct err e = { 0 };

	ck_assert_int_eq(watch_delta_open(&d, "/nonexistent/x.delta", &e), 0);
	ck_assert_int_eq(d->sequence, 0);
	return d;
}

/* Ids that are live: of the base, then of the delta. */
static void live(char *out, const struct watchlist *base,
		 const struct watch_delta *d)
{
	uint8_t *hidden;
	struct err e = { 0 };

	ck_assert_int_eq(watch_delta_hide(&hidden, d, base, &e), 0);
	for (uint32_t i = 0; i < base->nr_entry; i++)
		if (!hidden || !hidden[i])
			*out++ = *watchlist_text(base, base->entry[i].id).ptr;
	*out++ = '|';
	for (uint32_t i = 0; d->added && i < d->added->nr_entry; i++)
		*out++ = *watchlist_text(d->added, d->added->entry[i].id).ptr;
	*out = '\0';
	free(hidden);
}

/* Changes of a delta beside a snapshot of a, b, c, and what is live then. */
static const struct {
	const char *changes, *live;
	uint32_t withdrawn;
} courses[] = {
	{ "", "abc|", 0 },	     { "+x", "abc|x", 0 },
	{ "+xy +wy", "abc|wxy", 0 }, { "-b", "ac|", 1 },
	{ "-b -b", "ac|", 1 },	     { "-ab", "c|", 2 },
	{ "+b", "ac|b", 0 }, /* the delta's counts instead */
	{ "-b +b", "ac|b", 0 },	     { "+b -b", "ac|", 1 },
	{ "+x -x", "abc|", 1 },	     { "+x -x !", "abc|", 0 },
	{ "-b !", "ac|", 1 }, /* the snapshot still has it */
	{ "+bx !", "abc|x", 0 },
};

START_TEST(what_is_live_after_each_change)
{
	struct watchlist *base = build("l", "abc");

	for (size_t i = 0; i < ARRAY_SIZE(courses); i++) {
		struct str rest = str_of(courses[i].changes);
		struct watch_delta *d = nothing();
		int64_t sequence = 0;
		char is[16];

		while (rest.len) {
			struct str one = str_split(&rest, ' ');

			d = change(d, arena_str(&arena, one).ptr, base);
			ck_assert_int_eq(d->sequence, ++sequence);
		}
		live(is, base, d);
		ck_assert_msg(!strcmp(is, courses[i].live) &&
				      d->nr_withdrawn == courses[i].withdrawn,
			      "'%s': '%s', not '%s'; %u withdrawn",
			      courses[i].changes, is, courses[i].live,
			      d->nr_withdrawn);
		watch_delta_free(d);
	}
	watchlist_free(base);
	arena_release(&arena);
}
END_TEST

START_TEST(an_entry_of_another_list_is_another)
{
	struct watchlist *base = build("m", "abc");
	struct watch_delta *d = change(nothing(), "-b", base);
	char is[16];

	live(is, base, d);
	ck_assert_str_eq(is, "abc|");
	ck_assert_uint_eq(
		watchlist_find(base, &(struct watch_id){ STR("m"), STR("c") }),
		2);
	ck_assert_uint_eq(
		watchlist_find(base, &(struct watch_id){ STR("m"), STR("d") }),
		UINT32_MAX);
	ck_assert_uint_eq(
		watchlist_find(base, &(struct watch_id){ STR("l"), STR("c") }),
		UINT32_MAX);
	watch_delta_free(d);
	watchlist_free(base);
	arena_release(&arena);
}
END_TEST

/* Every cut and every changed bit of a delta's file. */
START_TEST(damage_is_refused)
{
	struct watchlist *base = build("l", "abc");
	struct watch_delta *d = change(change(nothing(), "+x", base), "-a",
				       base),
			   *other;
	struct str file = buf_view(&d->bytes);
	struct err e = { 0 };

	for (size_t len = 0; len < file.len; len++) {
		char *cut = malloc(len + 1);

		memcpy(cut, file.ptr, len);
		e = (struct err){ 0 };
		ck_assert_int_eq(watch_delta_of_bytes(
					 &other, (struct str){ cut, len }, &e),
				 ERR_INTEGRITY);
		free(cut);
	}
	for (size_t i = 0; i < file.len; i++) {
		char *at = (char *)(uintptr_t)file.ptr + i;

		*at ^= 1 << i % 8;
		e = (struct err){ 0 };
		ck_assert_int_eq(watch_delta_of_bytes(&other, file, &e),
				 ERR_INTEGRITY);
		*at ^= 1 << i % 8;
	}
	watch_delta_free(d);
	watchlist_free(base);
	arena_release(&arena);
}
END_TEST

START_TEST(a_sound_snapshot_passes_its_self_test)
{
	struct watchlist *base = build("l", "abcdefghijklmnopqrstuvwxyz");
	struct err e = { 0 };

	ck_assert_msg(watchlist_self_test(base, &e) == 0, "%s", e.text);
	watchlist_free(base);
	arena_release(&arena);
}
END_TEST

/* Sound by its checksum, but its names are not where they are looked for. */
START_TEST(an_entry_that_is_not_found_is_noticed)
{
	struct watchlist *base = build("l", "abc");
	uint32_t *post = (uint32_t *)(uintptr_t)base->post;
	uint32_t *born = (uint32_t *)(uintptr_t)base->born;
	struct err e = { 0 };

	for (uint32_t i = 0; i < base->nr_post; i++)
		post[i] = 0;
	for (uint32_t i = 0; i < base->nr_born; i++)
		born[i] = 0;
	ck_assert_int_eq(watchlist_self_test(base, &e), ERR_INTEGRITY);
	ck_assert_msg(strstr(e.text, "does not find its own entry"), "%s",
		      e.text);
	watchlist_free(base);
	arena_release(&arena);
}
END_TEST

/* Of the list as it was added last; what is taken off is not of its files. */
START_TEST(the_version_of_an_added_list_stays)
{
	struct watchlist *base = build("l", "abc");
	struct watch_list l = list_of("l", "xy");
	struct watch_delta *d = nothing();
	struct buf out = { .data = NULL };
	struct err e = { 0 };
	struct delta_edit ed;
	struct watch_entry n;

	memset(l.version, 0x5a, sizeof(l.version));
	delta_edit_init(&ed, d);
	ck_assert_ptr_null(delta_edit_version(&ed, STR("l")));
	delta_edit_add(&ed, &l);
	ck_assert_ptr_nonnull(delta_edit_version(&ed, STR("l")));
	ck_assert_ptr_null(delta_edit_version(&ed, STR("m")));
	ck_assert_int_eq(delta_edit_finish(&out, &ed, &e), 0);
	delta_edit_release(&ed);
	watch_delta_free(d);
	ck_assert_int_eq(watch_delta_of_bytes(&d, buf_view(&out), &e), 0);
	buf_release(&out);
	d = change(d, "-x", base);
	watchlist_entry(d->added, 0, &arena, &n);
	ck_str_is(n.id, "y");
	ck_assert(n.list_version == 0x5a5a5a5a5a5a5a5a);
	watch_delta_free(d);
	watchlist_free(base);
	arena_release(&arena);
}
END_TEST

UNIT_MAIN("watchlist delta", the_version_of_an_added_list_stays,
	  what_is_live_after_each_change, an_entry_of_another_list_is_another,
	  damage_is_refused, a_sound_snapshot_passes_its_self_test,
	  an_entry_that_is_not_found_is_noticed)
