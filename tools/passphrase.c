#include "tools/passphrase.h"

#include "law/keyfile.h"

#include <unistd.h>

enum { PASSPHRASE_MAX = 1000 };

int passphrase_read(struct buf *out, const char *path, struct err *e)
{
	char *room = buf_room(out, PASSPHRASE_MAX);
	ssize_t n;
	int fd;

	out->len = 0;
	if (!path)
		return 0;
	fd = key_file_open(path, e);
	if (fd < 0)
		return fd;
	n = room ? read(fd, room, PASSPHRASE_MAX) : -1;
	close(fd);
	if (n < 0)
		return err_at(e, ERR_IO, 0, "cannot read '%s'", path);
	for (out->len = 0; out->len < (size_t)n; out->len++)
		if (room[out->len] == '\n')
			break;
	return out->len ? 0
			: err_at(e, ERR_USAGE, 0,
				 "'%s' holds no passphrase in its first line",
				 path);
}

void passphrase_forget(struct buf *b)
{
	crypt_wipe(b->data, b->cap);
	buf_release(b);
}
