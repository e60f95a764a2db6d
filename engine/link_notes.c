#include "engine/link.h"

#include <inttypes.h>
#include <stdio.h>

enum {
	LINE_ROOM = 80,	   /* a word and three numbers of 64 bits */
	FLIGHT_ROOM = 300, /* with two times, a hash, and four codes */
};

/* A code without blanks, "-" for none. */
static struct str code_or_dash(struct str code)
{
	return str_empty(code) ? STR("-") : code;
}

/* "flight SECONDS HASH DEPARTS PRECISION ARRIVES PRECISION", then codes. */
static size_t write_flight(char *out, const struct flight_state *s)
{
	char hash[2 * CRYPT_HASH_LEN + 1];
	const struct flight *f = &s->flight;

	if (!moment_is_set(s->flight_sent_at))
		return 0;
	crypt_to_hex(hash, s->flight_message, CRYPT_HASH_LEN);
	return (size_t)snprintf(
		out, FLIGHT_ROOM,
		"flight %" PRId64 " %s %" PRId64 " %d %" PRId64 " %d " STR_FMT
		" " STR_FMT " " STR_FMT " " STR_FMT "\n",
		s->flight_sent_at.s, hash, f->departs.s, f->departs.precision,
		f->arrives.s, f->arrives.precision,
		STR_ARG(code_or_dash(f->carrier)),
		STR_ARG(code_or_dash(f->number)),
		STR_ARG(code_or_dash(f->origin)),
		STR_ARG(code_or_dash(f->destination)));
}

/*
 * Lines: "flight ..." once, "push SECONDS" once, "part SECONDS SERIES NUMBER
 * KIND" for each part of a message, of which KIND is 1 for the last one plus 2
 * for one of a push of all bookings, "cancelled SECONDS LOCATOR" for each booking
 * taken off the flight, "off SECONDS ID NAME" or "on SECONDS ID NAME" for each
 * notice. Locators hold no blanks.
 */
struct str link_notes_write(const struct flight_state *s, struct arena *a)
{
	size_t room = FLIGHT_ROOM + LINE_ROOM * (1 + s->nr_tombstone +
						 s->nr_notice + s->nr_part);
	size_t n;
	char *out;

	for (uint32_t i = 0; i < s->nr_tombstone; i++)
		room += s->tombstone[i].locator.len;
	out = arena_alloc(a, room);
	n = write_flight(out, s);
	if (moment_is_set(s->full_push_at))
		n += (size_t)snprintf(out + n, room - n, "push %" PRId64 "\n",
				      s->full_push_at.s);
	for (uint32_t i = 0; i < s->nr_tombstone; i++)
		n += (size_t)snprintf(out + n, room - n,
				      "cancelled %" PRId64 " " STR_FMT "\n",
				      s->tombstone[i].sent_at.s,
				      STR_ARG(s->tombstone[i].locator));
	for (uint32_t i = 0; i < s->nr_part; i++) {
		const struct series_part *p = &s->part[i];

		n += (size_t)snprintf(out + n, room - n,
				      "part %" PRId64 " %" PRId64 " %d %d\n",
				      p->sent_at.s, p->series, p->number,
				      p->last + 2 * p->push);
	}
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

static bool read_part(struct flight_state *s, struct moment at, struct str line)
{
	struct str series = str_split(&line, ' ');
	struct series_part p = { .sent_at = at };
	int64_t number, kind;

	if (!str_to_i64(series, &p.series) ||
	    !str_to_i64(str_split(&line, ' '), &number) ||
	    !str_to_i64(line, &kind))
		return false;
	p.number = (int32_t)number;
	p.last = kind & 1;
	p.push = kind & 2;
	*(struct series_part *)arena_push(&s->arena, &s->part, &s->nr_part,
					  sizeof(p)) = p;
	return true;
}

static bool read_moment(struct moment *out, struct str *line)
{
	int64_t precision;

	if (!str_to_i64(str_split(line, ' '), &out->s) ||
	    !str_to_i64(str_split(line, ' '), &precision))
		return false;
	out->precision = (enum precision)precision;
	return true;
}

static struct str read_code(struct flight_state *s, struct str *line)
{
	struct str code = str_split(line, ' ');

	return str_eq(code, STR("-")) ? STR_NONE : arena_str(&s->arena, code);
}

/* What stands here is newer than, or the same as, what sightings state. */
static bool read_flight(struct flight_state *s, struct moment at,
			struct str line)
{
	struct flight f;

	if (!crypt_from_hex(s->flight_message, CRYPT_HASH_LEN,
			    str_split(&line, ' ')) ||
	    !read_moment(&f.departs, &line) || !read_moment(&f.arrives, &line))
		return false;
	f.carrier = read_code(s, &line);
	f.number = read_code(s, &line);
	f.origin = read_code(s, &line);
	f.destination = read_code(s, &line);
	s->flight = f;
	s->flight_sent_at = at;
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
	if (str_eq(word, STR("flight")))
		return read_flight(s, at, line);
	if (str_eq(word, STR("part")))
		return read_part(s, at, line);
	if (str_eq(word, STR("push"))) {
		s->full_push_at = at;
		return true;
	}
	if (str_eq(word, STR("on")) || str_eq(word, STR("off")))
		return read_notice(s, str_eq(word, STR("on")), at, line);
	if (!str_eq(word, STR("cancelled")))
		return false;
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
