#include "law/keyfolder.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_HEAD "PXDAY1\r\n"

enum {
	BLOCK_DAYS = 63,
	DAY_LEN = 10, /* YYYY-MM-DD */
	HEAD_LEN = sizeof(FILE_HEAD) - 1,
	BOXED_LEN = DAY_LEN + CRYPT_KEY_LEN,
	FILE_LEN = HEAD_LEN + CRYPT_BOX_EXTRA + BOXED_LEN,
	NAME_CAP = 64,
};

/* Known days. Only ever appended to: `nr` and `next` are stored last. */
struct block {
	struct block *next;
	uint64_t nr;
	struct slot {
		int64_t day;
		uint8_t key[CRYPT_KEY_LEN];
	} slot[BLOCK_DAYS];
	uint64_t unused;
};

_Static_assert(sizeof(struct block) % 16 == 0, "secrets are aligned by size");

struct key_folder {
	const struct key_pair *pair;
	struct block *first;
	pthread_mutex_t lock; /* held while a day is read or made */
	int fd;
	char *dir; /* for sentences */
};

static int check_folder(struct key_folder *kf, struct err *e)
{
	struct stat st;

	if (fstat(kf->fd, &st))
		return err_at(e, ERR_IO, 0,
			      "cannot look at key folder '%s': %s", kf->dir,
			      strerror(errno));
	if (st.st_mode & 077)
		return err_at(e, ERR_USAGE, 0,
			      "key folder '%s' is open to others than its "
			      "owner: chmod 700 it",
			      kf->dir);
	return 0;
}

int key_folder_open(struct key_folder **out, const char *dir,
		    const struct key_pair *pair, struct err *e)
{
	struct key_folder *kf = calloc(1, sizeof(*kf));
	int rc;

	if (!kf)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	pthread_mutex_init(&kf->lock, NULL);
	kf->pair = pair;
	kf->dir = strdup(dir);
	kf->first = crypt_secret_new(sizeof(*kf->first));
	kf->fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (!kf->dir || !kf->first)
		rc = err_at(e, ERR_NOMEM, 0, "out of memory");
	else if (kf->fd < 0)
		rc = err_at(e, ERR_IO, 0, "cannot open key folder '%s': %s",
			    dir, strerror(errno));
	else
		rc = check_folder(kf, e);
	if (rc) {
		key_folder_free(kf);
		return rc;
	}
	*out = kf;
	return 0;
}

void key_folder_free(struct key_folder *kf)
{
	if (!kf)
		return;
	while (kf->first) {
		struct block *b = kf->first;

		kf->first = b->next;
		crypt_secret_free(b);
	}
	if (kf->fd >= 0)
		close(kf->fd);
	pthread_mutex_destroy(&kf->lock);
	free(kf->dir);
	free(kf);
}

static const uint8_t *find_known(const struct key_folder *kf, int64_t day)
{
	const struct block *b = kf->first;

	for (; b; b = __atomic_load_n(&b->next, __ATOMIC_ACQUIRE)) {
		uint64_t nr = __atomic_load_n(&b->nr, __ATOMIC_ACQUIRE);

		for (uint64_t i = 0; i < nr; i++)
			if (b->slot[i].day == day)
				return b->slot[i].key;
	}
	return NULL;
}

/* A free slot at the end of the last block, or NULL; the lock is held. */
static struct block *last_block(struct key_folder *kf)
{
	struct block *b = kf->first, *more;

	while (b->next)
		b = b->next;
	if (b->nr < BLOCK_DAYS)
		return b;
	more = crypt_secret_new(sizeof(*more));
	if (more)
		__atomic_store_n(&b->next, more, __ATOMIC_RELEASE);
	return more;
}

/* "YYYY-MM-DD" and what follows it. */
static void day_name(char name[NAME_CAP], struct date d, const char *suffix)
{
	snprintf(name, NAME_CAP, "%04d-%02d-%02d%s", d.year, d.month, d.day,
		 suffix);
}

static int day_error(struct key_folder *kf, enum err_code code, struct date d,
		     const char *what, struct err *e)
{
	char day[NAME_CAP];

	day_name(day, d, "");
	return err_at(e, code, 0, "key of %s in '%s' %s", day, kf->dir, what);
}

static int io_error(struct key_folder *kf, struct date d, const char *what,
		    struct err *e)
{
	char text[160];

	snprintf(text, sizeof(text), "cannot be %s: %s", what, strerror(errno));
	return day_error(kf, ERR_IO, d, text, e);
}

/* A new random key for the day, boxed, as the bytes of a file. */
static int make_file(struct buf *file, struct key_folder *kf, struct date d,
		     struct err *e)
{
	char *boxed = crypt_secret_new(NAME_CAP);

	if (!boxed)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	day_name(boxed, d, "");
	crypt_random(boxed + DAY_LEN, CRYPT_KEY_LEN);
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
static int publish(struct key_folder *kf, const char *tmp, const char *name)
{
	struct stat st;

	if (!linkat(kf->fd, tmp, kf->fd, name, 0) || errno == EEXIST)
		return 0;
	if (!fstatat(kf->fd, tmp, &st, AT_SYMLINK_NOFOLLOW) && st.st_nlink == 2)
		return 0;
	return -1;
}

/* Make the day's file, or find that somebody else just did. */
static int create_day(struct key_folder *kf, struct date d, const char *name,
		      struct err *e)
{
	char suffix[32], tmp[NAME_CAP];
	struct buf file = { 0 };
	uint64_t nonce;
	int fd, rc;

	crypt_random(&nonce, sizeof(nonce));
	snprintf(suffix, sizeof(suffix), ".%016llx.new",
		 (unsigned long long)nonce);
	day_name(tmp, d, suffix);
	rc = make_file(&file, kf, d, e);
	if (rc)
		goto done;
	fd = openat(kf->fd, tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || write_synced(fd, buf_view(&file)))
		rc = io_error(kf, d, "written", e);
	else if (publish(kf, tmp, name))
		rc = io_error(kf, d, "named", e);
	if (fd >= 0)
		unlinkat(kf->fd, tmp, 0);
done:
	buf_release(&file);
	return rc;
}

/* Check the file's bytes and put the key they hold into `slot`. */
static int open_file(struct slot *slot, struct key_folder *kf, struct date d,
		     struct str file, struct err *e)
{
	char *boxed, day[NAME_CAP];
	int rc = 0;

	if (file.len != FILE_LEN || !str_starts(file, STR(FILE_HEAD)))
		return day_error(kf, ERR_INTEGRITY, d, "is damaged", e);
	boxed = crypt_secret_new(NAME_CAP);
	if (!boxed)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	day_name(day, d, "");
	if (!crypt_open_box(boxed, kf->pair,
			    str_slice(file, HEAD_LEN, file.len)))
		rc = day_error(kf, ERR_INTEGRITY, d,
			       "is damaged, or wrapped for another engine's "
			       "key",
			       e);
	else if (memcmp(boxed, day, DAY_LEN) != 0)
		rc = day_error(kf, ERR_INTEGRITY, d,
			       "is that of another day: the file was moved", e);
	else
		memcpy(slot->key, boxed + DAY_LEN, CRYPT_KEY_LEN);
	crypt_secret_free(boxed);
	return rc;
}

/* Sync the file and its name; a read-only folder has nothing to sync. */
static int sync_day(const struct key_folder *kf, int fd)
{
	return (fsync(fd) || fsync(kf->fd)) && errno != EROFS ? -1 : 0;
}

/*
 * Read the day's file. It is synced before the key is used: another process
 * may have made it a moment ago.
 */
static int read_day(struct slot *slot, struct key_folder *kf, struct date d,
		    int fd, struct err *e)
{
	char bytes[FILE_LEN + 1];
	ssize_t n = read(fd, bytes, sizeof(bytes));

	if (n < 0)
		return io_error(kf, d, "read", e);
	if (sync_day(kf, fd))
		return io_error(kf, d, "synced", e);
	return open_file(slot, kf, d, (struct str){ bytes, (size_t)n }, e);
}

/* Find, or make, the day's file and read it into `slot`. */
static int load_day(struct slot *slot, struct key_folder *kf, struct date d,
		    enum day_key_mode mode, struct err *e)
{
	const int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW;
	char name[NAME_CAP], masked[NAME_CAP];
	int fd, rc = 0;

	day_name(name, d, ".key");
	day_name(masked, d, ".masked");
	if (!faccessat(kf->fd, masked, F_OK, AT_SYMLINK_NOFOLLOW))
		return day_error(
			kf, ERR_LEGAL, d,
			"is destroyed: the day is masked (PNR "
			"Directive, Article 12(2)); ask the custodians "
			"through an unmask request",
			e);
	fd = openat(kf->fd, name, flags);
	if (fd < 0 && errno == ENOENT && mode == DAY_KEY_CREATE) {
		rc = create_day(kf, d, name, e);
		if (rc)
			return rc;
		fd = openat(kf->fd, name, flags);
	}
	if (fd < 0 && errno == ENOENT)
		return day_error(kf, ERR_INTEGRITY, d,
				 "is not there, and the day is not masked: is "
				 "this the right folder?",
				 e);
	if (fd < 0)
		return io_error(kf, d, "opened", e);
	rc = read_day(slot, kf, d, fd, e);
	close(fd);
	return rc;
}

/* The day was not known a moment ago; the lock is held. */
static int learn_day(struct key_folder *kf, struct date d,
		     enum day_key_mode mode, const uint8_t **key, struct err *e)
{
	const uint8_t *known = find_known(kf, date_to_days(d));
	struct block *b;
	struct slot *slot;
	int rc;

	if (known) {
		*key = known;
		return 0;
	}
	b = last_block(kf);
	if (!b)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	slot = &b->slot[b->nr];
	rc = load_day(slot, kf, d, mode, e);
	if (rc)
		return rc;
	slot->day = date_to_days(d);
	__atomic_store_n(&b->nr, b->nr + 1, __ATOMIC_RELEASE);
	*key = slot->key;
	return 0;
}

int key_folder_day(struct key_folder *kf, struct date day,
		   enum day_key_mode mode, const uint8_t **key, struct err *e)
{
	const uint8_t *known;
	int rc;

	if (!date_is_full(day) || !date_is_valid(day))
		return err_at(e, ERR_VALUE, 0, "a day key needs a full date");
	known = find_known(kf, date_to_days(day));
	if (known) {
		*key = known;
		return 0;
	}
	pthread_mutex_lock(&kf->lock);
	rc = learn_day(kf, day, mode, key, e);
	pthread_mutex_unlock(&kf->lock);
	return rc;
}
