#include "watchlist/step.h"

static const struct {
	const char *word, *says;
} steps[NAME_STEPS] = {
#define STEP(member, word, says) { word, says },
#include "watchlist/step.def"
#undef STEP
};

_Static_assert(NAME_STEPS <= 32, "a bit for each");

const char *name_step_word(enum name_step s)
{
	return steps[s].word;
}

const char *name_step_says(enum name_step s)
{
	return steps[s].says;
}
