#include "parsers/una.h"

#include <string.h>

enum {
	UNA_MAX = 24,	  /* bytes from UNA to UNB, blank space included */
	PROBE_MAX = 1024, /* UNB with its terminator is never longer */
	QUOTE_MAX = 3,	  /* bytes of a curly quote */
	SHORT_MAX = 6,	  /* bytes of a code or number before a tag */
};

static bool is_alnum(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c >= '0' && c <= '9');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0';
}

static size_t skip_breaks(struct str in, size_t pos)
{
	while (pos < in.len && (in.ptr[pos] == '\r' || in.ptr[pos] == '\n'))
		pos++;
	return pos;
}

/* The byte at *pos, line breaks skipped; moves behind it. 0 at the end. */
static char next(struct str in, size_t *pos)
{
	*pos = skip_breaks(in, *pos);
	return *pos < in.len ? in.ptr[(*pos)++] : '\0';
}

/* Where UNB's bytes stand; lines may be wrapped anywhere. */
struct unb {
	char element, component;
	size_t end; /* behind the version digit */
	/* what separators and terminator are judged by stays; NULL: only look */
	struct claims *told;
};

static void tell(const struct unb *u, size_t from, size_t to)
{
	if (u->told)
		claims_keep(u->told, from, to - from);
}

/* Bytes of the mark, or of what else stands there. */
static size_t mark_len(struct str in, size_t pos)
{
	return (uint8_t)in.ptr[pos] < 0x80 ? 1 : QUOTE_MAX;
}

/*
 * The mark at `pos`, what may release it, and the byte behind it, if only
 * behind blanks: one in a text is not to become one that ends it.
 */
static void tell_mark(struct str in, const struct unb *u, size_t pos)
{
	size_t from = pos, to = pos + mark_len(in, pos);

	while (from > u->end && !is_alnum(in.ptr[from - 1]) &&
	       in.ptr[from - 1] != ' ' && (uint8_t)in.ptr[from - 1] < 0x80)
		from--;
	while (to < in.len && is_blank(in.ptr[to]))
		to++;
	tell(u, from, to + 1);
}

/* Is the byte there? One of them stays. */
static bool has_byte(struct str in, const struct unb *u, size_t from, size_t to,
		     char c)
{
	const char *p = memchr(in.ptr + from, c, to - from);

	if (p)
		tell_mark(in, u, (size_t)(p - in.ptr));
	return p != NULL;
}

/* Not what is in texts, nor what ends a segment or releases by default. */
static bool may_separate(char c)
{
	return !is_alnum(c) && !is_blank(c) && c != '\'' && c != '?';
}

/* UNB, separator, four letters or digits, separator, digit? */
static bool read_unb(struct str in, size_t pos, struct unb *u)
{
	if (next(in, &pos) != 'U' || next(in, &pos) != 'N' ||
	    next(in, &pos) != 'B')
		return false;
	u->element = next(in, &pos);
	if (!may_separate(u->element))
		return false;
	for (int i = 0; i < 4; i++)
		if (!is_alnum(next(in, &pos)))
			return false;
	u->component = next(in, &pos);
	if (!may_separate(u->component) || u->component == u->element ||
	    !is_digit(next(in, &pos)))
		return false;
	u->end = pos;
	return true;
}

static bool is_curly(const char *p, size_t left)
{
	return (uint8_t)*p == 0x92 || (uint8_t)*p == 0xb4 || *p == '`' ||
	       (left >= 3 && (uint8_t)p[0] == 0xe2 && (uint8_t)p[1] == 0x80 &&
		((uint8_t)p[2] == 0x98 || (uint8_t)p[2] == 0x99));
}

/*
 * The tag [pos, end) with its separator, and of what stands before and behind
 * it, if only over blanks, a byte: XUNH is no tag. Then of the bytes that could
 * be a short code before a tag, those by which they are none.
 */
static void tell_tag(struct str in, const struct unb *u, size_t pos, size_t end)
{
	size_t lowest = pos > u->end + SHORT_MAX ? pos - SHORT_MAX : u->end;
	size_t before = pos, last = end - 1;
	bool letter = false;

	while (before > u->end && is_blank(in.ptr[before - 1]))
		before--;
	while (last < in.len && is_blank(in.ptr[last]))
		last++;
	tell(u, before - mark_len(in, before - 1), last + 1);
	for (size_t i = pos; i-- > lowest;) {
		char c = in.ptr[i];

		if (is_digit(c) || is_blank(c))
			continue;
		if (c < 'A' || c > 'Z' || !letter)
			tell(u, i, i + 1);
		if (c < 'A' || c > 'Z')
			break;
		letter = true;
	}
}

/*
 * UNG or UNH behind UNB, from `pos` on; behind what is looked at: none. What
 * stands behind another UNB is not of this one.
 */
static size_t find_header(struct str in, const struct unb *u, size_t pos)
{
	size_t limit =
		u->end + PROBE_MAX < in.len ? u->end + PROBE_MAX : in.len;

	for (; pos < limit; pos++) {
		struct unb another;
		size_t at = pos;
		char c;

		if (in.ptr[pos] != 'U' || next(in, &at) != 'U' ||
		    next(in, &at) != 'N')
			continue;
		c = next(in, &at);
		if (c == 'B' && read_unb(in, pos, &another)) {
			tell_tag(in, u, pos, another.end);
			return limit;
		}
		if (c != 'G' && c != 'H')
			continue;
		c = next(in, &at);
		if (c == u->element || c == ' ') {
			tell_tag(in, u, pos, at);
			return pos;
		}
	}
	return limit;
}

/*
 * The terminator: what stands before the first UNG or UNH behind UNB; but if
 * the usual one is there before it, something strayed between. False: there
 * is none.
 */
static bool probe_terminator(struct str in, const struct unb *u,
			     struct edi_syntax *syn)
{
	size_t limit =
		u->end + PROBE_MAX < in.len ? u->end + PROBE_MAX : in.len;

	for (size_t i = find_header(in, u, u->end); i < limit;
	     i = find_header(in, u, i + 1)) {
		size_t before = i;
		char c;

		while (before > u->end && is_blank(in.ptr[before - 1]))
			before--;
		c = in.ptr[before - 1];
		if (has_byte(in, u, u->end, i, syn->segment))
			return true; /* what strayed may be blanked: not asked */
		if (before >= 3 && is_curly(in.ptr + before - 3, 3) &&
		    (uint8_t)c >= 0x80)
			syn->curly = true;
		else if (is_curly(&c, 1))
			syn->curly = true;
		else if (is_alnum(c) || c == u->element || c == u->component ||
			 is_blank(c) || (uint8_t)c >= 0x80 ||
			 ((uint8_t)c < ' ' && c != 0x1c))
			continue;
		else
			syn->segment = c;
		return true;
	}
	return false;
}

/* Six characters, distinct (decimal mark and blanks apart), no letters? */
static bool una_is_sound(const char *una, const struct unb *u)
{
	char c = una[3], e = una[4], r = una[6], rep = una[7], t = una[8];

	for (int i = 3; i < 9; i++)
		if (is_alnum(una[i]) || (uint8_t)una[i] >= 0x80 ||
		    (is_blank(una[i]) && una[i] != ' '))
			return false;
	if (c == ' ' || e == ' ' || t == ' ')
		return false;
	if (c == e || c == t || e == t || r == c || r == e || r == t)
		return false;
	if (rep != ' ' && (rep == c || rep == e || rep == t || rep == r))
		return false;
	return c == u->component && e == u->element;
}

/*
 * Does it stand where UNB may end, before UNG or UNH? Without those nothing
 * says no, and what stands further on may be no part of the message.
 */
static bool occurs(struct str in, const struct unb *u, char c)
{
	size_t end = find_header(in, u, u->end);

	return end >= in.len || end >= u->end + PROBE_MAX ||
	       has_byte(in, u, u->end, end, c);
}

/*
 * Service characters from UNB and, where it is damaged, from UNA's bytes.
 * False: the terminator is only the usual one.
 */
static bool probe(struct str in, const struct unb *u, struct str una,
		  struct edi_syntax *syn)
{
	*syn = EDI_SYNTAX_DEFAULT;
	syn->element = u->element;
	syn->component = u->component;
	if (u->element == 0x1d) { /* level B of ISO 9735 */
		syn->segment = 0x1c;
		syn->release = 0;
	}
	if (una.len && str_find_byte(una, '\\') >= 0)
		syn->release = '\\';
	for (size_t i = 0; i < una.len; i++)
		if (is_curly(una.ptr + i, una.len - i))
			syn->curly = true;
	return probe_terminator(in, u, syn);
}

/* The UNA before `unb`, blank space between them; false: there is none. */
static bool find_una(struct str in, size_t from, size_t unb, size_t *una)
{
	size_t lowest = unb > from + UNA_MAX ? unb - UNA_MAX : from;

	for (size_t i = unb; i-- > lowest;) {
		if (is_alnum(in.ptr[i]) && in.ptr[i] != 'A')
			return false;
		if (in.ptr[i] != 'A')
			continue;
		if (i < from + 2 || in.ptr[i - 1] != 'N' ||
		    in.ptr[i - 2] != 'U')
			return false;
		*una = i - 2;
		return true;
	}
	return false;
}

/*
 * A sender who ends segments by line breaks? Then UNG or UNH has a line of its
 * own, without a terminator.
 */
static bool ends_by_lines(struct str in, const struct edi_start *out,
			  const struct unb *u)
{
	size_t at = find_header(in, u, u->end);
	struct str line = str_slice(in, at, in.len);

	if (out->syntax.curly || at >= in.len || at >= u->end + PROBE_MAX ||
	    in.ptr[at - 1] != '\n')
		return false;
	line = str_split(&line, '\n');
	for (size_t i = 0; i < line.len; i++)
		if (line.ptr[i] == out->syntax.segment ||
		    is_curly(line.ptr + i, line.len - i)) {
			tell_mark(in, u, at + i);
			return false;
		}
	return line.len > 0;
}

static void read_start(struct str in, size_t from, const struct unb *u,
		       struct edi_start *out)
{
	struct str una = { in.ptr, 0 };
	struct edi_syntax named = { 0 };
	bool found;

	out->una = out->unb;
	out->damaged = false;
	if (find_una(in, from, out->unb, &out->una)) {
		const char *p = in.ptr + out->una;

		una = (struct str){ p + 3, out->unb - out->una - 3 };
		if (una.len >= 6 && una_is_sound(p, u))
			named = (struct edi_syntax){ p[3], p[4],
						     p[6] == ' ' ? '\0' : p[6],
						     p[8], false };
		out->syntax = named;
		if (named.segment && occurs(in, u, named.segment))
			return;
		out->damaged = true;
	}
	found = probe(in, u, una, &out->syntax);
	if (found && !(named.segment && out->syntax.curly))
		return;
	if (named.segment) { /* UNB has lost its terminator, or has a quote */
		named.curly = out->syntax.curly;
		out->syntax = named;
		out->damaged = found;
	}
	if (ends_by_lines(in, out, u)) {
		out->syntax.segment = '\n';
		out->damaged = una.len > 0;
	}
}

bool edi_find_start(struct str in, size_t from, struct edi_start *out)
{
	struct unb u = { .told = NULL };

	for (size_t i = from; i < in.len; i++) {
		const char *p = memchr(in.ptr + i, 'U', in.len - i);

		if (!p)
			return false;
		i = (size_t)(p - in.ptr);
		if (!read_unb(in, i, &u))
			continue;
		out->unb = i;
		read_start(in, from, &u, out);
		return true;
	}
	return false;
}

void edi_claim_start(struct claims *c, struct str in,
		     const struct edi_start *start)
{
	struct unb u = { .told = c };
	struct edi_start same = *start;

	if (!read_unb(in, start->unb, &u))
		return;
	tell(&u, start->unb, u.end); /* without its version it is no UNB */
	read_start(in, start->una, &u, &same);
}
