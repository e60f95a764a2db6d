#include "tools/whole_file.h"

#include "base/buf.h"

#include <stdio.h>
#include <unistd.h>

int whole_file_write(const char *path, struct str bytes, struct err *e)
{
	struct buf tmp = { .data = NULL };
	FILE *f;
	bool good;

	buf_fmt(&tmp, "%s.%ld.tmp", path, (long)getpid());
	buf_byte(&tmp, '\0');
	if (tmp.failed)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	f = fopen(tmp.data, "wb");
	good = f && fwrite(bytes.ptr, 1, bytes.len, f) == bytes.len &&
	       fflush(f) == 0 && fsync(fileno(f)) == 0;
	if (f && fclose(f) != 0)
		good = false;
	good = good && rename(tmp.data, path) == 0;
	if (!good) {
		err_at(e, ERR_IO, 0, "cannot write '%s': %m", path);
		if (f)
			unlink(tmp.data);
	}
	buf_release(&tmp);
	return good ? 0 : ERR_IO;
}
