#include "tools/replay_sets.h"

static void forget(struct replay_set *s)
{
	screen_scratch_free(s->scratch);
	edition_drop(s->edition);
	*s = (struct replay_set){ 0 };
}

void replay_sets_release(struct replay_sets *s)
{
	for (int i = 0; i < REPLAY_SETS; i++)
		forget(&s->set[i]);
}

/* Load it in place of another; without an edition when that cannot be done. */
static int load(struct replay_set *to, const struct replay_sets *s,
		struct str hash, struct err *e)
{
	struct err why = { 0 };
	int64_t version;

	forget(to);
	if (profiles_of_hash(&version, s->source.pg, hash, e))
		return e->code;
	memcpy(to->hash, hash.ptr, CRYPT_HASH_LEN);
	if (!version || !edition_load(&to->edition, &s->source, version, &why))
		return to->edition ? screen_scratch_new(&to->scratch,
							&to->edition->set, e)
				   : 0;
	if (why.code != ERR_DB && why.code != ERR_IO)
		return 0;
	*e = why;
	return e->code;
}

int replay_sets_find(struct replay_setup *out, struct replay_sets *s,
		     const struct hit_row *h, struct err *e)
{
	struct str hash = h->profile_set_hash;
	struct replay_set *at = NULL;

	if (hash.len != CRYPT_HASH_LEN ||
	    !memcmp(hash.ptr, out->set->profiles_hash, CRYPT_HASH_LEN))
		return 0;
	for (int i = 0; i < REPLAY_SETS && !at; i++)
		if (!memcmp(s->set[i].hash, hash.ptr, CRYPT_HASH_LEN))
			at = &s->set[i];
	if (!at) {
		at = &s->set[s->turn++ % REPLAY_SETS];
		if (load(at, s, hash, e))
			return e->code;
	}
	if (at->edition) {
		out->set = &at->edition->set;
		out->scratch = at->scratch;
	}
	return 0;
}
