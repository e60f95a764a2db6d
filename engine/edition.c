#include "engine/edition.h"

#include "base/buf.h"
#include "base/log.h"
#include "law/approval.h"
#include "rules/offences.h"
#include "rules/profile_set.h"

#include <stdlib.h>

struct str edition_text_hash(struct str content, struct arena *a)
{
	char *hash = arena_alloc(a, CRYPT_HASH_LEN);

	crypt_hash((uint8_t *)hash, "profile text", &content, 1);
	return (struct str){ hash, CRYPT_HASH_LEN };
}

struct edition *edition_use(struct edition *ed)
{
	if (ed)
		atomic_fetch_add(&ed->users, 1);
	return ed;
}

static void edition_free(struct edition *ed)
{
	profile_set_free(ed->profiles);
	named_lists_free(ed->lists);
	free(ed);
}

/* One user less: was it the last? */
static bool is_last(struct edition *ed)
{
	return ed && atomic_fetch_sub(&ed->users, 1) == 1;
}

void edition_drop(struct edition *ed)
{
	if (is_last(ed))
		edition_free(ed);
}

struct edition *editions_now(struct editions *all)
{
	struct edition *ed;

	pthread_mutex_lock(&all->lock);
	ed = edition_use(all->now);
	pthread_mutex_unlock(&all->lock);
	return ed;
}

void editions_set(struct editions *all, struct edition *ed)
{
	struct edition *was;

	pthread_mutex_lock(&all->lock);
	was = all->now;
	all->now = ed;
	atomic_store(&all->version, ed ? ed->version : 0);
	pthread_mutex_unlock(&all->lock);
	edition_drop(was);
}

void editions_leave(struct editions *all, struct edition *ed)
{
	if (!is_last(ed))
		return;
	pthread_mutex_lock(&all->lock);
	ed->next_worn = all->worn;
	all->worn = ed;
	pthread_mutex_unlock(&all->lock);
}

void editions_sweep(struct editions *all)
{
	struct edition *ed, *next;

	pthread_mutex_lock(&all->lock);
	ed = all->worn;
	all->worn = NULL;
	pthread_mutex_unlock(&all->lock);
	for (; ed; ed = next) {
		next = ed->next_worn;
		edition_free(ed);
	}
}

void edition_tell(const struct edition *ed, const char *event)
{
	char hex[2 * CRYPT_HASH_LEN + 1];
	struct log_line l;

	crypt_to_hex(hex, ed->set.profiles_hash, CRYPT_HASH_LEN);
	log_begin(&l, LEVEL_INFO, event);
	log_int(&l, "version", ed->version);
	log_z(&l, "hash", hex);
	log_int(&l, "live", ed->nr_live);
	log_int(&l, "shadow", ed->nr_shadow);
	log_int(&l, "resting", ed->nr_resting);
	log_end(&l);
}

/* "NAME.yaml": a text's file, as far as faults name it. */
static const char *file_of(const struct profile_item *it, struct arena *a)
{
	return arena_fmt(a, STR_FMT ".yaml", STR_ARG(it->name)).ptr;
}

static int read_lists(struct edition *ed, const struct profile_items *items,
		      struct arena *a, struct err *e)
{
	struct list_text *text = NULL, *to;
	uint32_t nr = 0;

	for (uint32_t i = 0; i < items->nr; i++) {
		if (!items->item[i].is_list)
			continue;
		to = arena_push(a, &text, &nr, sizeof(*to));
		to->file = file_of(&items->item[i], a);
		to->text = items->item[i].content;
	}
	return named_lists_read(&ed->lists, text, nr, e);
}

static int read_profiles(struct edition *ed, const struct edition_source *s,
			 const struct profile_items *items,
			 const struct offences *offences, struct arena *a,
			 struct err *e)
{
	struct rules_context context = { .home = str_of(s->config->country),
					 .reference = s->base->reference };
	struct profile_text *text = NULL, *to;
	enum profile_state state;
	uint32_t nr = 0, known = 0;

	for (uint32_t i = 0; i < items->nr; i++) {
		const struct profile_item *it = &items->item[i];

		if (it->is_list || !profile_state_read(&state, it->state))
			continue;
		to = arena_push(a, &text, &nr, sizeof(*to));
		to->file = file_of(it, a);
		to->text = it->content;
	}
	if (profile_set_read(&ed->profiles, text, nr, &context, offences,
			     ed->lists, e))
		return e->code;
	for (uint32_t i = 0; i < items->nr; i++) {
		const struct profile_item *it = &items->item[i];

		if (it->is_list)
			continue;
		if (!profile_state_read(&state, it->state)) {
			ed->nr_resting++;
			continue;
		}
		/* both are in the order of their names */
		profile_set_state(ed->profiles, known++, state);
		ed->nr_live += state == PROFILE_LIVE;
		ed->nr_shadow += state != PROFILE_LIVE;
	}
	return 0;
}

static int finish(struct edition *ed, const struct edition_source *s,
		  struct err *e)
{
	ed->set = *s->base;
	ed->set.owned = NULL;
	ed->set.profiles = ed->profiles;
	return screen_set_hash_profiles(&ed->set, e);
}

int edition_build(struct edition **out, const struct edition_source *s,
		  const struct profile_items *items, struct err *e)
{
	struct edition *ed = calloc(1, sizeof(*ed));
	struct offences *offences = NULL;
	struct arena a = { 0 };

	if (!ed)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	ed->version = items->version;
	ed->users = 1;
	if (offences_load(&offences, s->config->offences, e) ||
	    read_lists(ed, items, &a, e) ||
	    read_profiles(ed, s, items, offences, &a, e) || finish(ed, s, e))
		edition_drop(ed);
	else
		*out = ed;
	offences_free(offences);
	arena_release(&a);
	return e->code;
}

int edition_is_approved(const struct edition_source *s, struct str text_hash,
			struct str author, struct str content, struct err *e)
{
	struct profile_approval *by;
	struct err why = { 0 };
	struct arena a = { 0 };
	bool counts = false;
	uint32_t nr;

	if (profiles_approvals(&by, &nr, s->pg, text_hash, &a, e))
		nr = 0;
	for (uint32_t i = 0; i < nr && !counts; i++) {
		struct approval one = { .approver = by[i].approver,
					.signed_at = by[i].signed_at };

		if (by[i].signature.len != CRYPT_SIGNATURE_LEN)
			continue;
		memcpy(one.signature, by[i].signature.ptr, CRYPT_SIGNATURE_LEN);
		why = (struct err){ 0 };
		counts = !approval_check(&one, s->approvers, author, content,
					 &why);
	}
	arena_release(&a);
	if (counts || e->code)
		return e->code;
	return err_at(e, ERR_LEGAL, 0, "%s",
		      why.code ? why.text
			       : "Directive (EU) 2016/681 Art. 6(4) and "
				 "C-817/19, 194: nobody but the author has "
				 "agreed to these criteria; have them approved "
				 "('paxgate profile approve')");
}

/* The database may say "live", but the signatures decide. */
static int check_approvals(const struct edition *ed,
			   const struct edition_source *s, struct err *e)
{
	struct arena a = { 0 };

	for (uint32_t i = 0; i < profile_set_nr(ed->profiles) && !e->code;
	     i++) {
		const struct profile *p = profile_set_get(ed->profiles, i);

		if (p->state != PROFILE_LIVE)
			continue;
		if (edition_is_approved(s, edition_text_hash(p->content, &a),
					p->author, p->content,
					e) == ERR_LEGAL) {
			err_wrap(e, "'" STR_FMT "' is live without approval",
				 STR_ARG(p->name));
			e->code = ERR_INTEGRITY;
		}
	}
	arena_release(&a);
	return e->code;
}

static int check_hash(const struct edition *ed,
		      const struct profile_items *items, struct err *e)
{
	struct str is = { (const char *)ed->set.profiles_hash, CRYPT_HASH_LEN };

	if (str_eq(is, items->set_hash))
		return 0;
	return err_at(e, ERR_INTEGRITY, 0,
		      "version %lld of the profile set has another hash than "
		      "recorded: it was made for another State or by another "
		      "program; set 'piu.country', or activate a profile "
		      "with these settings",
		      (long long)items->version);
}

int edition_load(struct edition **out, const struct edition_source *s,
		 int64_t version, struct err *e)
{
	struct profile_items items;
	struct edition *ed = NULL;
	struct arena a = { 0 };

	if (!profiles_read(&items, s->pg, version, &a, e) &&
	    !edition_build(&ed, s, &items, e) && !check_hash(ed, &items, e) &&
	    s->approvers)
		(void)!check_approvals(ed, s, e);
	arena_release(&a);
	if (e->code) {
		edition_drop(ed);
		return err_wrap(e, "profile set %lld", (long long)version);
	}
	*out = ed;
	return 0;
}
