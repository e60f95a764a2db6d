#include "db/audit.h"
#include "db/sql.h"

#include <string.h>
#include <time.h>

/* Bytes of exactly `len`, or a fault of the table. */
static int read_bytes(uint8_t *out, size_t len, const struct pg_result *r,
		      int64_t i, int column, struct arena *a, struct err *e)
{
	struct str v = STR_NONE;
	int rc = pg_read_field(&v, COL_BYTES, r, i, column, a, e);

	if (rc == 0 && v.len != len)
		rc = err_at(e, ERR_INTEGRITY, 0,
			    "the audit log has a hash, key or signature of "
			    "%zu bytes, not %zu",
			    v.len, len);
	if (rc == 0)
		memcpy(out, v.ptr, len);
	return rc;
}

static int read_head(struct audit_span *s, const struct pg_result *r, int64_t i,
		     struct arena *a, struct err *e)
{
	if (pg_read_field(&s->chain, COL_TEXT, r, i, 0, a, e) ||
	    pg_read_field(&s->first, COL_I64, r, i, 1, a, e) ||
	    read_bytes(s->before, CRYPT_HASH_LEN, r, i, 2, a, e) ||
	    pg_read_field(&s->last, COL_I64, r, i, 3, a, e) ||
	    read_bytes(s->hash, CRYPT_HASH_LEN, r, i, 4, a, e))
		return e->code;
	return 0;
}

static int read_signed(struct audit_signed *s, const struct pg_result *r,
		       int64_t i, struct arena *a, struct err *e)
{
	if (pg_read_field(&s->nr, COL_I64, r, i, 0, a, e) ||
	    pg_read_field(&s->text, COL_TEXT, r, i, 1, a, e) ||
	    read_bytes(s->key, CRYPT_KEY_LEN, r, i, 2, a, e) ||
	    read_bytes(s->signature, CRYPT_SIGNATURE_LEN, r, i, 3, a, e))
		return e->code;
	return 0;
}

static int read_event(struct audit_row *row, const struct pg_result *r,
		      int64_t i, struct arena *a, struct err *e)
{
	if (pg_read_field(&row->chain, COL_TEXT, r, i, 0, a, e) ||
	    pg_read_field(&row->seq, COL_I64, r, i, 1, a, e) ||
	    pg_read_field(&row->line, COL_TEXT, r, i, 2, a, e) ||
	    pg_read_field(&row->hash, COL_BYTES, r, i, 3, a, e))
		return e->code;
	return row->hash.len == CRYPT_HASH_LEN
		       ? 0
		       : err_at(e, ERR_INTEGRITY, 0,
				"event %lld of the audit chain '" STR_FMT
				"' has no hash",
				(long long)row->seq, STR_ARG(row->chain));
}

int audit_heads(struct audit_span **out, uint32_t *nr, struct pg *pg,
		struct arena *a, struct err *e)
{
	struct pg_result *r = NULL;
	int rc = pg_run(pg, "reading the audit chains", sql_audit_heads, NULL,
			&r, e);

	*nr = rc == 0 ? (uint32_t)pg_result_rows(r) : 0;
	*out = arena_alloc(a, (*nr + 1) * sizeof(**out));
	for (uint32_t i = 0; i < *nr && rc == 0; i++)
		rc = read_head(&(*out)[i], r, i, a, e);
	pg_result_free(r);
	return rc;
}

static int read_all_signed(struct audit_signed **out, uint32_t *nr,
			   struct pg *pg, const char *sql,
			   const struct pg_args *args, struct arena *a,
			   struct err *e)
{
	struct pg_result *r = NULL;
	int rc = pg_run(pg, "reading checkpoints", sql, args, &r, e);

	*nr = rc == 0 ? (uint32_t)pg_result_rows(r) : 0;
	*out = arena_alloc(a, (*nr + 1) * sizeof(**out));
	for (uint32_t i = 0; i < *nr && rc == 0; i++)
		rc = read_signed(&(*out)[i], r, i, a, e);
	pg_result_free(r);
	return rc;
}

int audit_checkpoints(struct audit_signed **out, uint32_t *nr, struct pg *pg,
		      int64_t first, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_I64, &first);
	rc = read_all_signed(out, nr, pg, sql_audit_checkpoints, &args, a, e);
	args_release(&args);
	return rc;
}

int audit_page(struct audit_row **out, uint32_t *nr, struct pg *pg,
	       const struct audit_filter *f, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	args_put(&args, COL_TEXT, &f->chain);
	args_put(&args, COL_I64, &f->seq);
	args_put(&args, COL_I64, &f->limit);
	rc = pg_run(pg, "reading the audit log", sql_audit_page, &args, &r, e);
	*nr = rc == 0 ? (uint32_t)pg_result_rows(r) : 0;
	*out = arena_alloc(a, (*nr + 1) * sizeof(**out));
	for (uint32_t i = 0; i < *nr && rc == 0; i++)
		rc = read_event(&(*out)[i], r, i, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

int audit_about(struct audit_about **out, uint32_t *nr, struct pg *pg,
		struct str name, int32_t day, struct arena *a, struct err *e)
{
	struct buf since = { 0 };
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	struct str text;
	int rc;

	if (day)
		date_write(&since, date_from_days(day));
	text = buf_view(&since);
	args_put(&args, COL_TEXT, &name);
	args_put(&args, COL_TEXT, &text);
	rc = pg_run(pg, "reading the audit log", sql_audit_about, &args, &r, e);
	*nr = rc == 0 ? (uint32_t)pg_result_rows(r) : 0;
	*out = arena_alloc(a, (*nr + 1) * sizeof(**out));
	for (uint32_t i = 0; i < *nr && rc == 0; i++) {
		rc = read_event(&(*out)[i].row, r, i, a, e);
		if (rc == 0)
			rc = pg_read_field(&(*out)[i].before, COL_BYTES, r, i,
					   4, a, e);
	}
	pg_result_free(r);
	args_release(&args);
	buf_release(&since);
	return rc;
}

/* Does it say of each chain what the last checkpoint says? */
static bool is_known(const struct audit_checkpoint *was,
		     const struct audit_span *now, uint32_t nr)
{
	if (was->nr_span != nr)
		return false;
	for (uint32_t i = 0; i < nr; i++)
		if (!str_eq(was->span[i].chain, now[i].chain) ||
		    was->span[i].first != now[i].first ||
		    was->span[i].last != now[i].last)
			return false;
	return true;
}

/* What is to be signed; nr stays 0 when nothing came since the last one. */
static int next_checkpoint(struct audit_checkpoint *next, struct pg *pg,
			   struct arena *a, struct err *e)
{
	struct audit_checkpoint was = { .nr = 0 };
	struct audit_signed *last = NULL;
	struct audit_span *span = NULL;
	uint32_t nr = 0, nr_span = 0;
	int rc = read_all_signed(&last, &nr, pg, sql_audit_last_checkpoint,
				 NULL, a, e);

	if (rc == 0 && nr)
		rc = audit_checkpoint_read(&was, last->text, a, e);
	if (rc == 0)
		rc = audit_heads(&span, &nr_span, pg, a, e);
	if (rc < 0 || (nr && is_known(&was, span, nr_span)))
		return rc;
	*next = (struct audit_checkpoint){ .nr = was.nr + 1,
					   .at = { time(NULL), MOMENT_SECOND },
					   .span = span,
					   .nr_span = nr_span };
	if (nr)
		audit_checkpoint_hash(next->before, last->text);
	return 0;
}

int audit_checkpoint_make(struct audit_signed *out, struct pg *pg,
			  const uint8_t public_half[CRYPT_KEY_LEN],
			  const uint8_t secret_half[CRYPT_SIGNER_LEN],
			  struct arena *a, struct err *e)
{
	struct audit_checkpoint next = { .nr = 0 };
	struct pg_args args = { 0 };
	struct buf text = { 0 };
	struct str key = { (const char *)out->key, CRYPT_KEY_LEN };
	struct str signature = { (const char *)out->signature,
				 CRYPT_SIGNATURE_LEN };
	int rc = next_checkpoint(&next, pg, a, e);

	*out = (struct audit_signed){ .nr = next.nr };
	if (rc < 0 || !next.nr)
		return rc;
	audit_checkpoint_write(&text, &next);
	out->text = arena_str(a, buf_view(&text));
	buf_release(&text);
	audit_checkpoint_sign(out, public_half, secret_half);
	args_put(&args, COL_I64, &out->nr);
	args_put(&args, COL_TEXT, &out->text);
	args_put(&args, COL_BYTES, &key);
	args_put(&args, COL_BYTES, &signature);
	rc = pg_run(pg, "storing a checkpoint", sql_audit_checkpoint_put, &args,
		    NULL, e);
	args_release(&args);
	return rc;
}
