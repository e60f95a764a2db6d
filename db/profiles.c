#include "db/profiles.h"

#include "db/profiles_audit.h"
#include "db/sql.h"

/* Run a statement that answers with one number; null leaves it as it is. */
static int ask_number(int64_t *out, struct pg *pg, const char *what,
		      const char *sql, struct pg_args *args, struct err *e)
{
	struct arena none = { 0 };
	struct pg_result *r = NULL;
	int rc = pg_run(pg, what, sql, args, &r, e);

	if (rc == 0 && pg_result_rows(r))
		rc = pg_read_field(out, COL_I64, r, 0, 0, &none, e);
	pg_result_free(r);
	if (args)
		args_release(args);
	return rc;
}

int profiles_newest(int64_t *version, struct pg *pg, struct err *e)
{
	*version = 0;
	return ask_number(version, pg, "looking for profiles",
			  sql_profiles_newest, NULL, e);
}

int profiles_of_hash(int64_t *version, struct pg *pg, struct str set_hash,
		     struct err *e)
{
	struct pg_args args = { 0 };

	*version = 0;
	args_put(&args, COL_BYTES, &set_hash);
	return ask_number(version, pg, "looking for a profile set",
			  sql_profiles_of_hash, &args, e);
}

/* The columns of a row, one after another, to where they belong. */
struct place {
	enum row_type type;
	void *to;
};

static int read_places(const struct place *place, int nr,
		       const struct pg_result *r, int64_t i, struct arena *a,
		       struct err *e)
{
	int rc = 0;

	for (int k = 0; k < nr && rc == 0; k++)
		rc = pg_read_field(place[k].to, place[k].type, r, i, k, a, e);
	return rc;
}

static int read_item(struct profile_items *out, const struct pg_result *r,
		     int64_t i, struct arena *a, struct err *e)
{
	struct profile_item it = { .name = STR_NONE };
	const struct place place[] = {
		{ COL_BOOL, &it.is_list },  { COL_TEXT, &it.name },
		{ COL_I32, &it.revision },  { COL_BYTES, &it.text_hash },
		{ COL_TEXT, &it.state },    { COL_TEXT, &it.why },
		{ COL_BYTES, &it.content }, { COL_BYTES, &out->set_hash },
	};
	int rc = read_places(place, ARRAY_SIZE(place), r, i, a, e);

	if (rc == 0 && it.name.ptr)
		*(struct profile_item *)arena_push(a, &out->item, &out->nr,
						   sizeof(it)) = it;
	return rc;
}

int profiles_read(struct profile_items *out, struct pg *pg, int64_t version,
		  struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	*out = (struct profile_items){ .version = version };
	args_put(&args, COL_I64, &version);
	rc = pg_run(pg, "reading profiles", sql_profiles_read, &args, &r, e);
	for (int64_t i = 0; rc == 0 && i < pg_result_rows(r); i++)
		rc = read_item(out, r, i, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

int profiles_begin(struct pg *pg, struct err *e)
{
	int rc = pg_run(pg, "starting a transaction", "BEGIN", NULL, NULL, e);

	return rc ? rc
		  : pg_run(pg, "waiting for others", sql_profiles_lock, NULL,
			   NULL, e);
}

static int send_text(struct pg *pg, struct pg_args *args,
		     const struct profile_item *it, struct err *e)
{
	args_clear(args);
	args_put(args, COL_BYTES, &it->text_hash);
	args_put(args, COL_BYTES, &it->content);
	return pg_pipe_send(pg, "keeping a text", sql_profiles_add_text, 0,
			    args, e);
}

static int send_item(struct pg *pg, struct pg_args *args, int64_t version,
		     const struct profile_item *it, struct err *e)
{
	int32_t kind = it->is_list;

	args_clear(args);
	args_put(args, COL_I64, &version);
	args_put(args, COL_I32, &kind);
	args_put(args, COL_TEXT, &it->name);
	args_put(args, COL_I32, &it->revision);
	args_put(args, COL_BYTES, &it->text_hash);
	args_put(args, COL_TEXT, &it->state);
	args_put(args, COL_TEXT, &it->why);
	return pg_pipe_send(pg, "adding a profile", sql_profiles_add_item, 0,
			    args, e);
}

int profiles_add(struct pg *pg, const struct profile_items *items,
		 struct str reason, struct err *e)
{
	struct pg_args args = { 0 };
	int rc = pg_pipe_begin(pg, e);

	for (uint32_t i = 0; i < items->nr && rc == 0; i++)
		rc = send_text(pg, &args, &items->item[i], e);
	args_clear(&args);
	args_put(&args, COL_I64, &items->version);
	args_put(&args, COL_BYTES, &items->set_hash);
	args_put(&args, COL_TEXT, &reason);
	if (rc == 0)
		rc = pg_pipe_send(pg, "adding a version", sql_profiles_add_set,
				  0, &args, e);
	for (uint32_t i = 0; i < items->nr && rc == 0; i++)
		rc = send_item(pg, &args, items->version, &items->item[i], e);
	if (rc == 0)
		rc = pg_pipe_sync(pg, e);
	pg_pipe_end(pg);
	args_release(&args);
	return rc ? rc : profiles_audit(pg, items, reason, e);
}

int profiles_revision(struct profile_revision *out, struct pg *pg,
		      struct str name, int32_t revision, struct arena *a,
		      struct err *e)
{
	struct row_number number = { revision, revision > 0 };
	const struct place place[] = { { COL_I32, &out->revision },
				       { COL_BYTES, &out->text_hash },
				       { COL_TEXT, &out->author },
				       { COL_BYTES, &out->content } };
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	*out = (struct profile_revision){ .name = name };
	args_put(&args, COL_TEXT, &name);
	args_put(&args, COL_N32, &number);
	rc = pg_run(pg, "reading a revision", sql_profiles_revision, &args, &r,
		    e);
	if (rc == 0 && pg_result_rows(r)) {
		rc = read_places(place, ARRAY_SIZE(place), r, 0, a, e);
		rc = rc ? rc : 1;
	}
	pg_result_free(r);
	args_release(&args);
	return rc;
}

static int insert_revision(struct pg *pg, const struct profile_revision *r,
			   struct err *e)
{
	struct profile_item it = { .text_hash = r->text_hash,
				   .content = r->content };
	struct pg_args args = { 0 };
	int rc = pg_pipe_begin(pg, e);

	if (rc == 0)
		rc = send_text(pg, &args, &it, e);
	args_clear(&args);
	args_put(&args, COL_TEXT, &r->name);
	args_put(&args, COL_I32, &r->revision);
	args_put(&args, COL_BYTES, &r->text_hash);
	args_put(&args, COL_TEXT, &r->author);
	if (rc == 0)
		rc = pg_pipe_send(pg, "keeping a revision",
				  sql_profiles_add_revision, 0, &args, e);
	if (rc == 0)
		rc = pg_pipe_sync(pg, e);
	pg_pipe_end(pg);
	args_release(&args);
	return rc;
}

int profiles_add_revision(struct pg *pg, const struct profile_revision *r,
			  struct err *e)
{
	struct profile_revision is;
	struct arena a = { 0 };
	int there = profiles_revision(&is, pg, r->name, r->revision, &a, e);
	int rc = there < 0 ? there : insert_revision(pg, r, e);

	if (rc == 0)
		rc = profiles_revision(&is, pg, r->name, r->revision, &a, e);
	if (rc > 0)
		rc = str_eq(is.text_hash, r->text_hash)
			     ? 0
			     : err_at(e, ERR_VALUE, 0,
				      "revision %d of '" STR_FMT "' is "
				      "committed with another text: revisions "
				      "do not change; raise 'revision:'",
				      r->revision, STR_ARG(r->name));
	if (rc == 0 && there == 0)
		rc = profiles_audit_revision(pg, r->name, r->revision,
					     "committed", STR_NONE, e);
	arena_release(&a);
	return rc;
}

int profiles_add_approval(struct pg *pg, const struct profile_revision *r,
			  const struct profile_approval *by, struct err *e)
{
	struct pg_result *added = NULL;
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_BYTES, &r->text_hash);
	args_put(&args, COL_TEXT, &by->approver);
	args_put(&args, COL_UTC, &by->signed_at);
	args_put(&args, COL_BYTES, &by->signature);
	rc = pg_run(pg, "keeping an approval", sql_profiles_add_approval, &args,
		    &added, e);
	if (rc == 0 && pg_result_rows(added))
		rc = profiles_audit_revision(pg, r->name, r->revision,
					     "approved", by->approver, e);
	pg_result_free(added);
	args_release(&args);
	return rc;
}

int profiles_approvals(struct profile_approval **out, uint32_t *nr,
		       struct pg *pg, struct str text_hash, struct arena *a,
		       struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	*out = NULL;
	*nr = 0;
	args_put(&args, COL_BYTES, &text_hash);
	rc = pg_run(pg, "reading approvals", sql_profiles_approvals, &args, &r,
		    e);
	for (int64_t i = 0; rc == 0 && i < pg_result_rows(r); i++) {
		struct profile_approval *by =
			arena_push(a, out, nr, sizeof(*by));
		const struct place place[] = { { COL_TEXT, &by->approver },
					       { COL_UTC, &by->signed_at },
					       { COL_BYTES, &by->signature } };

		rc = read_places(place, ARRAY_SIZE(place), r, i, a, e);
	}
	pg_result_free(r);
	args_release(&args);
	return rc;
}

int profiles_disparity(enum profile_disparity *out, struct pg *pg,
		       struct str text_hash, int32_t days, struct err *e)
{
	struct pg_args args = { 0 };
	int64_t passed = -1;
	int rc;

	args_put(&args, COL_BYTES, &text_hash);
	args_put(&args, COL_I32, &days);
	rc = ask_number(&passed, pg, "reading tests of disparity",
			sql_profiles_disparity, &args, e);
	*out = passed < 0 ? DISPARITY_NONE
	       : passed	  ? DISPARITY_PASSED
			  : DISPARITY_FAILED;
	return rc;
}

int profiles_hits(struct profile_hits **out, uint32_t *nr, struct pg *pg,
		  int32_t first, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	*out = NULL;
	*nr = 0;
	args_put(&args, COL_DAY, &first);
	rc = pg_run(pg, "counting hits", sql_profiles_hits, &args, &r, e);
	for (int64_t i = 0; rc == 0 && i < pg_result_rows(r); i++) {
		struct profile_hits *h = arena_push(a, out, nr, sizeof(*h));
		const struct place place[] = { { COL_DAY, &h->clock_day },
					       { COL_TEXT, &h->source },
					       { COL_I32, &h->revision },
					       { COL_I64, &h->n } };

		rc = read_places(place, ARRAY_SIZE(place), r, i, a, e);
	}
	pg_result_free(r);
	args_release(&args);
	return rc;
}

int profiles_reviewed(struct profile_reviewed **out, uint32_t *nr,
		      struct pg *pg, int32_t first, struct arena *a,
		      struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	*out = NULL;
	*nr = 0;
	args_put(&args, COL_DAY, &first);
	rc = pg_run(pg, "counting decisions", sql_profiles_reviewed, &args, &r,
		    e);
	for (int64_t i = 0; rc == 0 && i < pg_result_rows(r); i++) {
		struct profile_reviewed *v = arena_push(a, out, nr, sizeof(*v));
		const struct place place[] = { { COL_TEXT, &v->source },
					       { COL_I32, &v->revision },
					       { COL_I64, &v->decided },
					       { COL_I64, &v->confirmed } };

		rc = read_places(place, ARRAY_SIZE(place), r, i, a, e);
	}
	pg_result_free(r);
	args_release(&args);
	return rc;
}

int profiles_travellers(int64_t *n, struct pg *pg, int32_t day, struct err *e)
{
	struct pg_args args = { 0 };

	args_put(&args, COL_DAY, &day);
	return ask_number(n, pg, "counting travellers", sql_profiles_travellers,
			  &args, e);
}

int profiles_take(struct pg *pg, struct str cluster, struct str group,
		  struct str topic, int64_t version, struct err *e)
{
	struct pg_args args = { 0 };
	int64_t nr = 0;

	args_put(&args, COL_TEXT, &cluster);
	args_put(&args, COL_TEXT, &group);
	args_put(&args, COL_TEXT, &topic);
	args_put(&args, COL_I64, &version);
	return ask_number(&nr, pg, "taking up profiles", sql_profiles_take,
			  &args, e);
}
