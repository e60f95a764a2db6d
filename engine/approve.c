#include "engine/approve.h"

#include "base/log.h"

#include <errno.h>
#include <unistd.h>

int approve_read(struct approval *out, const struct profile *p,
		 const struct approvers *r, struct arena *a, struct err *e)
{
	struct str path =
		arena_fmt(a, STR_FMT APPROVAL_SUFFIX, STR_ARG(p->file));
	struct buf text = { 0 };

	if (access(path.ptr, F_OK) && errno == ENOENT)
		return 0;
	if (!buf_read_file(&text, path.ptr, APPROVAL_MAX_BYTES, e) &&
	    !approval_read(out, arena_str(a, buf_view(&text)), e))
		(void)!approval_check(out, r, p->author, p->content, e);
	buf_release(&text);
	return e->code ? err_wrap(e, STR_FMT, STR_ARG(path)) : 1;
}

static void tell(const struct profile *p, const struct err *why)
{
	struct log_line l;

	log_begin(&l, LEVEL_WARNING, "profile-not-approved");
	log_str(&l, "profile", p->name);
	log_z(&l, "reason", why->text);
	log_end(&l);
}

int approve_by_files(struct profile_set *set, const char *register_,
		     struct err *e)
{
	struct approvers *r;
	struct arena a = { 0 };

	if (approvers_load(&r, register_, e))
		return e->code;
	for (uint32_t i = 0; i < profile_set_nr(set); i++) {
		const struct profile *p = profile_set_get(set, i);
		struct approval by;
		struct err why = { 0 };
		int rc = approve_read(&by, p, r, &a, &why);

		if (rc < 0)
			tell(p, &why);
		if (rc > 0)
			profile_set_state(set, i,
					  p->traits ? PROFILE_SHADOW
						    : PROFILE_LIVE);
	}
	arena_release(&a);
	approvers_free(r);
	return 0;
}
