#include "db/audit.h"

#include "db/sql.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

enum { HOST_CAP = 65 };

void audit_release(struct audit_writer *w)
{
	arena_release(&w->arena);
	buf_release(&w->line);
	*w = (struct audit_writer){ .pg = NULL };
}

static int read_open(struct audit_writer *w, const struct pg_result *r,
		     struct err *e)
{
	struct str hash = STR_NONE;
	const struct {
		void *to;
		enum row_type type;
	} field[] = {
		{ &w->chain, COL_TEXT },
		{ &w->last, COL_I64 },
		{ &hash, COL_BYTES },
		{ &w->acting_as, COL_TEXT },
		{ &w->home_authority, COL_TEXT },
		{ &w->roles, COL_TEXTS },
		{ &w->ended, COL_BOOL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(field); i++)
		if (pg_read_field(field[i].to, field[i].type, r, 0, (int)i,
				  &w->arena, e))
			return e->code;
	if (hash.len != CRYPT_HASH_LEN)
		return err_at(e, ERR_INTEGRITY, 0,
			      "the audit chain '" STR_FMT "' ends with no hash",
			      STR_ARG(w->chain));
	memcpy(w->hash, hash.ptr, CRYPT_HASH_LEN);
	return 0;
}

int audit_open(struct audit_writer *w, struct pg *pg, struct err *e)
{
	struct pg_result *r = NULL;
	int rc;

	audit_release(w);
	w->pg = pg;
	rc = pg_run(pg, "opening the audit log", sql_audit_open, NULL, &r, e);
	if (rc == 0)
		rc = read_open(w, r, e);
	if (rc < 0)
		w->chain = STR_NONE;
	pg_result_free(r);
	return rc;
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Who and when, where the caller does not say. */
static void fill_in(struct audit_event *ev, const struct audit_writer *w,
		    const char *host)
{
	if (!ev->at_ms)
		ev->at_ms = now_ms();
	if (!ev->outcome.ptr)
		ev->outcome = STR("done");
	ev->actor = str_of(pg_role(w->pg));
	ev->acting_as = w->acting_as;
	ev->home_authority = w->home_authority;
	ev->roles = (struct audit_codes){ w->roles.v, w->roles.nr };
	if (!ev->workstation.ptr)
		ev->workstation = str_of(host);
}

int audit_next(struct audit_writer *w, struct pg_args *args,
	       const struct audit_event *ev, struct err *e)
{
	struct str before = { (const char *)w->hash, CRYPT_HASH_LEN };
	struct str next = { (const char *)w->next, CRYPT_HASH_LEN };
	struct audit_event full = *ev;
	int64_t seq = w->last + 1;
	char host[HOST_CAP] = "";
	struct str line;

	(void)!gethostname(host, sizeof(host) - 1);
	fill_in(&full, w, host);
	buf_clear(&w->line);
	if (audit_event_write(&w->line, &full, e))
		return e->code;
	line = buf_view(&w->line);
	audit_hash(w->next, w->hash, w->chain, seq, line);
	args_clear(args);
	args_put(args, COL_TEXT, &w->chain);
	args_put(args, COL_I64, &seq);
	args_put(args, COL_BYTES, &before);
	args_put(args, COL_TEXT, &line);
	args_put(args, COL_BYTES, &next);
	return 0;
}

void audit_moved(struct audit_writer *w)
{
	w->last++;
	memcpy(w->hash, w->next, CRYPT_HASH_LEN);
}

int audit_record(struct pg *pg, const struct audit_event *ev, struct err *e)
{
	struct audit_writer w = { .pg = NULL };
	struct pg_args args = { 0 };
	int rc = audit_open(&w, pg, e);

	if (rc == 0)
		rc = audit_next(&w, &args, ev, e);
	if (rc == 0)
		rc = pg_run(pg, "writing the audit log", sql_audit_append,
			    &args, NULL, e);
	args_release(&args);
	audit_release(&w);
	return rc;
}
