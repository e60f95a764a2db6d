#include "law/keyfile.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECRET_WORD "paxgate-secret-key-1 "
#define PUBLIC_WORD "paxgate-public-key-1 "

enum {
	WORD_LEN = sizeof(SECRET_WORD) - 1,
	HEX_LEN = 2 * CRYPT_KEY_LEN,
	LINE_LEN = WORD_LEN + HEX_LEN + 1,
	LINE_CAP = 128, /* room for a line, and to see that it is longer */
};

_Static_assert(sizeof(SECRET_WORD) == sizeof(PUBLIC_WORD), "one length");

static int io_error(struct err *e, const char *what, const char *path)
{
	if (errno == EEXIST)
		return err_at(e, ERR_USAGE, 0,
			      "'%s' is there already: no key is ever replaced; "
			      "move both halves away to make new ones",
			      path);
	return err_at(e, ERR_IO, 0, "cannot %s '%s': %s%s", what, path,
		      strerror(errno),
		      errno == ENOENT ? "; 'paxgate keys create' makes it"
				      : "");
}

/* Make the new name in the folder of `path` durable. */
static int sync_folder(const char *path, struct err *e)
{
	char copy[PATH_MAX];
	int fd, rc;

	snprintf(copy, sizeof(copy), "%s", path);
	fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return io_error(e, "open the folder of", path);
	rc = fsync(fd);
	if (rc)
		rc = io_error(e, "sync the folder of", path);
	close(fd);
	return rc;
}

/*
 * A process that has a key leaves no core behind, and no other process of its
 * user looks into it. (The sanitizers' leak check has to.)
 */
static void guard_process(void)
{
	const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__
	prctl(PR_SET_DUMPABLE, 0);
#endif
}

int key_file_create(const char *path, struct str line, mode_t mode,
		    struct err *e)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	int rc = 0;

	if (fd < 0)
		return io_error(e, "create", path);
	guard_process();
	if (write(fd, line.ptr, line.len) != (ssize_t)line.len || fsync(fd))
		rc = io_error(e, "write", path);
	if (close(fd) && !rc)
		rc = io_error(e, "write", path);
	if (!rc)
		rc = sync_folder(path, e);
	if (rc)
		unlink(path);
	return rc;
}

static void make_line(char line[LINE_CAP], const char *word,
		      const uint8_t key[CRYPT_KEY_LEN])
{
	memcpy(line, word, WORD_LEN);
	crypt_to_hex(line + WORD_LEN, key, CRYPT_KEY_LEN);
	line[LINE_LEN - 1] = '\n';
}

int key_pair_create(const char *secret_path, const char *public_path,
		    struct err *e)
{
	struct key_pair *pair = crypt_secret_new(sizeof(*pair));
	char *line = crypt_secret_new(LINE_CAP);
	int rc;

	if (!pair || !line) {
		rc = err_at(e, ERR_NOMEM, 0, "out of memory");
		goto done;
	}
	crypt_new_pair(pair);
	make_line(line, SECRET_WORD, pair->secret_half);
	rc = key_file_create(secret_path, (struct str){ line, LINE_LEN }, 0600,
			     e);
	if (rc)
		goto done;
	make_line(line, PUBLIC_WORD, pair->public_half);
	rc = key_file_create(public_path, (struct str){ line, LINE_LEN }, 0644,
			     e);
	if (rc)
		unlink(secret_path);
done:
	crypt_secret_free(line);
	crypt_secret_free(pair);
	return rc;
}

/* A secret file must be a plain file, ours, and closed to all others. */
static int check_owner(int fd, const char *path, struct err *e)
{
	struct stat st;

	if (fstat(fd, &st))
		return io_error(e, "look at", path);
	if (!S_ISREG(st.st_mode))
		return err_at(e, ERR_USAGE, 0, "'%s' is not a regular file",
			      path);
	if (st.st_mode & 077)
		return err_at(e, ERR_USAGE, 0,
			      "'%s' is open to others than its owner: chmod "
			      "600 it, and make a new key if it may be known",
			      path);
	if (st.st_uid != geteuid())
		return err_at(e, ERR_USAGE, 0,
			      "'%s' belongs to another user than the engine's",
			      path);
	return 0;
}

int key_file_open(const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return io_error(e, "open", path);
	guard_process();
	if (!check_owner(fd, path, e))
		return fd;
	close(fd);
	return e->code;
}

/* Read a line "WORD HEX" from an open file into `key`. */
static int read_key(uint8_t key[CRYPT_KEY_LEN], int fd, const char *word,
		    char line[LINE_CAP], const char *path, struct err *e)
{
	ssize_t n = read(fd, line, LINE_CAP);

	if (n < 0)
		return io_error(e, "read", path);
	if (n == LINE_LEN && memcmp(line, word, WORD_LEN) == 0 &&
	    line[LINE_LEN - 1] == '\n' &&
	    crypt_from_hex(key, CRYPT_KEY_LEN,
			   (struct str){ line + WORD_LEN, HEX_LEN }))
		return 0;
	return err_at(e, ERR_SYNTAX, 0,
		      "'%s' is not a key file: one line '%s' and %d "
		      "hexadecimal digits",
		      path, word, HEX_LEN);
}

static int load_one(struct key_pair **out, const char *secret_path,
		    struct err *e)
{
	struct key_pair *pair = crypt_secret_new(sizeof(*pair));
	char *line = crypt_secret_new(LINE_CAP);
	int fd = -1, rc;

	if (!pair || !line) {
		rc = err_at(e, ERR_NOMEM, 0, "out of memory");
		goto done;
	}
	fd = rc = key_file_open(secret_path, e);
	if (fd >= 0)
		rc = read_key(pair->secret_half, fd, SECRET_WORD, line,
			      secret_path, e);
	if (rc)
		goto done;
	crypt_find_public(pair);
	*out = pair;
	pair = NULL;
done:
	if (fd >= 0)
		close(fd);
	crypt_secret_free(line);
	crypt_secret_free(pair);
	return rc;
}

int key_pair_load(struct key_pair **out, const char *secret_path, struct err *e)
{
	struct key_pair *pair = NULL;
	char older[PATH_MAX];

	if (load_one(&pair, secret_path, e))
		return e->code;
	snprintf(older, sizeof(older), "%s" KEY_PAIR_OLD, secret_path);
	if (!access(older, F_OK) && load_one(&pair->older, older, e)) {
		key_pair_free(pair);
		return e->code;
	}
	*out = pair;
	return 0;
}

void key_pair_free(struct key_pair *pair)
{
	while (pair) {
		struct key_pair *older = pair->older;

		crypt_secret_free(pair);
		pair = older;
	}
}

int key_public_load(uint8_t out[CRYPT_KEY_LEN], const char *public_path,
		    struct err *e)
{
	int fd = open(public_path, O_RDONLY | O_CLOEXEC), rc;
	char line[LINE_CAP];

	if (fd < 0)
		return io_error(e, "open", public_path);
	rc = read_key(out, fd, PUBLIC_WORD, line, public_path, e);
	close(fd);
	return rc;
}
