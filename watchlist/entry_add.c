#include "watchlist/entry_add.h"

bool entry_add_name(struct watch_entry *n, struct arena *a, struct str surname,
		    struct str given)
{
	struct watch_name *name;

	if (n->nr_names == LIST_NAMES)
		return false;
	name = arena_push(a, &n->names, &n->nr_names, sizeof(*name));
	name->surname = arena_str(a, str_trim(surname));
	name->given = arena_str(a, str_trim(given));
	return true;
}

void entry_name_split(struct str name, struct str *surname, struct str *given)
{
	*given = name;
	*surname = str_trim(str_split(given, ','));
	*given = given->ptr ? str_trim(*given) : STR("");
}

bool entry_add_birth(struct watch_entry *n, struct arena *a,
		     struct birth_range range)
{
	if (n->nr_births == LIST_VALUES)
		return false;
	*(struct birth_range *)arena_push(a, &n->births, &n->nr_births,
					  sizeof(range)) = range;
	return true;
}

bool entry_add_nationality(struct watch_entry *n, struct arena *a,
			   struct str code)
{
	if (n->nr_nationalities == LIST_VALUES)
		return false;
	*(struct str *)arena_push(a, &n->nationalities, &n->nr_nationalities,
				  sizeof(code)) = code;
	return true;
}

bool entry_add_document(struct watch_entry *n, struct arena *a,
			const struct watch_document *d)
{
	if (n->nr_documents == LIST_VALUES)
		return false;
	*(struct watch_document *)arena_push(a, &n->documents, &n->nr_documents,
					     sizeof(*d)) = *d;
	return true;
}
