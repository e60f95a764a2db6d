#include "law/audit_log.h"
#include "tools/audit_cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGE = 20000 };

int audit_snapshot(struct pg *pg, struct err *e)
{
	return pg_script(pg, "reading the audit log",
			 "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", e);
}

static bool same_signed(const struct audit_signed *a,
			const struct audit_signed *b)
{
	return str_eq(a->text, b->text) &&
	       !memcmp(a->key, b->key, CRYPT_KEY_LEN) &&
	       !memcmp(a->signature, b->signature, CRYPT_SIGNATURE_LEN);
}

/* Each checkpoint that was exported has to be in the database, as it was. */
static void compare(struct audit_check *c, const struct audit_signed *there,
		    uint32_t nr, const struct audit_signed *exported)
{
	for (uint32_t i = 0; i < nr; i++) {
		if (there[i].nr != exported->nr)
			continue;
		if (!same_signed(&there[i], exported))
			audit_check_fault(c, STR_NONE, exported->nr,
					  "checkpoint %lld is not the one that "
					  "was exported",
					  (long long)exported->nr);
		return;
	}
	audit_check_fault(c, STR_NONE, exported->nr,
			  "checkpoint %lld was exported and is gone: the "
			  "database was set back, or it is another one",
			  (long long)exported->nr);
}

static int compare_exported(struct audit_check *c, const char *path,
			    const struct audit_signed *there, uint32_t nr,
			    struct err *e)
{
	struct buf file = { 0 };
	struct str rest, line;
	struct audit_signed s;

	if (!path || (access(path, F_OK) && errno == ENOENT))
		return 0;
	if (buf_read_file(&file, path, 0, e))
		return e->code;
	rest = buf_view(&file);
	for (long long n = 1; rest.ptr && rest.len; n++) {
		line = str_split(&rest, '\n');
		if (audit_log_read_checkpoint(&s, line))
			compare(c, there, nr, &s);
		else
			audit_check_fault(c, STR_NONE, n,
					  "'%s': line %lld is no checkpoint",
					  path, n);
	}
	buf_release(&file);
	return 0;
}

static void show_progress(const struct audit_check *c)
{
	fprintf(stderr, "\r%lld events\033[K", (long long)c->events);
	fflush(stderr);
}

static int check_events(struct audit_check *c, struct pg *pg, bool progress,
			struct err *e)
{
	struct audit_filter f = { .chain = STR(""), .limit = PAGE };
	struct arena page[2] = { { 0 }, { 0 } };
	struct audit_row *row = NULL;
	uint32_t nr = PAGE;
	int rc = 0;

	/* the last page's arena holds the name that the next one begins with */
	for (int turn = 0; nr == PAGE && rc == 0; turn = !turn) {
		arena_clear(&page[turn]);
		rc = audit_page(&row, &nr, pg, &f, &page[turn], e);
		for (uint32_t i = 0; i < nr && rc == 0; i++) {
			const struct audit_link l = {
				row[i].chain, row[i].line, row[i].seq,
				(const uint8_t *)row[i].hash.ptr
			};

			audit_check_event(c, &l);
			f.chain = row[i].chain;
			f.seq = row[i].seq;
		}
		if (progress)
			show_progress(c);
	}
	if (progress)
		fputs("\r\033[K", stderr);
	arena_release(&page[0]);
	arena_release(&page[1]);
	return rc;
}

static int verify(struct audit_check *c, struct pg *pg, const char *exported,
		  bool progress, struct err *e)
{
	struct audit_signed *s = NULL;
	struct audit_span *head = NULL;
	uint32_t nr = 0, nr_head = 0;
	int rc = audit_checkpoints(&s, &nr, pg, 1, c->arena, e);

	if (rc == 0)
		rc = audit_heads(&head, &nr_head, pg, c->arena, e);
	if (rc < 0)
		return rc;
	for (uint32_t i = 0; i < nr; i++)
		audit_check_checkpoint(c, &s[i]);
	rc = compare_exported(c, exported, s, nr, e);
	if (rc < 0)
		return rc;
	audit_check_heads(c, head, nr_head);
	rc = check_events(c, pg, progress, e);
	audit_check_end(c);
	return rc;
}

int audit_verify_database(struct audit_check *c, struct pg *pg,
			  const char *exported, bool progress, struct err *e)
{
	int rc = audit_snapshot(pg, e);

	if (rc == 0)
		rc = verify(c, pg, exported, progress, e);
	pg_rollback(pg);
	return rc;
}

int audit_verify_file(struct audit_check *c, const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *map;

	if (fd < 0 || fstat(fd, &st) || !S_ISREG(st.st_mode)) {
		(void)err_at(e, ERR_IO, 0, "cannot open '%s': %s", path,
			     fd < 0 ? strerror(errno) : "not a file");
		if (fd >= 0)
			close(fd);
		return e->code;
	}
	map = st.st_size ? mmap(NULL, (size_t)st.st_size, PROT_READ,
				MAP_PRIVATE, fd, 0)
			 : NULL;
	close(fd);
	if (map == MAP_FAILED)
		return err_at(e, ERR_IO, 0, "cannot read '%s': %s", path,
			      strerror(errno));
	audit_log_check(c, (struct str){ map ? map : "", (size_t)st.st_size });
	if (map)
		munmap(map, (size_t)st.st_size);
	return 0;
}
