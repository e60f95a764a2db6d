#include "parsers/contact.h"

#include <string.h>

enum { MIN_DIGITS = 5 };

const char *contact_kind(char letter)
{
	static const struct {
		char letter;
		const char *kind;
	} kinds[] = {
		{ 'M', "mobile" },   { 'H', "home" },  { 'B', "business" },
		{ 'W', "business" }, { 'E', "email" }, { 'F', "fax" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (kinds[i].letter == letter)
			return kinds[i].kind;
	return "unknown";
}

void contact_add(struct walk *w, struct contacts to, const char *kind,
		 struct str value)
{
	struct contact *c;

	*to.known = true;
	for (uint32_t i = 0; i < *to.nr; i++)
		if (str_eq((*to.list)[i].value, value))
			return;
	c = arena_push(w->arena, to.list, to.nr, sizeof(*c));
	*c = (struct contact){ str_of(kind), value };
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* What stands between the digits of a number. */
static bool is_filler(char c)
{
	return c == ' ' || c == '-' || c == '(' || c == ')' || c == '.' ||
	       c == '+';
}

/* "-1DOE/JON" behind a number tells whose it is. */
static bool is_name_suffix(struct str s, size_t at)
{
	return at + 2 < s.len && s.ptr[at] == '-' && s.ptr[at + 1] == '1' &&
	       is_letter(s.ptr[at + 2]);
}

/* A run of digits and what stands between them, from `at`: its end. */
static size_t run_end(struct str s, size_t at, unsigned *digits)
{
	size_t end = at;

	*digits = 0;
	for (size_t i = at; i < s.len; i++) {
		if (is_digit(s.ptr[i])) {
			++*digits;
			end = i + 1;
		} else if (!is_filler(s.ptr[i]) || is_name_suffix(s, i)) {
			break;
		} else if (s.ptr[i] == ' ' && i + 1 < s.len &&
			   s.ptr[i + 1] == ' ') {
			break;
		}
	}
	return end;
}

/* The first number at or behind *pos; moves *pos behind it. */
static bool next_number(struct str s, size_t *pos, size_t *from)
{
	unsigned digits;

	for (size_t i = *pos; i < s.len; i++) {
		size_t begin = i, end;

		if (!is_digit(s.ptr[i]))
			continue;
		end = run_end(s, i, &digits);
		if (digits < MIN_DIGITS) {
			i = end;
			continue;
		}
		while (begin > *pos &&
		       (s.ptr[begin - 1] == '+' || s.ptr[begin - 1] == '('))
			begin--;
		*from = begin;
		*pos = end;
		return true;
	}
	return false;
}

static bool is_kind_letter(char c)
{
	return c == 'H' || c == 'B' || c == 'W' || c == 'M';
}

/*
 * "7732486972-A": an agency's, who is no passenger (C-817/19, paragraph 131).
 * The letters T and A tell so behind a number and behind CTC.
 */
static bool is_agencys(struct str s, size_t at)
{
	return at + 1 < s.len && s.ptr[at] == '-' &&
	       (s.ptr[at + 1] == 'A' || s.ptr[at + 1] == 'T') &&
	       (at + 2 == s.len ||
		(!is_letter(s.ptr[at + 2]) && !is_digit(s.ptr[at + 2])));
}

/* The letter that tells a number's kind stands alone before it: where. */
static bool kind_letter(struct str s, size_t from, size_t *at)
{
	size_t i = from;

	while (i > 0 && s.ptr[i - 1] == ' ')
		i--;
	if (i == 0 || !is_kind_letter(s.ptr[i - 1]) ||
	    (i > 1 && (is_letter(s.ptr[i - 2]) || is_digit(s.ptr[i - 2]))))
		return false;
	*at = i - 1;
	return true;
}

void contact_read_phones(struct walk *w, struct piece v, const char *kind,
			 struct contacts to)
{
	struct str s = v.text;
	size_t pos = 0, from, letter;

	for (unsigned n = 0; next_number(s, &pos, &from); n++) {
		const char *k = kind;

		if (is_agencys(s, pos))
			return;
		if (kind_letter(s, from, &letter)) {
			k = contact_kind(s.ptr[letter]);
			piece_claim(w, piece_slice(w, v, letter, letter + 1));
		} else if (n > 0) {
			break; /* some other number: of a ticket, a flight */
		}
		contact_add(w, to, k,
			    piece_keep(w, piece_slice(w, v, from, pos)));
	}
}

struct str contact_decode_email(struct arena *a, struct str s)
{
	static const struct {
		char pair[3], plain;
	} escapes[] = { { "//", '@' }, { "..", '_' }, { "./", '-' } };
	struct str out = arena_str(a, s);
	char *to = (char *)(uintptr_t)out.ptr;
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		/* all of them begin so */
		for (size_t k = 0;
		     (c == '/' || c == '.') && k < ARRAY_SIZE(escapes); k++)
			if (i + 1 < s.len &&
			    memcmp(s.ptr + i, escapes[k].pair, 2) == 0) {
				c = escapes[k].plain;
				i++;
				break;
			}
		to[n++] = c;
	}
	out.len = n;
	return out;
}

/*
 * Where an address ends: at a blank, or at a slash that is no escape. That
 * begins a language, /EN, or the given name of -1SURNAME/GIVEN.
 */
static size_t email_end(struct str s, size_t from)
{
	size_t i = from, back;

	for (; i < s.len && s.ptr[i] != ' '; i++) {
		if (s.ptr[i] == '.' && i + 1 < s.len && s.ptr[i + 1] == '/')
			i++;
		else if (s.ptr[i] == '/' && i + 1 < s.len &&
			 s.ptr[i + 1] == '/')
			i++;
		else if (s.ptr[i] == '/')
			break;
	}
	if (i > s.len)
		i = s.len;
	for (back = i; back > from && is_letter(s.ptr[back - 1]);)
		back--;
	if (i < s.len && s.ptr[i] == '/' && back >= from + 2 &&
	    is_name_suffix(s, back - 2))
		return back - 2;
	return i;
}

void contact_read_email(struct walk *w, struct piece v, struct contacts to)
{
	size_t from = 0, end;

	while (from < v.text.len &&
	       (v.text.ptr[from] == '/' || v.text.ptr[from] == ' '))
		from++;
	end = email_end(v.text, from);
	v = piece_slice(w, v, from, end);
	if (str_find(v.text, STR("//")) < 0 && str_find_byte(v.text, '@') < 0)
		return;
	contact_add(w, to, "email",
		    contact_decode_email(w->arena, piece_keep(w, v)));
}

/* Offset of a word that begins with CTC, or -1. */
static ptrdiff_t find_keyword(struct str s)
{
	for (size_t i = 0; i + 3 <= s.len; i++)
		if ((i == 0 || s.ptr[i - 1] == ' ') &&
		    memcmp(s.ptr + i, "CTC", 3) == 0)
			return (ptrdiff_t)i;
	return -1;
}

bool contact_read_keyword(struct walk *w, struct piece v, struct contacts to)
{
	ptrdiff_t at = find_keyword(v.text);
	size_t end;
	char letter = '\0';

	if (at < 0)
		return false;
	end = (size_t)at + 3;
	/* CTCM, CTC M, but CTCBOG is CTC with a city glued to it */
	if (end < v.text.len && v.text.ptr[end] == ' ' &&
	    end + 1 < v.text.len && is_letter(v.text.ptr[end + 1]) &&
	    (end + 2 == v.text.len || !is_letter(v.text.ptr[end + 2])))
		end++;
	if (end < v.text.len && is_letter(v.text.ptr[end]) &&
	    (end + 1 == v.text.len || !is_letter(v.text.ptr[end + 1])))
		letter = v.text.ptr[end++];
	piece_claim(w, piece_slice(w, v, (size_t)at, end));
	if (letter == 'A' || letter == 'T')
		return true; /* an address in words; an agency's: not kept */
	v = piece_slice(w, v, end, v.text.len);
	if (!piece_is_set(v))
		return true;
	if (letter == 'E')
		contact_read_email(w, v, to);
	else
		contact_read_phones(w, v, contact_kind(letter), to);
	return true;
}
