#include "tools/gen_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_ours(struct str name)
{
	return str_ends(name, STR(".edi")) || str_ends(name, STR(".tmp")) ||
	       str_eq(name, STR("truth.ndjson")) ||
	       str_eq(name, STR("manifest.ndjson")) ||
	       str_eq(name, STR("summary.json"));
}

/* Empty the folder of ours; whatever else is in it stays. */
static int clear(const char *path, DIR *d, bool force, struct err *e)
{
	struct dirent *entry;

	while ((entry = readdir(d))) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		if (!force)
			return err_at(e, ERR_USAGE, 0,
				      "folder '%s' is not empty; choose "
				      "another or give --force",
				      path);
		if (is_ours(str_of(entry->d_name)) &&
		    unlinkat(dirfd(d), entry->d_name, 0) < 0)
			return err_at(e, ERR_IO, 0, "cannot remove '%s/%s': %s",
				      path, entry->d_name, strerror(errno));
	}
	return 0;
}

int gen_dir_prepare(const char *dir, bool force, struct err *e)
{
	DIR *d;
	int rc;

	if (mkdir(dir, 0777) == 0)
		return 0;
	if (errno != EEXIST)
		return err_at(e, ERR_IO, 0, "cannot make folder '%s': %s", dir,
			      strerror(errno));
	d = opendir(dir);
	if (!d)
		return err_at(e, ERR_IO, 0, "cannot open folder '%s': %s", dir,
			      strerror(errno));
	rc = clear(dir, d, force, e);
	closedir(d);
	return rc;
}

static int write_all(int fd, struct str bytes)
{
	while (bytes.len) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);

		if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0)
			bytes = str_slice(bytes, (size_t)n, bytes.len);
	}
	return 0;
}

int gen_file_write(const char *dir, const char *name, struct str bytes,
		   struct err *e)
{
	char path[PATH_MAX], tmp[PATH_MAX];
	int fd, rc;

	if (snprintf(path, sizeof(path), "%s/%s", dir, name) >=
		    (int)sizeof(path) ||
	    snprintf(tmp, sizeof(tmp), "%s/.%s.tmp", dir, name) >=
		    (int)sizeof(tmp))
		return err_at(e, ERR_LIMIT, 0, "path of '%s' is too long",
			      name);
	fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0)
		return err_at(e, ERR_IO, 0, "cannot make '%s': %s", tmp,
			      strerror(errno));
	rc = write_all(fd, bytes);
	if (close(fd) < 0)
		rc = -1;
	if (rc == 0)
		rc = rename(tmp, path);
	if (rc < 0) {
		err_at(e, ERR_IO, 0, "cannot write '%s': %s", path,
		       strerror(errno));
		unlink(tmp);
		return ERR_IO;
	}
	return 0;
}
