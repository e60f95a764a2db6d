#include "law/request.h"

#include <string.h>

static const struct state {
	const char *word, *help;
} states[] = {
	{ NULL, NULL },
#define STATE(word, help) { #word, help },
#include "law/request.def"
};

static const struct request_way ways[] = {
#define WAY(kind, step, before, after) \
	{ REQUEST_##kind, #step, REQUEST_##before, REQUEST_##after },
#include "law/request.def"
};

const char *request_kind_word(enum request_kind kind)
{
	return kind == REQUEST_UNMASK ? "unmask" : "search";
}

const char *request_state_word(enum request_state s)
{
	return s < REQUEST_STATES ? states[s].word : NULL;
}

const char *request_state_help(enum request_state s)
{
	return s < REQUEST_STATES ? states[s].help : NULL;
}

enum request_state request_after(enum request_kind kind, struct str step,
				 enum request_state before)
{
	for (size_t i = 0; i < ARRAY_SIZE(ways); i++)
		if (ways[i].kind == kind && ways[i].before == before &&
		    str_eq(str_of(ways[i].step), step))
			return ways[i].after;
	return REQUEST_NONE;
}

bool request_way_at(struct request_way *out, size_t i)
{
	if (i >= ARRAY_SIZE(ways))
		return false;
	*out = ways[i];
	return true;
}
