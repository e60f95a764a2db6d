#include "db/link.h"

#include "db/sql.h"

#include <stdio.h>

struct link_name link_name_of(int64_t id)
{
	struct link_name n;

	snprintf(n.text, sizeof(n.text), "link:%016llx",
		 (unsigned long long)id);
	return n;
}

/* One change and its event, or neither; `sql` says how many rows. */
static int change(struct pg *pg, const char *sql, const struct pg_args *args,
		  const struct audit_event *ev, const char *none, struct err *e)
{
	struct pg_result *r = NULL;
	struct arena a = { 0 };
	int64_t nr = 0;
	int rc = pg_script(pg, "changing a link", "BEGIN", e);

	if (rc == 0)
		rc = pg_run(pg, "changing a link", sql, args, &r, e);
	if (rc < 0 && pg_last_fault(pg) == PG_REFUSED) {
		*e = (struct err){ 0 };
		rc = err_at(e, ERR_LEGAL, 0,
			    "'%s' may not record objective links; those do "
			    "who review hits (paxgate_reviewer)",
			    pg_role(pg));
	}
	if (rc == 0)
		rc = pg_read_field(&nr, COL_I64, r, 0, 0, &a, e);
	if (rc == 0 && !nr)
		rc = err_at(e, ERR_USAGE, 0, "%s", none);
	if (rc == 0)
		rc = audit_record(pg, ev, e);
	if (rc == 0)
		rc = pg_commit(pg, e);
	if (rc < 0)
		pg_rollback(pg);
	pg_result_free(r);
	arena_release(&a);
	return rc;
}

int link_add(struct pg *pg, const struct link *l, int64_t name,
	     bool of_traveller, struct audit_event *ev, struct err *e)
{
	struct row_number hit = { name, !of_traveller };
	struct row_number traveller = { name, of_traveller };
	struct link_name subject = link_name_of(l->id);
	struct pg_args args = { 0 };
	int rc;

	ev->subject = str_of(subject.text);
	ev->reason = STR("added");
	args_put(&args, COL_I64, &l->id);
	args_put(&args, COL_DAY, &l->clock_day);
	args_put(&args, COL_N64, &hit);
	args_put(&args, COL_N64, &traveller);
	args_put(&args, COL_TEXT, &l->kind);
	args_put(&args, COL_TEXT, &l->reason);
	args_put(&args, COL_TEXT, &l->case_id);
	args_put(&args, COL_TEXT, &l->offence);
	args_put(&args, COL_DAY, &l->made_on);
	args_put(&args, COL_DAY, &l->review_on);
	rc = change(pg,
		    "SELECT ops.link_add($1, $2, $3, $4, $5, $6, $7, $8, $9, "
		    "$10)",
		    &args, ev,
		    "there is no such record, its day is masked (a link is "
		    "recorded before), or a hit that is called confirmed is "
		    "not",
		    e);
	args_release(&args);
	return rc;
}

#define NONE "there is no link of this id that holds"

int link_review(struct pg *pg, int64_t id, int32_t today, int32_t review,
		struct audit_event *ev, struct err *e)
{
	struct link_name subject = link_name_of(id);
	struct pg_args args = { 0 };
	int rc;

	ev->subject = str_of(subject.text);
	ev->reason = STR("reviewed");
	args_put(&args, COL_I64, &id);
	args_put(&args, COL_DAY, &today);
	args_put(&args, COL_DAY, &review);
	rc = change(pg, "SELECT ops.link_review($1, $2, $3)", &args, ev, NONE,
		    e);
	args_release(&args);
	return rc;
}

int link_end(struct pg *pg, int64_t id, int32_t today, struct audit_event *ev,
	     struct err *e)
{
	struct link_name subject = link_name_of(id);
	struct pg_args args = { 0 };
	int rc;

	ev->subject = str_of(subject.text);
	ev->reason = STR("ended");
	args_put(&args, COL_I64, &id);
	args_put(&args, COL_DAY, &today);
	rc = change(pg, "SELECT ops.link_end($1, $2)", &args, ev, NONE, e);
	args_release(&args);
	return rc;
}

/* Columns of link_list.sql. */
static const struct field {
	enum row_type type;
	size_t offset;
} fields[] = {
	{ COL_I64, offsetof(struct link, id) },
	{ COL_DAY, offsetof(struct link, clock_day) },
	{ COL_BOOL, offsetof(struct link, masked) },
	{ COL_TEXT, offsetof(struct link, kind) },
	{ COL_TEXT, offsetof(struct link, reason) },
	{ COL_TEXT, offsetof(struct link, case_id) },
	{ COL_TEXT, offsetof(struct link, offence) },
	{ COL_TEXT, offsetof(struct link, actor) },
	{ COL_DAY, offsetof(struct link, made_on) },
	{ COL_TEXT, offsetof(struct link, reviewed_by) },
	{ COL_DAY, offsetof(struct link, reviewed_on) },
	{ COL_DAY, offsetof(struct link, review_on) },
	{ COL_TEXT, offsetof(struct link, ended_by) },
	{ COL_DAY, offsetof(struct link, ended_on) },
};

static int read_link(struct link *l, const struct pg_result *r, int64_t i,
		     struct arena *a, struct err *e)
{
	*l = (struct link){ .id = 0 };
	for (size_t k = 0; k < ARRAY_SIZE(fields); k++)
		if (pg_read_field((char *)l + fields[k].offset, fields[k].type,
				  r, i, (int)k, a, e))
			return e->code;
	return 0;
}

int link_list(struct link **out, uint32_t *nr, struct pg *pg, int32_t today,
	      struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	args_put(&args, COL_DAY, &today);
	rc = pg_run(pg, "reading links", sql_link_list, &args, &r, e);
	*nr = rc == 0 ? (uint32_t)pg_result_rows(r) : 0;
	*out = arena_alloc(a, (*nr + 1) * sizeof(**out));
	for (uint32_t i = 0; i < *nr && rc == 0; i++)
		rc = read_link(&(*out)[i], r, i, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}
