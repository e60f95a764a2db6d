#include "engine/tokens.h"

#include "base/docnumber.h"
#include "law/crypt.h"

void tokens_add(struct tokens *t, const char *kind, struct str text)
{
	struct str folded = docnumber_fold(t->arena, text);

	if (!str_empty(folded))
		*(int64_t *)arena_push(t->arena, &t->v, &t->nr, sizeof(*t->v)) =
			crypt_token(t->day_key, kind, folded);
}

void tokens_add_name(struct tokens *t, struct str name)
{
	while (name.ptr)
		tokens_add(t, "name", str_split(&name, ' '));
}
