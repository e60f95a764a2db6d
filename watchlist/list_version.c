#include "watchlist/list_version.h"

#include <string.h>

static const char digits[] = "0123456789abcdef";

uint64_t list_version_short(const uint8_t version[LIST_VERSION])
{
	uint64_t v = 0;

	for (int i = 0; i < LIST_VERSION_HEX / 2; i++)
		v = v << 8 | version[i];
	return v;
}

void list_version_write(char out[LIST_VERSION_HEX + 1], uint64_t version)
{
	for (int i = LIST_VERSION_HEX; i-- > 0; version >>= 4)
		out[i] = digits[version & 15];
	out[LIST_VERSION_HEX] = '\0';
}

bool list_version_read(struct str text, uint64_t *out)
{
	uint64_t v = 0;

	if (text.len != LIST_VERSION_HEX)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		const char *digit =
			memchr(digits, text.ptr[i], sizeof(digits) - 1);

		if (!digit)
			return false;
		v = v << 4 | (uint64_t)(digit - digits);
	}
	*out = v;
	return v != 0;
}
