#include "law/signkey.h"

#include "law/keyfile.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define SECRET_WORD "paxgate-audit-secret-1 "
#define PUBLIC_WORD "paxgate-audit-public-1 "

enum {
	LINE_CAP = sizeof(SECRET_WORD) + 2 * CRYPT_SIGNER_LEN + 2,
	PUBLIC_FILE_MAX = 1 << 20,
};

static void make_line(char *line, const char *word, const uint8_t *key,
		      size_t len)
{
	size_t at = strlen(word);

	memcpy(line, word, at);
	crypt_to_hex(line + at, key, len);
	at += 2 * len;
	line[at] = '\n';
	line[at + 1] = '\0';
}

/* One line more, by one write. */
static int append_public(const char *path, const char *line, struct err *e)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	ssize_t len = (ssize_t)strlen(line);
	bool done;

	if (fd < 0)
		return err_at(e, ERR_IO, 0, "cannot open '%s': %s", path,
			      strerror(errno));
	done = write(fd, line, (size_t)len) == len && !fsync(fd);
	if (close(fd) || !done)
		return err_at(e, ERR_IO, 0, "cannot write '%s'", path);
	return 0;
}

int sign_pair_create(const char *secret_path, const char *public_path,
		     struct err *e)
{
	struct sign_pair *pair = crypt_secret_new(sizeof(*pair));
	char *line = crypt_secret_new(LINE_CAP);

	if (!pair || !line) {
		(void)err_at(e, ERR_NOMEM, 0, "out of memory");
		goto done;
	}
	crypt_new_signer(pair->public_half, pair->secret_half);
	make_line(line, SECRET_WORD, pair->secret_half, CRYPT_SIGNER_LEN);
	if (key_file_create(secret_path, str_of(line), 0600, e))
		goto done;
	make_line(line, PUBLIC_WORD, pair->public_half, CRYPT_KEY_LEN);
	if (append_public(public_path, line, e))
		unlink(secret_path);
done:
	crypt_secret_free(line);
	crypt_secret_free(pair);
	return e->code;
}

/* "WORD HEX" of exactly `len` bytes. */
static bool read_line(uint8_t *out, size_t len, struct str line,
		      const char *word)
{
	return str_starts(line, str_of(word)) &&
	       crypt_from_hex(out, len,
			      str_slice(line, strlen(word), line.len));
}

int sign_pair_load(struct sign_pair **out, const char *secret_path,
		   struct err *e)
{
	struct sign_pair *pair = crypt_secret_new(sizeof(*pair));
	char *line = crypt_secret_new(LINE_CAP);
	int fd = key_file_open(secret_path, e);
	ssize_t n = -1;

	if (!pair || !line)
		(void)err_at(e, ERR_NOMEM, 0, "out of memory");
	else if (fd >= 0)
		n = read(fd, line, LINE_CAP);
	if (fd >= 0)
		close(fd);
	if (!e->code &&
	    (n < 0 || !read_line(pair->secret_half, CRYPT_SIGNER_LEN,
				 str_trim((struct str){ line, (size_t)n }),
				 SECRET_WORD)))
		(void)err_at(e, ERR_SYNTAX, 0,
			     "'%s' is not the audit log's key: one line "
			     "'" SECRET_WORD "' and %d hexadecimal digits",
			     secret_path, 2 * CRYPT_SIGNER_LEN);
	if (!e->code) {
		/* the secret half ends with the public one: RFC 8032 */
		memcpy(pair->public_half,
		       pair->secret_half + CRYPT_SIGNER_LEN - CRYPT_KEY_LEN,
		       CRYPT_KEY_LEN);
		*out = pair;
		pair = NULL;
	}
	crypt_secret_free(line);
	crypt_secret_free(pair);
	return e->code;
}

void sign_pair_free(struct sign_pair *p)
{
	crypt_secret_free(p);
}

int sign_keys_load(uint8_t (**out)[CRYPT_KEY_LEN], uint32_t *nr,
		   const char *public_path, struct arena *a, struct err *e)
{
	struct buf file = { 0 };
	struct str rest, line;
	int rc = buf_read_file(&file, public_path, PUBLIC_FILE_MAX, e);

	*out = NULL;
	*nr = 0;
	rest = buf_view(&file);
	for (int i = 1; rc == 0 && rest.ptr; i++) {
		line = str_trim(str_split(&rest, '\n'));
		if (str_empty(line) || line.ptr[0] == '#')
			continue;
		if (!read_line(*(uint8_t(*)[CRYPT_KEY_LEN])arena_push(
				       a, out, nr, CRYPT_KEY_LEN),
			       CRYPT_KEY_LEN, line, PUBLIC_WORD))
			rc = err_at(e, ERR_SYNTAX, 0,
				    "'%s': line %d is not '" PUBLIC_WORD
				    "' and %d hexadecimal digits",
				    public_path, i, 2 * CRYPT_KEY_LEN);
	}
	if (rc == 0 && !*nr)
		rc = err_at(e, ERR_SYNTAX, 0, "'%s' holds no key", public_path);
	buf_release(&file);
	return rc;
}
