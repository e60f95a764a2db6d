#include "watchlist/step.h"

#include "watchlist/normalise.h"

static const struct {
	const char *word, *says;
} texts[NAME_STEPS] = {
#define STEP(member, word, says) { word, says },
#include "watchlist/step.def"
#undef STEP
};

_Static_assert(NAME_STEPS <= 32, "a bit for each");

const char *name_step_word(enum name_step s)
{
	return texts[s].word;
}

const char *name_step_says(enum name_step s)
{
	return texts[s].says;
}

uint32_t name_steps_of(const struct name_form *f)
{
	static const enum name_step of_kind[NAME_KINDS] = {
		[NAME_TITLE] = STEP_TITLE,
		[NAME_PLACEHOLDER] = STEP_PLACEHOLDER,
		[NAME_PARTICLE] = STEP_PARTICLE,
	};
	unsigned int counting = 0;
	uint32_t steps = 0;

	for (uint8_t i = 0; i < f->nr_tokens; i++) {
		const struct name_unit *u = &f->unit[i];

		if (of_kind[f->kind[i]])
			steps |= name_step_bit(of_kind[f->kind[i]]);
		for (uint8_t k = 0; k < u->nr_keys; k++)
			if (u->key[k].spelt == SPELT_TITLE)
				steps |= name_step_bit(STEP_TITLE);
		counting += f->kind[i] < NAME_TITLE;
	}
	if (counting == 1)
		steps |= name_step_bit(STEP_MONONYM);
	if (f->nr_units > f->nr_tokens)
		steps |= name_step_bit(STEP_JOINED);
	if (f->cut[NAME_SURNAME])
		steps |= name_step_bit(STEP_CUT_SURNAME);
	if (f->cut[NAME_GIVEN])
		steps |= name_step_bit(STEP_CUT_GIVEN);
	return steps;
}
