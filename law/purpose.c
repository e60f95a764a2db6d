#include "law/purpose.h"

static const char *const codes[] = {
#define PURPOSE(code, basis) #code,
#include "law/purpose.def"
#undef PURPOSE
};

const char *purpose_code(size_t i)
{
	return i < ARRAY_SIZE(codes) ? codes[i] : NULL;
}

bool purpose_is_known(struct str code)
{
	for (size_t i = 0; i < ARRAY_SIZE(codes); i++)
		if (str_eq(code, str_of(codes[i])))
			return true;
	return false;
}
