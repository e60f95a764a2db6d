/*
 * bench_many_files.c - made profiles as an engine reads them: files, approved
 */
#include "law/approval.h"
#include "tools/bench_many.h"
#include "tools/gen_file.h"

#include <time.h>

static const struct str approver = STR("bench-approver");

struct files {
	const char *dir;
	struct approver_key *key;
	struct moment now;
	struct buf text;
};

static int put_one(struct files *f, const struct profile_text *p,
		   struct arena *a, struct err *e)
{
	struct approval by = { .approver = approver, .signed_at = f->now };
	int rc = gen_file_write(f->dir, p->file, p->text, e);

	approval_sign(&by, f->key, p->text);
	buf_clear(&f->text);
	approval_write(&f->text, &by);
	return rc < 0 ? rc
		      : gen_file_write(
				f->dir,
				arena_fmt(a, "%s" APPROVAL_SUFFIX, p->file).ptr,
				buf_view(&f->text), e);
}

/* Somebody who may approve today and is not the author. */
static int make_approver(struct files *f, struct bench *b, int64_t today,
			 struct err *e)
{
	struct approver row = { .name = approver,
				.from = date_from_days(today),
				.until = date_from_days(today + 1) };
	const char *secret =
		arena_fmt(&b->arena, "%s/approver.key", b->folder).ptr;
	int rc;

	b->config.approvers =
		arena_fmt(&b->arena, "%s/approvers.yaml", b->folder).ptr;
	rc = approver_create(&row, b->config.approvers, secret, STR_NONE, e);
	return rc < 0 ? rc : approver_key_load(&f->key, secret, STR_NONE, e);
}

int bench_many_files(struct bench *b, struct err *e)
{
	struct files f = { .now = { time(NULL), MOMENT_SECOND } };
	const struct profile_text *text;
	struct arena a = { 0 };
	uint32_t nr = (uint32_t)b->many;
	int64_t today = f.now.s / SECONDS_PER_DAY;
	int rc = make_approver(&f, b, today, e);

	f.dir = arena_fmt(&b->arena, "%s/profiles", b->folder).ptr;
	b->config.profiles = f.dir;
	if (rc == 0)
		rc = gen_dir_prepare(f.dir, false, e);
	text = bench_many_make(nr, BENCH_MANY_SEED, today, &a);
	for (uint32_t i = 0; i < nr && rc == 0; i++)
		rc = put_one(&f, &text[i], &a, e);
	approver_key_free(f.key);
	buf_release(&f.text);
	arena_release(&a);
	return rc;
}
