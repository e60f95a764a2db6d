#include "watchlist/words.h"

#include <stdlib.h>

struct word {
	struct str text;
	enum name_kind kind;
};

static const struct word words[] = {
#define WORD(text, kind) { STR_INIT(text), NAME_##kind },
#define GLUED(text, keep, sure)
#include "watchlist/words.def"
#undef WORD
#undef GLUED
};

static const struct glued_title titles[] = {
#define WORD(text, kind)
#define GLUED(text, keep, sure) { STR_INIT(text), keep, sure },
#include "watchlist/words.def"
#undef WORD
#undef GLUED
};

static int compare_words(const void *a, const void *b)
{
	return str_cmp(((const struct word *)a)->text,
		       ((const struct word *)b)->text);
}

enum name_kind words_kind(struct str text, enum word_place place)
{
	const struct word key = { text, NAME_WORD }, *found;

	if (text.len == 1 && place != WORD_INSIDE)
		return NAME_INITIAL;
	found = bsearch(&key, words, ARRAY_SIZE(words), sizeof(words[0]),
			compare_words);
	if (found && (place != WORD_ALONE || (found->kind != NAME_PARTICLE &&
					      found->kind != NAME_HONORIFIC)))
		return found->kind;
	if (text.len == 1)
		return NAME_INITIAL;
	return text.len == 2 ? NAME_SHORT : NAME_WORD;
}

const struct glued_title *words_glued(struct str text)
{
	for (size_t i = 0; i < ARRAY_SIZE(titles); i++) {
		const struct glued_title *t = &titles[i];

		if (text.len >= t->text.len + t->keep &&
		    str_ends(text, t->text))
			return t;
	}
	return NULL;
}
