#include "rules/trait.h"

#include <string.h>

static const struct {
	const char *record, *name;
	enum trait trait;
} personal[] = {
	{ "traveller", "sex", TRAIT_SEX },
	{ "traveller", "age", TRAIT_AGE },
	{ "traveller", "birth_date", TRAIT_AGE },
};

uint32_t trait_of(const struct field *f)
{
	if (f->use != USE_REASON)
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(personal); i++)
		if (!strcmp(personal[i].record, f->record) &&
		    !strcmp(personal[i].name, f->name))
			return personal[i].trait;
	return TRAIT_ORIGIN; /* countries of persons and their papers */
}
