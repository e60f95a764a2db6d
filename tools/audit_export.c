#include "engine/checkpoint.h"
#include "law/audit_log.h"
#include "tools/audit_cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PAGE = 5000 };

struct log_file {
	const char *path;
	int fd;
	struct buf out;
};

static int flush(struct log_file *f, struct err *e)
{
	const char *at = f->out.data;
	size_t left = f->out.len;

	if (f->out.failed)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	while (left) {
		ssize_t n = write(f->fd, at, left);

		if (n < 0)
			return err_at(e, ERR_IO, 0, "cannot write '%s': %s",
				      f->path, strerror(errno));
		at += n;
		left -= (size_t)n;
	}
	buf_clear(&f->out);
	return 0;
}

/* What the last checkpoint says of a chain: where its events end. */
static int64_t end_of(const struct audit_checkpoint *p, struct str chain)
{
	for (uint32_t i = 0; i < p->nr_span; i++)
		if (str_eq(p->span[i].chain, chain))
			return p->span[i].last;
	return 0;
}

static int write_events(int64_t *events, struct log_file *f, struct pg *pg,
			const struct audit_checkpoint *p, struct err *e)
{
	struct audit_filter filter = { .chain = STR(""), .limit = PAGE };
	struct arena page[2] = { { 0 }, { 0 } };
	struct audit_row *row = NULL;
	uint32_t nr = PAGE;
	int rc = 0;

	for (int turn = 0; nr == PAGE && rc == 0; turn = !turn) {
		arena_clear(&page[turn]);
		rc = audit_page(&row, &nr, pg, &filter, &page[turn], e);
		for (uint32_t i = 0; i < nr && rc == 0; i++) {
			filter.chain = row[i].chain;
			filter.seq = row[i].seq;
			if (row[i].seq > end_of(p, row[i].chain))
				continue;
			audit_log_event(
				&f->out,
				&(struct audit_link){
					row[i].chain, row[i].line, row[i].seq,
					(const uint8_t *)row[i].hash.ptr });
			++*events;
		}
		if (rc == 0)
			rc = flush(f, e);
	}
	arena_release(&page[0]);
	arena_release(&page[1]);
	return rc;
}

static int write_log(int64_t *events, struct log_file *f, struct pg *pg,
		     struct arena *a, struct err *e)
{
	struct audit_checkpoint last = { .nr = 0 };
	struct audit_signed *s = NULL;
	uint32_t nr = 0;
	int rc = audit_checkpoints(&s, &nr, pg, 1, a, e);

	audit_log_begin(&f->out);
	for (uint32_t i = 0; i < nr && rc == 0; i++)
		audit_log_checkpoint(&f->out, &s[i]);
	if (rc == 0 && nr)
		rc = audit_checkpoint_read(&last, s[nr - 1].text, a, e);
	return rc < 0 ? rc : write_events(events, f, pg, &last, e);
}

/* The checkpoint that the file ends with. */
static int sign_now(struct pg *pg, const struct config *c, struct arena *a,
		    struct err *e)
{
	struct sign_pair *pair = NULL;
	struct audit_signed s;
	int rc = sign_pair_load(&pair, c->audit_key, e);

	if (rc == 0)
		rc = checkpoint_make(&s, pg, c, pair, a, e);
	sign_pair_free(pair);
	return rc;
}

int audit_export_log(int64_t *events, struct pg *pg, const struct config *c,
		     const char *path, struct err *e)
{
	struct log_file f = { .path = path };
	struct arena a = { 0 };
	int rc;

	*events = 0;
	f.fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (f.fd < 0)
		return err_at(e, ERR_USAGE, 0, "cannot make '%s': %s", path,
			      strerror(errno));
	rc = sign_now(pg, c, &a, e);
	if (rc == 0)
		rc = audit_snapshot(pg, e);
	if (rc == 0) {
		rc = write_log(events, &f, pg, &a, e);
		pg_rollback(pg);
	}
	if (rc == 0 && fsync(f.fd))
		rc = err_at(e, ERR_IO, 0, "cannot write '%s'", path);
	close(f.fd);
	if (rc < 0)
		unlink(path);
	buf_release(&f.out);
	arena_release(&a);
	return rc;
}
