#include "law/secret.h"

#include "law/keyfile.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static int open_secret(const char *path, struct err *e)
{
	int fd;

	/* else the remedy would be to make a key */
	if (access(path, F_OK))
		return err_at(e, ERR_USAGE, 0, "cannot read '%s': %s", path,
			      strerror(errno));
	fd = key_file_open(path, e);
	if (fd < 0)
		e->code = ERR_USAGE; /* trying again does not help */
	return fd < 0 ? e->code : fd;
}

int secret_check(const char *path, struct err *e)
{
	int fd = open_secret(path, e);

	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

int secret_read(char **out, const char *path, struct err *e)
{
	int fd = open_secret(path, e);
	char *text;
	ssize_t n;

	if (fd < 0)
		return fd;
	text = crypt_secret_new(SECRET_MAX + 2);
	n = text ? read(fd, text, SECRET_MAX + 2) : 0;
	close(fd);
	if (!text)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (n > 0 && text[n - 1] == '\n')
		n--;
	if (n > 0 && n <= SECRET_MAX && !memchr(text, 0, (size_t)n)) {
		text[n] = 0;
		*out = text;
		return 0;
	}
	crypt_secret_free(text);
	return err_at(e, ERR_USAGE, 0,
		      "'%s' holds no secret: expected a text of 1 to %d bytes",
		      path, SECRET_MAX);
}
