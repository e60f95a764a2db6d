#include "engine/screen.h"

#include "base/buf.h"
#include "engine/approve.h"
#include "rules/offences.h"
#include "rules/profile_set.h"
#include "rules/reference.h"
#include "watchlist/snapshot.h"

#include <stdlib.h>

/* What a loaded set owns. */
struct owned {
	struct reference *reference;
	struct offences *offences;
	struct named_lists *lists;
	struct profile_set *profiles;
	struct watchlist *watchlist;
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

/* Invented persons must not be looked for among real ones. */
static int refuse_test_lists(const struct watchlist *wl, const struct config *c,
			     struct err *e)
{
	for (uint32_t i = 0; i < wl->nr_list && config_is_production(c); i++) {
		struct str id = watchlist_text(wl, wl->list[i].id);

		if (wl->list[i].test)
			return err_at(
				e, ERR_LEGAL, 0,
				"'%s': list '" STR_FMT "' is marked TEST and "
				"may not be used in production, Directive (EU) "
				"2016/681 Art. 6(3)(a); build the snapshot "
				"without it, or set 'piu.mode: test'",
				c->watchlist, STR_ARG(id));
	}
	return 0;
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
		if (watchlist_open(&o->watchlist, c->watchlist, e) ||
		    refuse_test_lists(o->watchlist, c, e))
			return e->code;
		set->watchlist = o->watchlist;
		crypt_hash(set->watchlist_hash, "watchlist",
			   &o->watchlist->bytes, 1);
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

void screen_set_release(struct screen_set *set)
{
	struct owned *o = set->owned;

	if (!o)
		return;
	profile_set_free(o->profiles);
	named_lists_free(o->lists);
	offences_free(o->offences);
	watchlist_free(o->watchlist);
	reference_free(o->reference);
	free(o);
	*set = (struct screen_set){ 0 };
}
