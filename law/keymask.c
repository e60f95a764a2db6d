#include "law/keymask.h"

#include "law/keyfolder_internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool key_mask_is_marked(const struct key_folder *kf, struct date d)
{
	char name[NAME_CAP];

	key_day_name(name, d, ".masked");
	return !faccessat(kf->fd, name, F_OK, AT_SYMLINK_NOFOLLOW);
}

int key_mask_mark(struct key_folder *kf, struct date d, struct err *e)
{
	char name[NAME_CAP];
	int fd;

	key_day_name(name, d, ".masked");
	fd = openat(kf->fd, name, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
		    0600);
	if (fd < 0 || fsync(fd) || fsync(kf->fd))
		(void)key_day_io_error(kf, d, "marked as masked", e);
	if (fd >= 0)
		close(fd);
	return e->code;
}

int key_mask_open(struct key_folder *kf, struct date d,
		  uint8_t key[CRYPT_KEY_LEN], bool *there, struct err *e)
{
	char name[NAME_CAP], bytes[DAY_FILE_MAX];
	ssize_t n;
	int fd;

	key_day_name(name, d, ".key");
	fd = openat(kf->fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	*there = fd >= 0;
	if (fd < 0)
		return errno == ENOENT ? 0
				       : key_day_io_error(kf, d, "opened", e);
	n = read(fd, bytes, sizeof(bytes));
	if (n < 0)
		(void)key_day_io_error(kf, d, "read", e);
	else
		(void)!key_day_open_file(key, kf, d,
					 (struct str){ bytes, (size_t)n }, e);
	close(fd);
	return e->code;
}

int key_file_overwrite(int fd)
{
	static const char zeros[4096];
	struct stat st;

	if (fstat(fd, &st) || lseek(fd, 0, SEEK_SET) < 0)
		return -1;
	for (off_t left = st.st_size; left > 0;) {
		size_t n = left < (off_t)sizeof(zeros) ? (size_t)left
						       : sizeof(zeros);
		ssize_t done = write(fd, zeros, n);

		if (done <= 0)
			return -1;
		left -= done;
	}
	return fsync(fd);
}

int key_file_destroy(struct key_folder *kf, struct date d, const char *name,
		     struct err *e)
{
	struct stat st;
	int fd = openat(kf->fd, name, O_WRONLY | O_CLOEXEC | O_NOFOLLOW), rc;

	if (fd < 0)
		return errno == ENOENT
			       ? 0
			       : key_day_io_error(kf, d, "destroyed", e);
	/* another name of the same bytes is a copy somebody made */
	rc = fstat(fd, &st) || key_file_overwrite(fd) ||
	     unlinkat(kf->fd, name, 0);
	if (close(fd) || rc)
		return key_day_io_error(kf, d, "destroyed", e);
	return 0;
}

/* The day that this file opens: "2026-05-22.key", ".court.box", ".0123.new". */
static bool opens_day(const char *name, struct date *d)
{
	struct str s = str_of(name);

	return s.len > DAY_LEN && s.ptr[DAY_LEN] == '.' &&
	       (str_ends(s, STR(".key")) || str_ends(s, STR(".box")) ||
		str_ends(s, STR(".new"))) &&
	       date_read(str_slice(s, 0, DAY_LEN), d) && date_is_full(*d) &&
	       date_is_valid(*d);
}

/* The files that open the day, or (DATE_NONE) any day that is marked. */
static int each_file(int64_t *files, struct key_folder *kf, struct date day,
		     bool destroy, struct err *e)
{
	DIR *dir = opendir(kf->dir);
	struct dirent *entry;
	struct date d;

	*files = 0;
	if (!dir)
		return err_at(e, ERR_IO, 0, "cannot read key folder '%s': %s",
			      kf->dir, strerror(errno));
	while (!e->code && (entry = readdir(dir))) {
		if (!opens_day(entry->d_name, &d) ||
		    (date_is_set(day) ? date_to_days(d) != date_to_days(day)
				      : !key_mask_is_marked(kf, d)))
			continue;
		++*files;
		if (destroy)
			(void)!key_file_destroy(kf, d, entry->d_name, e);
	}
	closedir(dir);
	return e->code;
}

int key_mask_sweep(int64_t *files, struct key_folder *kf, bool destroy,
		   struct err *e)
{
	return each_file(files, kf, DATE_NONE, destroy, e);
}

int key_mask_destroy(struct key_folder *kf, struct date d, int64_t *files,
		     struct err *e)
{
	if (each_file(files, kf, d, true, e))
		return e->code;
	key_folder_forget(kf, d);
	return fsync(kf->fd) ? key_day_io_error(kf, d, "destroyed", e) : 0;
}
