/*
 * json_skim.c - one member of a JSON text, without reading the others
 */
#include "base/json.h"

#include <string.h>

/* Past the text that begins at `at`; s.len when it does not end. */
static size_t skip_text(struct str s, size_t at)
{
	const char *p = s.ptr + at + 1, *end = s.ptr + s.len, *quote;

	while (p < end && (quote = memchr(p, '"', (size_t)(end - p)))) {
		const char *slash = memchr(p, '\\', (size_t)(quote - p));

		if (!slash)
			return (size_t)(quote - s.ptr) + 1;
		p = slash + 2;
	}
	return s.len;
}

/* Past the value that begins at `at`. */
static size_t skip_value(struct str s, size_t at)
{
	uint32_t depth = 0;

	while (at < s.len) {
		char c = s.ptr[at];

		if (c == '"') {
			at = skip_text(s, at);
			if (!depth)
				return at;
			continue;
		}
		if (!depth && (c == ',' || c == '}' || c == ']'))
			return at;
		if (c == '{' || c == '[')
			depth++;
		at++;
		if ((c == '}' || c == ']') && --depth == 0)
			return at;
	}
	return at;
}

struct str json_skim(struct str object, const char *key)
{
	size_t at = 1, len = strlen(key);

	if (!object.len || object.ptr[0] != '{')
		return STR_NONE;
	while (at < object.len && object.ptr[at] == '"') {
		size_t end = skip_text(object, at), value = end + 1;

		if (value >= object.len || object.ptr[end] != ':')
			break;
		end = skip_value(object, value);
		if (value - at == len + 3 &&
		    !memcmp(object.ptr + at + 1, key, len))
			return str_slice(object, value, end);
		at = end + 1; /* behind the comma */
	}
	return STR_NONE;
}
