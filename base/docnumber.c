#include "base/docnumber.h"

/* The next sign from *at on; 0 at the end. */
static char next_sign(struct str s, size_t *at)
{
	while (*at < s.len) {
		char c = docnumber_sign(s.ptr[(*at)++]);

		if (c)
			return c;
	}
	return '\0';
}

bool docnumber_is_set(struct str s)
{
	size_t at = 0;

	return next_sign(s, &at) != '\0';
}

bool docnumber_same(struct str a, struct str b)
{
	size_t i = 0, k = 0;

	if (!docnumber_is_set(a))
		return false;
	for (;;) {
		char c = next_sign(a, &i);

		if (c != next_sign(b, &k))
			return false;
		if (!c)
			return true;
	}
}

struct str docnumber_fold(struct arena *a, struct str s)
{
	char *out;
	size_t n = 0;

	if (!s.ptr)
		return STR("");
	while (n < s.len && docnumber_sign(s.ptr[n]) == s.ptr[n] && s.ptr[n])
		n++;
	if (n == s.len)
		return s;
	out = arena_alloc(a, s.len + 1);
	n = 0;
	for (size_t i = 0; i < s.len; i++) {
		char c = docnumber_sign(s.ptr[i]);

		if (c)
			out[n++] = c;
	}
	return (struct str){ out, n };
}

struct document_number document_canonical(struct str raw)
{
	struct document_number n = { .len = 0 };
	bool digit = false, varied = false;

	for (size_t i = 0; i < raw.len; i++) {
		char c = docnumber_sign(raw.ptr[i]);

		if (!c)
			continue;
		if (n.len == DOCUMENT_TEXT)
			return (struct document_number){ .len = 0 };
		digit |= c <= '9';
		varied |= n.len && c != n.text[0];
		n.text[n.len++] = c;
	}
	if (n.len < DOCUMENT_LEAST || !digit || !varied)
		n.len = 0;
	return n;
}

/* Is it canonical as it stands? Nearly all are. */
static bool is_canonical(struct str s)
{
	bool digit = false, varied = false;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z'))
			return false;
		digit |= c <= '9';
		varied |= c != s.ptr[0];
	}
	return digit && varied && s.len >= DOCUMENT_LEAST &&
	       s.len <= DOCUMENT_TEXT;
}

struct str docnumber_canonical(struct arena *a, struct str raw)
{
	if (is_canonical(raw))
		return raw;
	return document_canonical(raw).len ? docnumber_fold(a, raw) : STR_NONE;
}
