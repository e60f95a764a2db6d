#include "law/keyrotate.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NEXT ".next"

struct paths {
	char secret_next[PATH_MAX], public_next[PATH_MAX], old[PATH_MAX];
};

static void set_paths(struct paths *p, const char *secret, const char *public_)
{
	snprintf(p->secret_next, PATH_MAX, "%s" NEXT, secret);
	snprintf(p->public_next, PATH_MAX, "%s" NEXT, public_);
	snprintf(p->old, PATH_MAX, "%s" KEY_PAIR_OLD, secret);
}

static int io_error(struct err *e, const char *what, const char *path)
{
	return err_at(e, ERR_IO, 0, "cannot %s '%s': %s", what, path,
		      strerror(errno));
}

/* Two names of one file: the old name was given, the new pair not yet. */
static bool same_file(const char *a, const char *b)
{
	struct stat x, y;

	return !stat(a, &x) && !stat(b, &y) && x.st_ino == y.st_ino &&
	       x.st_dev == y.st_dev;
}

bool key_pair_has_old(const char *secret_path)
{
	struct paths p;

	set_paths(&p, secret_path, "");
	return !access(p.old, F_OK);
}

/*
 * In this order, so that at no moment a secret half in use has no name:
 * the new pair aside; the old secret's second name; the new pair's names.
 */
int key_pair_rotate(const char *secret_path, const char *public_path,
		    struct err *e)
{
	bool halfway;
	struct paths p;

	set_paths(&p, secret_path, public_path);
	halfway = same_file(p.old, secret_path);
	if (!halfway && !access(p.old, F_OK) && access(p.public_next, F_OK))
		return err_at(e, ERR_USAGE, 0,
			      "'%s' is still there: retire it first, when no "
			      "payload of the topic is sealed to it",
			      p.old);
	if (!halfway && access(p.old, F_OK)) {
		unlink(p.secret_next); /* of an attempt that was cut short */
		unlink(p.public_next);
		if (key_pair_create(p.secret_next, p.public_next, e))
			return e->code;
		if (link(secret_path, p.old))
			return io_error(e, "keep", secret_path);
	}
	if (!access(p.secret_next, F_OK) && rename(p.secret_next, secret_path))
		return io_error(e, "replace", secret_path);
	if (rename(p.public_next, public_path))
		return io_error(e, "replace", public_path);
	return 0;
}

int key_pair_retire(const char *secret_path, struct err *e)
{
	char zeros[256] = { 0 };
	struct paths p;
	int fd;

	set_paths(&p, secret_path, "");
	fd = open(p.old, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 && errno == ENOENT)
		return err_at(e, ERR_USAGE, 0, "there is no '%s' to retire",
			      p.old);
	if (fd < 0)
		return io_error(e, "open", p.old);
	if (write(fd, zeros, sizeof(zeros)) != sizeof(zeros) || fsync(fd))
		(void)io_error(e, "overwrite", p.old);
	close(fd);
	if (!e->code && unlink(p.old))
		(void)io_error(e, "remove", p.old);
	return e->code;
}
