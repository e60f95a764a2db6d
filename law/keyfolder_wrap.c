/*
 * keyfolder_wrap.c - day keys for others: custodians, and the next pair of the
 * engine
 */
#include "law/custodian.h"
#include "law/keyfolder_internal.h"
#include "law/keymask.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define WRAP_HEAD "PXBOX1\r\n"

enum {
	HEAD_LEN = sizeof(WRAP_HEAD) - 1,
	SECRET_LEN = DAY_LEN + CRYPT_KEY_LEN,
};

/* The day and its key, so that nobody passes one wrap off as another day's. */
static int wrap_for(struct key_folder *kf, const struct custodian *c,
		    struct date d, const char *name, const uint8_t *key,
		    struct err *e)
{
	char *secret = crypt_secret_new(NAME_CAP);
	struct buf file = { 0 };
	int rc;

	if (!secret)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	key_day_name(secret, d, "");
	memcpy(secret + DAY_LEN, key, CRYPT_KEY_LEN);
	buf_z(&file, WRAP_HEAD);
	custodian_wrap(&file, c, (struct str){ secret, SECRET_LEN });
	crypt_secret_free(secret);
	rc = file.failed
		     ? key_day_error(kf, ERR_VALUE, d,
				     "cannot be wrapped: a custodian's key "
				     "is none",
				     e)
		     : key_day_write(kf, d, name, buf_view(&file), false, e);
	buf_release(&file);
	return rc;
}

int key_day_wrap(struct key_folder *kf, struct date d, const uint8_t *key,
		 int64_t *made, struct err *e)
{
	const struct custodians *all = kf->custodians;
	char suffix[NAME_CAP], name[NAME_CAP];

	for (uint32_t i = 0; all && i < all->nr; i++) {
		const struct custodian *c = &all->row[i];

		snprintf(suffix, sizeof(suffix), "." STR_FMT ".box",
			 STR_ARG(c->name));
		key_day_name(name, d, suffix);
		if (!custodian_is_valid(c, d) ||
		    !faccessat(kf->fd, name, F_OK, AT_SYMLINK_NOFOLLOW))
			continue;
		if (wrap_for(kf, c, d, name, key, e))
			return e->code;
		if (made)
			++*made;
	}
	return all && all->nr && fsync(kf->fd)
		       ? key_day_io_error(kf, d, "synced", e)
		       : 0;
}

bool key_folder_unwrap(uint8_t key[CRYPT_KEY_LEN], struct date d,
		       struct str file, const struct key_pair *his,
		       const struct key_pair *others)
{
	uint8_t *secret = crypt_secret_new(NAME_CAP);
	char day[NAME_CAP];
	bool good;

	key_day_name(day, d, "");
	good = secret && str_starts(file, STR(WRAP_HEAD)) &&
	       custodian_unwrap(secret, SECRET_LEN,
				str_slice(file, HEAD_LEN, file.len), his,
				others) &&
	       !memcmp(secret, day, DAY_LEN);
	if (good)
		memcpy(key, secret + DAY_LEN, CRYPT_KEY_LEN);
	crypt_secret_free(secret);
	return good;
}

/* "2026-11-22.key" and nothing else. */
static bool is_day_file(const char *name, struct date *d)
{
	struct str s = str_of(name);

	return s.len == DAY_LEN + 4 && str_ends(s, STR(".key")) &&
	       date_read(str_slice(s, 0, DAY_LEN), d) && date_is_full(*d) &&
	       date_is_valid(*d);
}

static int read_file(char bytes[DAY_FILE_MAX], size_t *len,
		     struct key_folder *kf, struct date d, const char *name,
		     struct err *e)
{
	int fd = openat(kf->fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t n = fd < 0 ? -1 : read(fd, bytes, DAY_FILE_MAX);

	if (n < 0)
		(void)key_day_io_error(kf, d, "read", e);
	if (fd >= 0)
		close(fd);
	*len = n < 0 ? 0 : (size_t)n;
	return e->code;
}

/* Does the newest pair open it alone? */
static bool is_wrapped_anew(struct key_folder *kf, struct date d,
			    struct str file, uint8_t *key)
{
	struct key_pair *alone = crypt_secret_new(sizeof(*alone));
	struct key_folder view = *kf;
	struct err ignored = { 0 };
	bool is;

	if (!alone)
		return false;
	*alone = *kf->pair;
	alone->older = NULL;
	view.pair = alone;
	is = !key_day_open_file(key, &view, d, file, &ignored);
	crypt_secret_free(alone);
	return is;
}

static int rewrap_day(struct key_folder *kf, struct date d, const char *name,
		      struct key_rewrap *done, struct err *e)
{
	uint8_t *key = crypt_secret_new(CRYPT_KEY_LEN);
	char bytes[DAY_FILE_MAX];
	struct buf file = { 0 };
	struct str is;
	size_t len;

	if (!key)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (read_file(bytes, &len, kf, d, name, e))
		goto out;
	is = (struct str){ bytes, len };
	if (key_day_open_file(key, kf, d, is, e))
		goto out;
	if (!is_wrapped_anew(kf, d, is, key)) {
		if (key_day_make_file(&file, kf, d, key, e) ||
		    key_day_write(kf, d, name, buf_view(&file), true, e))
			goto out;
		done->days++;
	}
	(void)!key_day_wrap(kf, d, key, &done->wraps, e);
out:
	buf_release(&file);
	crypt_secret_free(key);
	return e->code;
}

int key_folder_rewrap(struct key_folder *kf, struct key_rewrap *done,
		      struct err *e)
{
	DIR *dir = opendir(kf->dir);
	struct dirent *entry;
	struct date d;

	*done = (struct key_rewrap){ 0 };
	if (!dir)
		return err_at(e, ERR_IO, 0, "cannot read key folder '%s': %s",
			      kf->dir, strerror(errno));
	while (!e->code && (entry = readdir(dir)))
		if (is_day_file(entry->d_name, &d) &&
		    !key_mask_is_marked(kf, d)) /* being destroyed */
			(void)!rewrap_day(kf, d, entry->d_name, done, e);
	closedir(dir);
	return e->code;
}
