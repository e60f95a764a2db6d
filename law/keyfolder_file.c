#include "law/keyfolder_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_HEAD "PXDAY1\r\n"

enum {
	HEAD_LEN = sizeof(FILE_HEAD) - 1,
	BOXED_LEN = DAY_LEN + CRYPT_KEY_LEN,
	FILE_LEN = HEAD_LEN + CRYPT_BOX_EXTRA + BOXED_LEN,
};

void key_day_name(char name[NAME_CAP], struct date d, const char *suffix)
{
	snprintf(name, NAME_CAP, "%04d-%02d-%02d%s", d.year, d.month, d.day,
		 suffix);
}

int key_day_error(struct key_folder *kf, enum err_code code, struct date d,
		  const char *what, struct err *e)
{
	char day[NAME_CAP];

	key_day_name(day, d, "");
	return err_at(e, code, 0, "key of %s in '%s' %s", day, kf->dir, what);
}

int key_day_io_error(struct key_folder *kf, struct date d, const char *what,
		     struct err *e)
{
	char text[160];

	snprintf(text, sizeof(text), "cannot be %s: %s", what, strerror(errno));
	return key_day_error(kf, ERR_IO, d, text, e);
}

int key_day_make_file(struct buf *file, struct key_folder *kf, struct date d,
		      const uint8_t *key, struct err *e)
{
	char *boxed = crypt_secret_new(NAME_CAP);

	if (!boxed)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	key_day_name(boxed, d, "");
	memcpy(boxed + DAY_LEN, key, CRYPT_KEY_LEN);
	buf_z(file, FILE_HEAD);
	crypt_seal_box(file, kf->pair->public_half,
		       (struct str){ boxed, BOXED_LEN });
	crypt_secret_free(boxed);
	return file->failed ? err_at(e, ERR_NOMEM, 0, "out of memory") : 0;
}

static int write_synced(int fd, struct str bytes)
{
	int rc = write(fd, bytes.ptr, bytes.len) == (ssize_t)bytes.len ? 0 : -1;

	if (!rc)
		rc = fsync(fd);
	return close(fd) || rc ? -1 : 0;
}

/*
 * Give the whole, synced file at `tmp` its name, unless the day has one: a
 * link is made at once or not at all, also over NFS, where a lost answer
 * shows as a failure of a link that is there.
 */
static int publish(struct key_folder *kf, const char *tmp, const char *name,
		   bool replace)
{
	struct stat st;

	if (replace)
		return renameat(kf->fd, tmp, kf->fd, name);
	if (!linkat(kf->fd, tmp, kf->fd, name, 0) || errno == EEXIST)
		return 0;
	if (!fstatat(kf->fd, tmp, &st, AT_SYMLINK_NOFOLLOW) && st.st_nlink == 2)
		return 0;
	return -1;
}

int key_day_write(struct key_folder *kf, struct date d, const char *name,
		  struct str bytes, bool replace, struct err *e)
{
	char suffix[32], tmp[NAME_CAP];
	uint64_t nonce;
	int fd, rc = 0;

	crypt_random(&nonce, sizeof(nonce));
	snprintf(suffix, sizeof(suffix), ".%016llx.new",
		 (unsigned long long)nonce);
	key_day_name(tmp, d, suffix);
	fd = openat(kf->fd, tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || write_synced(fd, bytes))
		rc = key_day_io_error(kf, d, "written", e);
	else if (publish(kf, tmp, name, replace))
		rc = key_day_io_error(kf, d, "named", e);
	else if (replace && fsync(kf->fd))
		rc = key_day_io_error(kf, d, "synced", e);
	if (fd >= 0)
		unlinkat(kf->fd, tmp, 0);
	return rc;
}

int key_day_open_file(uint8_t *key, struct key_folder *kf, struct date d,
		      struct str file, struct err *e)
{
	char *boxed, day[NAME_CAP];
	int rc = 0;

	if (file.len != FILE_LEN || !str_starts(file, STR(FILE_HEAD)))
		return key_day_error(kf, ERR_INTEGRITY, d, "is damaged", e);
	boxed = crypt_secret_new(NAME_CAP);
	if (!boxed)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	key_day_name(day, d, "");
	if (!crypt_open_box(boxed, kf->pair,
			    str_slice(file, HEAD_LEN, file.len)))
		rc = key_day_error(kf, ERR_INTEGRITY, d,
				   "is damaged, or wrapped for another "
				   "engine's key",
				   e);
	else if (memcmp(boxed, day, DAY_LEN) != 0)
		rc = key_day_error(kf, ERR_INTEGRITY, d,
				   "is that of another day: the file was moved",
				   e);
	else
		memcpy(key, boxed + DAY_LEN, CRYPT_KEY_LEN);
	crypt_secret_free(boxed);
	return rc;
}
