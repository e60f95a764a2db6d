#include "engine/checkpoint.h"

#include "base/log.h"
#include "law/audit_log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TICK_MS = 250, TICKS_A_MINUTE = 60000 / TICK_MS };

/* A line more in the file, durably. */
static int append(const char *path, const struct audit_signed *s, struct err *e)
{
	struct buf line = { 0 };
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	bool done;

	if (fd < 0)
		return err_at(e, ERR_IO, 0, "cannot open '%s': %s", path,
			      strerror(errno));
	audit_log_checkpoint(&line, s);
	done = !line.failed &&
	       write(fd, line.data, line.len) == (ssize_t)line.len &&
	       !fsync(fd);
	if (close(fd) || !done)
		(void)err_at(e, ERR_IO, 0, "cannot write '%s'", path);
	buf_release(&line);
	return e->code;
}

int checkpoint_make(struct audit_signed *out, struct pg *pg,
		    const struct config *c, const struct sign_pair *pair,
		    struct arena *a, struct err *e)
{
	int rc = audit_checkpoint_make(out, pg, pair->public_half,
				       pair->secret_half, a, e);

	return rc < 0 || !out->nr ? rc : append(c->audit_checkpoints, out, e);
}

static void make_one(struct engine *en)
{
	struct pg_settings settings = {
		.conninfo = en->config.database,
		.application = "paxgate checkpoint",
		.lock_ms = (int)en->config.lock_timeout_ms,
	};
	struct audit_signed s;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct pg *pg = NULL;

	if (!pg_open(&pg, &settings, &e))
		(void)!checkpoint_make(&s, pg, &en->config, en->signer, &a, &e);
	if (e.code)
		log_err("checkpoint-failed", &e);
	pg_close(pg);
	arena_release(&a);
}

void checkpoint_run(struct engine *en)
{
	int64_t due = en->config.checkpoint_minutes * TICKS_A_MINUTE;
	struct timespec tick = { 0, TICK_MS * 1000000L };

	for (int64_t i = 1; !atomic_load(&en->progress.stop); i++) {
		nanosleep(&tick, NULL);
		if (i % due == 0)
			make_one(en);
	}
}

void checkpoint_last(struct engine *en)
{
	if (en->signer)
		make_one(en);
}
