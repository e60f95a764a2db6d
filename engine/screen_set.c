#include "engine/screen.h"

#include "base/buf.h"
#include "engine/approve.h"
#include "engine/list_set.h"
#include "rules/offences.h"
#include "rules/profile_set.h"
#include "rules/reference.h"

#include <stdlib.h>

/* What a loaded set owns. */
struct owned {
	struct reference *reference;
	struct offences *offences;
	struct named_lists *lists;
	struct profile_set *profiles;
	struct list_set *watchlists;
};

static void hash_reference(struct screen_set *set)
{
	struct str part[] = { reference_airports_text(set->reference),
			      reference_zones_text(set->reference) };

	crypt_hash(set->reference_hash, "reference", part, ARRAY_SIZE(part));
}

int screen_set_hash_profiles(struct screen_set *set, struct err *e)
{
	struct buf content = { 0 };
	struct str part;

	set->has_shadow = false;

	for (uint32_t i = 0; i < profile_set_nr(set->profiles); i++)
		set->has_shadow |= profile_set_get(set->profiles, i)->state !=
				   PROFILE_LIVE;
	profile_set_write_content(&content, set->profiles);
	part = buf_view(&content);
	crypt_hash(set->profiles_hash, "profiles", &part, 1);
	buf_release(&content);
	return content.failed ? err_at(e, ERR_NOMEM, 0, "out of memory") : 0;
}

static int load(struct screen_set *set, struct owned *o, const struct config *c,
		struct err *e)
{
	struct rules_context context = { .home = str_of(c->country) };

	if (reference_load(&o->reference, c->reference, e))
		return e->code;
	set->reference = context.reference = o->reference;
	hash_reference(set);
	if (*c->profiles) {
		if (offences_load(&o->offences, c->offences, e) ||
		    named_lists_load(&o->lists, c->lists, e) ||
		    profile_set_load(&o->profiles, c->profiles, &context,
				     o->offences, o->lists, e))
			return e->code;
		if (approve_by_files(o->profiles, c->approvers, e))
			return e->code;
		set->profiles = o->profiles;
		if (screen_set_hash_profiles(set, e))
			return e->code;
	}
	if (*c->watchlist) {
		if (list_set_load(&o->watchlists, c, NULL, e))
			return e->code;
		screen_set_lists(set, o->watchlists);
	}
	return 0;
}

int screen_set_load(struct screen_set *out, const struct config *c,
		    struct err *e)
{
	struct owned *o = calloc(1, sizeof(*o));

	*out = (struct screen_set){ .country = str_of(c->country), .owned = o };
	if (!o)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (load(out, o, c, e))
		screen_set_release(out);
	return e->code;
}

struct list_set *screen_set_give_lists(struct screen_set *set)
{
	struct owned *o = set->owned;
	struct list_set *lists = o->watchlists;

	o->watchlists = NULL;
	screen_set_lists(set, NULL);
	return lists;
}

void screen_set_release(struct screen_set *set)
{
	struct owned *o = set->owned;

	if (!o)
		return;
	profile_set_free(o->profiles);
	named_lists_free(o->lists);
	offences_free(o->offences);
	list_set_free(o->watchlists);
	reference_free(o->reference);
	free(o);
	*set = (struct screen_set){ 0 };
}
