#include "law/person_key.h"

#include "law/keyfile.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum {
	NAME_MAX_LEN = 60,
	WORD_MAX = 64,
	LOCKED_MAX = PERSON_SECRET_MAX + CRYPT_LOCK_EXTRA,
	LINE_CAP = WORD_MAX + 2 * LOCKED_MAX + 2,
};

bool person_key_is_name(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!(s.ptr[i] >= 'a' && s.ptr[i] <= 'z') &&
		    !(s.ptr[i] >= '0' && s.ptr[i] <= '9') && s.ptr[i] != '-')
			return false;
	return s.len > 0 && s.len <= NAME_MAX_LEN;
}

/* The line of a secret; `line` is in locked memory. */
static int make_line(char line[LINE_CAP], const struct person_key_words *w,
		     struct str secret, struct str passphrase, struct err *e)
{
	const char *word = passphrase.len ? w->locked : w->plain;
	uint8_t locked[LOCKED_MAX];
	size_t len = strlen(word);

	memcpy(line, word, len);
	if (!passphrase.len)
		crypt_to_hex(line + len, (const uint8_t *)secret.ptr,
			     secret.len);
	else if (crypt_lock(locked, passphrase, secret, e))
		return e->code;
	else
		crypt_to_hex(line + len, locked, secret.len + CRYPT_LOCK_EXTRA);
	len = strlen(line);
	line[len] = '\n';
	line[len + 1] = '\0';
	return 0;
}

int person_key_create(const struct person_key_words *w, const char *path,
		      struct str secret, struct str passphrase, struct err *e)
{
	char *line = crypt_secret_new(LINE_CAP);

	if (!line)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (!make_line(line, w, secret, passphrase, e))
		(void)!key_file_create(path, str_of(line), 0600, e);
	crypt_secret_free(line);
	return e->code;
}

/* What stands behind a word, as bytes; false: another word or length. */
static bool take_hex(uint8_t *out, size_t len, struct str line,
		     const char *word)
{
	return str_starts(line, str_of(word)) &&
	       crypt_from_hex(out, len,
			      str_slice(line, strlen(word), line.len));
}

static int read_line(uint8_t *out, size_t len, const struct person_key_words *w,
		     struct str line, struct str passphrase, const char *path,
		     struct err *e)
{
	uint8_t locked[LOCKED_MAX];
	size_t locked_len = len + CRYPT_LOCK_EXTRA;

	if (take_hex(out, len, line, w->plain))
		return 0;
	if (!take_hex(locked, locked_len, line, w->locked))
		return err_at(e, ERR_SYNTAX, 0,
			      "'%s' is not %s: one line '%s' and hexadecimal "
			      "digits",
			      path, w->whose, w->plain);
	if (!passphrase.len)
		return err_at(e, ERR_USAGE, 0,
			      "'%s' is locked: give the file of its passphrase",
			      path);
	if (crypt_unlock(out, passphrase,
			 (struct str){ (const char *)locked, locked_len }, e))
		return err_wrap(e, "'%s'", path);
	return 0;
}

int person_key_load(uint8_t *out, size_t len, const struct person_key_words *w,
		    const char *path, struct str passphrase, struct err *e)
{
	char *line = crypt_secret_new(LINE_CAP);
	int fd = key_file_open(path, e);
	ssize_t n;

	if (!line) {
		(void)err_at(e, ERR_NOMEM, 0, "out of memory");
	} else if (fd >= 0) {
		n = read(fd, line, LINE_CAP);
		if (n < 0)
			(void)err_at(e, ERR_IO, 0, "cannot read '%s': %s", path,
				     strerror(errno));
		else
			(void)!read_line(
				out, len, w,
				str_trim((struct str){ line, (size_t)n }),
				passphrase, path, e);
	}
	if (fd >= 0)
		close(fd);
	crypt_secret_free(line);
	return e->code;
}

int person_row_append(const struct person_row *row, const char *path,
		      struct err *e)
{
	char hex[2 * CRYPT_KEY_LEN + 1];
	struct buf line = { 0 };
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	bool done;

	if (fd < 0)
		return err_at(e, ERR_IO, 0, "cannot open register '%s': %s",
			      path, strerror(errno));
	crypt_to_hex(hex, row->key, CRYPT_KEY_LEN);
	buf_fmt(&line,
		"- {name: " STR_FMT ", key: %s, from: ", STR_ARG(row->name),
		hex);
	date_write(&line, row->from);
	buf_z(&line, ", until: ");
	date_write(&line, row->until);
	if (row->with.ptr)
		buf_fmt(&line, ", with: " STR_FMT, STR_ARG(row->with));
	buf_z(&line, "}\n");
	done = !line.failed &&
	       write(fd, line.data, line.len) == (ssize_t)line.len &&
	       !fsync(fd);
	if (close(fd) || !done)
		(void)err_at(e, ERR_IO, 0, "cannot write register '%s'", path);
	buf_release(&line);
	return e->code;
}
