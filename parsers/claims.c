#include "parsers/claims.h"

void claims_init(struct claims *c, struct arena *a, size_t len)
{
	*c = (struct claims){ .arena = a, .len = len };
	c->keep = arena_alloc(a, (len / 64 + 2) * sizeof(*c->keep));
}

/* Bits [from, to) of one word. */
static uint64_t mask(size_t from, size_t to)
{
	uint64_t upto = to == 64 ? ~(uint64_t)0 : ((uint64_t)1 << to) - 1;

	return upto & ~(((uint64_t)1 << from) - 1);
}

static void set_range(struct claims *c, size_t pos, size_t len, bool on)
{
	size_t end = pos + len < pos || pos + len > c->len ? c->len : pos + len;

	while (pos < end) {
		size_t word = pos / 64, from = pos % 64;
		size_t to = end - word * 64 < 64 ? end - word * 64 : 64;

		if (on)
			c->keep[word] |= mask(from, to);
		else
			c->keep[word] &= ~mask(from, to);
		pos = (word + 1) * 64;
	}
}

void claims_keep(struct claims *c, size_t pos, size_t len)
{
	set_range(c, pos, len, true);
}

void claims_drop(struct claims *c, size_t pos, size_t len)
{
	set_range(c, pos, len, false);
}

void claims_grow(struct claims *c)
{
	enum { FIRST = 64 };
	uint32_t room = c->room_segment ? c->room_segment * 2 : FIRST;
	struct claim_segment *s = arena_room(c->arena, room * sizeof(*s));

	if (c->nr_segment)
		memcpy(s, c->segment, c->nr_segment * sizeof(*s));
	c->segment = s;
	c->room_segment = room;
}

void claims_scan(struct claims *c, struct span at, enum claim_kind kind,
		 char release)
{
	struct claim_scan *s =
		arena_push(c->arena, &c->scan, &c->nr_scan, sizeof(*s));

	*s = (struct claim_scan){ at, kind, release, STR_NONE };
	claims_keep(c, at.pos, at.len);
}

void claims_scan_text(struct claims *c, struct span at, enum claim_kind kind,
		      char release, struct str text)
{
	claims_scan(c, at, kind, release);
	c->scan[c->nr_scan - 1].text = text;
}
