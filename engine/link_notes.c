#include "engine/link.h"

#include <inttypes.h>
#include <stdio.h>

enum { LINE_ROOM = 80 }; /* a word and three numbers of 64 bits */

/*
 * Lines: "push SECONDS" once, "cancelled SECONDS LOCATOR" for each booking
 * taken off the flight, "off SECONDS ID NAME" or "on SECONDS ID NAME" for each
 * notice. Locators hold no blanks.
 */
struct str link_notes_write(const struct flight_state *s, struct arena *a)
{
	size_t room = LINE_ROOM * (1 + s->nr_tombstone + s->nr_notice), n = 0;
	char *out;

	for (uint32_t i = 0; i < s->nr_tombstone; i++)
		room += s->tombstone[i].locator.len;
	out = arena_alloc(a, room);
	if (moment_is_set(s->full_push_at))
		n += (size_t)snprintf(out, room, "push %" PRId64 "\n",
				      s->full_push_at.s);
	for (uint32_t i = 0; i < s->nr_tombstone; i++)
		n += (size_t)snprintf(out + n, room - n,
				      "cancelled %" PRId64 " " STR_FMT "\n",
				      s->tombstone[i].sent_at.s,
				      STR_ARG(s->tombstone[i].locator));
	for (uint32_t i = 0; i < s->nr_notice; i++) {
		const struct notice *w = &s->notice[i];

		n += (size_t)snprintf(out + n, room - n,
				      "%s %" PRId64 " %" PRId64 " %" PRId64
				      "\n",
				      w->travels ? "on" : "off", w->sent_at.s,
				      w->id, w->name);
	}
	return (struct str){ out, n };
}

static bool read_notice(struct flight_state *s, bool travels, struct moment at,
			struct str line)
{
	struct str id = str_split(&line, ' ');
	struct notice n = { .sent_at = at, .travels = travels };

	if (!str_to_i64(id, &n.id) || !str_to_i64(line, &n.name))
		return false;
	*(struct notice *)arena_push(&s->arena, &s->notice, &s->nr_notice,
				     sizeof(n)) = n;
	return true;
}

static bool read_line(struct flight_state *s, struct str line)
{
	struct str word = str_split(&line, ' ');
	struct str seconds = str_split(&line, ' ');
	struct moment at = { 0, MOMENT_SECOND };
	struct tombstone *t;

	if (!str_to_i64(seconds, &at.s))
		return false;
	if (str_eq(word, STR("push"))) {
		s->full_push_at = at;
		return true;
	}
	if (str_eq(word, STR("on")) || str_eq(word, STR("off")))
		return read_notice(s, str_eq(word, STR("on")), at, line);
	t = arena_push(&s->arena, &s->tombstone, &s->nr_tombstone, sizeof(*t));
	t->locator = arena_str(&s->arena, line);
	t->sent_at = at;
	return true;
}

int link_notes_read(struct flight_state *s, struct str notes, struct err *e)
{
	while (!str_empty(notes))
		if (!read_line(s, str_split(&notes, '\n')))
			return err_at(e, ERR_INTEGRITY, 0,
				      "a flight's notes are damaged");
	return 0;
}
