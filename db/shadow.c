#include "db/shadow.h"

#include "db/sql.h"

/* A column and the member it goes to. */
struct member {
	enum row_type type;
	size_t offset;
};

/* All rows of a statement as an array of structs. */
struct listing {
	const char *what, *sql;
	const struct member *member;
	int nr_member;
	size_t size;
};

static int read_row(char *row, const struct listing *l,
		    const struct pg_result *r, int64_t i, struct arena *a,
		    struct err *e)
{
	int rc = 0;

	for (int k = 0; k < l->nr_member && rc == 0; k++)
		rc = pg_read_field(row + l->member[k].offset, l->member[k].type,
				   r, i, k, a, e);
	return rc;
}

static int list(void *out, uint32_t *nr, const struct listing *l, struct pg *pg,
		const struct pg_args *args, struct arena *a, struct err *e)
{
	struct pg_result *r = NULL;
	int rc = pg_run(pg, l->what, l->sql, args, &r, e);
	int64_t rows = rc ? 0 : pg_result_rows(r);
	char *row = arena_alloc(a, (size_t)(rows + 1) * l->size);

	for (int64_t i = 0; rc == 0 && i < rows; i++)
		rc = read_row(row + (size_t)i * l->size, l, r, i, a, e);
	memcpy(out, &row, sizeof(row));
	*nr = (uint32_t)rows;
	pg_result_free(r);
	return rc;
}

static void put(struct pg_args *args, struct str profile, int32_t first)
{
	args_put(args, COL_TEXT, &profile);
	args_put(args, COL_DAY, &first);
}

int shadow_days(struct shadow_day **out, uint32_t *nr, struct pg *pg,
		struct str profile, int32_t first, struct arena *a,
		struct err *e)
{
	static const struct member member[] = {
		{ COL_I32, offsetof(struct shadow_day, revision) },
		{ COL_DAY, offsetof(struct shadow_day, clock_day) },
		{ COL_I64, offsetof(struct shadow_day, n) },
		{ COL_I64, offsetof(struct shadow_day, travellers) },
	};
	const struct listing l = { "counting shadow hits",
				   sql_profiles_shadow_days, member,
				   ARRAY_SIZE(member), sizeof(**out) };
	struct pg_args args = { 0 };
	int rc;

	put(&args, profile, first);
	rc = list(out, nr, &l, pg, &args, a, e);
	args_release(&args);
	return rc;
}

int shadow_overlaps(struct shadow_overlap **out, uint32_t *nr, struct pg *pg,
		    struct str profile, int32_t first, struct arena *a,
		    struct err *e)
{
	static const struct member member[] = {
		{ COL_TEXT, offsetof(struct shadow_overlap, source) },
		{ COL_I64, offsetof(struct shadow_overlap, n) },
	};
	const struct listing l = { "comparing with live profiles",
				   sql_profiles_shadow_overlap, member,
				   ARRAY_SIZE(member), sizeof(**out) };
	struct pg_args args = { 0 };
	int rc;

	put(&args, profile, first);
	rc = list(out, nr, &l, pg, &args, a, e);
	args_release(&args);
	return rc;
}

int shadow_samples(struct shadow_sample **out, uint32_t *nr, struct pg *pg,
		   struct str profile, int32_t first, int64_t limit,
		   struct arena *a, struct err *e)
{
	static const struct member member[] = {
		{ COL_DAY, offsetof(struct shadow_sample, clock_day) },
		{ COL_I64, offsetof(struct shadow_sample, shadow_id) },
		{ COL_I32, offsetof(struct shadow_sample, revision) },
		{ COL_I32, offsetof(struct shadow_sample, score) },
		{ COL_BYTES, offsetof(struct shadow_sample, sealed) },
		{ COL_TEXT, offsetof(struct shadow_sample, carrier) },
		{ COL_TEXT, offsetof(struct shadow_sample, number) },
		{ COL_TEXT, offsetof(struct shadow_sample, origin) },
		{ COL_TEXT, offsetof(struct shadow_sample, destination) },
	};
	const struct listing l = { "reading shadow hits",
				   sql_profiles_shadow_samples, member,
				   ARRAY_SIZE(member), sizeof(**out) };
	struct pg_args args = { 0 };
	int rc;

	put(&args, profile, first);
	args_put(&args, COL_I64, &limit);
	rc = list(out, nr, &l, pg, &args, a, e);
	args_release(&args);
	return rc;
}
