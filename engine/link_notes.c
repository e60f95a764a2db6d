#include "engine/link.h"

/*
 * Lines: "push SECONDS" once, "cancelled SECONDS LOCATOR" for each booking
 * taken off the flight. Locators hold no blanks.
 */
struct str link_notes_write(const struct flight_state *s, struct arena *a)
{
	struct str out = STR("");

	if (moment_is_set(s->full_push_at))
		out = arena_fmt(a, "push %lld\n", (long long)s->full_push_at.s);
	for (uint32_t i = 0; i < s->nr_tombstone; i++)
		out = arena_fmt(a, STR_FMT "cancelled %lld " STR_FMT "\n",
				STR_ARG(out),
				(long long)s->tombstone[i].sent_at.s,
				STR_ARG(s->tombstone[i].locator));
	return out;
}

int link_notes_read(struct flight_state *s, struct str notes, struct err *e)
{
	while (!str_empty(notes)) {
		struct str line = str_split(&notes, '\n');
		struct str word = str_split(&line, ' ');
		struct str seconds = str_split(&line, ' ');
		struct moment at = { 0, MOMENT_SECOND };
		struct tombstone *t;

		if (!str_to_i64(seconds, &at.s))
			return err_at(e, ERR_INTEGRITY, 0,
				      "a flight's notes are damaged");
		if (str_eq(word, STR("push"))) {
			s->full_push_at = at;
			continue;
		}
		t = arena_push(&s->arena, &s->tombstone, &s->nr_tombstone,
			       sizeof(*t));
		t->locator = arena_str(&s->arena, line);
		t->sent_at = at;
	}
	return 0;
}
