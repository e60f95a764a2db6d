/*
 * edition_folder.c - a folder of profiles becomes a version of the set
 */
#include "base/log.h"
#include "engine/approve.h"
#include "engine/edition_make.h"
#include "rules/offences.h"

#include <stdlib.h>

/* The folder, read and checked. */
struct edition_folder {
	struct offences *offences;
	struct named_lists *lists;
	struct profile_set *profiles;
	struct approvers *approvers;
};

static int read_folder(struct edition_folder *f, const struct config *c,
		       const struct screen_set *base, struct err *e)
{
	struct rules_context context = { .home = str_of(c->country),
					 .reference = base->reference };

	if (offences_load(&f->offences, c->offences, e) ||
	    named_lists_load(&f->lists, c->lists, e) ||
	    approvers_load(&f->approvers, c->approvers, e))
		return e->code;
	return profile_set_load(&f->profiles, c->profiles, &context,
				f->offences, f->lists, e);
}

int edition_folder_read(struct edition_folder **out, const struct config *c,
			const struct screen_set *base, struct err *e)
{
	struct edition_folder *f = calloc(1, sizeof(*f));

	if (!f)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (read_folder(f, c, base, e))
		edition_folder_free(f);
	else
		*out = f;
	return e->code;
}

void edition_folder_free(struct edition_folder *f)
{
	if (!f)
		return;
	profile_set_free(f->profiles);
	named_lists_free(f->lists);
	offences_free(f->offences);
	approvers_free(f->approvers);
	free(f);
}

static void tell(const struct profile *p, const char *event,
		 const struct err *why)
{
	struct log_line l;

	log_begin(&l, LEVEL_WARNING, event);
	log_str(&l, "profile", p->name);
	log_z(&l, "reason", why->text);
	log_end(&l);
}

/* Its approval counts: keep it, and say what that makes of the profile. */
static int approved(struct str *state, const struct edition_source *s,
		    const struct profile *p, const struct profile_revision *r,
		    const struct approval *by, struct err *e)
{
	struct profile_approval row = {
		.approver = by->approver,
		.signature = { (const char *)by->signature,
			       CRYPT_SIGNATURE_LEN },
		.signed_at = by->signed_at
	};
	enum profile_disparity test = DISPARITY_PASSED;

	*state = STR("live");
	if (profiles_add_approval(s->pg, r, &row, e))
		return e->code;
	if (p->traits &&
	    profiles_disparity(&test, s->pg, r->text_hash, DISPARITY_DAYS, e))
		return e->code;
	if (test != DISPARITY_PASSED)
		*state = STR("shadow");
	return 0;
}

/* A draft, in shadow or live: by its revision, signature and tests. */
static int state_of(struct str *state, const struct edition_source *s,
		    const struct edition_folder *f, const struct profile *p,
		    struct str text_hash, struct arena *a, struct err *e)
{
	struct profile_revision r = { p->name, (int32_t)p->revision, text_hash,
				      p->author, p->content };
	struct err why = { 0 };
	struct approval by;
	int rc;

	*state = STR("draft");
	if (profiles_add_revision(s->pg, &r, &why)) {
		if (why.code != ERR_VALUE)
			return (*e = why).code;
		tell(p, "profile-revision-changed", &why);
		return 0;
	}
	rc = approve_read(&by, p, f->approvers, a, &why);
	if (rc < 0)
		tell(p, "profile-not-approved", &why);
	return rc > 0 ? approved(state, s, p, &r, &by, e) : 0;
}

/* What the version before says of this very text. */
static const struct profile_item *known(const struct profile_items *now,
					const struct profile_item *it)
{
	for (uint32_t i = 0; i < now->nr; i++)
		if (now->item[i].is_list == it->is_list &&
		    str_eq(now->item[i].name, it->name) &&
		    str_eq(now->item[i].text_hash, it->text_hash))
			return &now->item[i];
	return NULL;
}

/* What it was suspended for, unless a higher revision came since. */
static const struct profile_item *suspended(const struct profile_items *now,
					    const struct profile_item *it)
{
	for (uint32_t i = 0; i < now->nr; i++)
		if (!now->item[i].is_list &&
		    str_eq(now->item[i].name, it->name) &&
		    str_eq(now->item[i].state, STR("suspended")) &&
		    now->item[i].revision >= it->revision)
			return &now->item[i];
	return NULL;
}

static int add_profile(struct profile_items *to, const struct edition_source *s,
		       const struct edition_folder *f, const struct profile *p,
		       const struct profile_items *now, struct date today,
		       struct arena *a, struct err *e)
{
	struct profile_item it = { .name = p->name,
				   .revision = (int32_t)p->revision,
				   .text_hash =
					   edition_text_hash(p->content, a),
				   .content = p->content };
	const struct profile_item *was = suspended(now, &it);

	if (state_of(&it.state, s, f, p, it.text_hash, a, e))
		return e->code;
	if (date_to_days(p->valid.until) < date_to_days(today)) {
		it.state = STR("expired");
	} else if (was) {
		it.state = was->state;
		it.why = was->why;
	}
	*(struct profile_item *)arena_push(a, &to->item, &to->nr, sizeof(it)) =
		it;
	return 0;
}

static void add_lists(struct profile_items *to, const struct named_lists *l,
		      struct arena *a)
{
	for (uint32_t i = 0; i < l->nr; i++)
		*(struct profile_item *)arena_push(
			a, &to->item, &to->nr,
			sizeof(*to->item)) = (struct profile_item){
			.is_list = true,
			.name = l->list[i]->name,
			.text_hash = edition_text_hash(l->list[i]->content, a),
			.content = l->list[i]->content,
			.state = STR("list"),
		};
}

static bool says_the_same(const struct profile_items *x,
			  const struct profile_items *now)
{
	for (uint32_t i = 0; i < x->nr; i++) {
		const struct profile_item *was = known(now, &x->item[i]);

		if (!was || !str_eq(was->state, x->item[i].state))
			return false;
	}
	return x->nr == now->nr && now->version;
}

static int make(struct edition **out, const struct edition_source *s,
		const struct edition_folder *f, struct date today,
		struct arena *a, struct err *e)
{
	struct profile_items now, next = { 0 };
	int64_t newest;

	if (profiles_begin(s->pg, e) || profiles_newest(&newest, s->pg, e) ||
	    profiles_read(&now, s->pg, newest, a, e))
		return e->code;
	for (uint32_t i = 0; i < profile_set_nr(f->profiles); i++)
		if (add_profile(&next, s, f, profile_set_get(f->profiles, i),
				&now, today, a, e))
			return e->code;
	add_lists(&next, f->lists, a);
	if (says_the_same(&next, &now)) {
		if (!edition_load(out, s, newest, e) ||
		    e->code != ERR_INTEGRITY)
			return e->code;
		*e = (struct err){ 0 }; /* another State's: make our own */
	}
	return edition_publish(
		out, s, &next,
		arena_fmt(a, "start on folder %s", s->config->profiles), e);
}

int edition_of_folder(struct edition **out, const struct edition_source *s,
		      const struct edition_folder *f, struct date today,
		      struct err *e)
{
	struct edition *ed = NULL;
	struct arena a = { 0 };

	if (make(&ed, s, f, today, &a, e) || pg_commit(s->pg, e)) {
		edition_drop(ed);
		pg_rollback(s->pg);
	} else {
		*out = ed;
	}
	arena_release(&a);
	return e->code;
}
