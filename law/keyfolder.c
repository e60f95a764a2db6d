#include "law/keyfolder_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK_DAYS = 63 };

/* Known days. Only ever appended to: `nr` and `next` are stored last. */
struct block {
	struct block *next;
	uint64_t nr;
	struct day_slot slot[BLOCK_DAYS];
	uint64_t unused;
};

_Static_assert(sizeof(struct block) % 16 == 0, "secrets are aligned by size");

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

void key_folder_custodians(struct key_folder *kf, const struct custodians *c)
{
	kf->custodians = c;
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

static bool is_masked(const struct key_folder *kf, struct date d)
{
	char masked[NAME_CAP];

	key_day_name(masked, d, ".masked");
	return !faccessat(kf->fd, masked, F_OK, AT_SYMLINK_NOFOLLOW);
}

static int refuse_masked(struct key_folder *kf, struct date d, struct err *e)
{
	return key_day_error(kf, ERR_LEGAL, d,
			     "is destroyed: the day is masked (PNR "
			     "Directive, Article 12(2)); ask the custodians "
			     "through an unmask request",
			     e);
}

void key_folder_forget(struct key_folder *kf, struct date d)
{
	struct block *b = kf->first;

	for (; b; b = __atomic_load_n(&b->next, __ATOMIC_ACQUIRE)) {
		uint64_t nr = __atomic_load_n(&b->nr, __ATOMIC_ACQUIRE);

		for (uint64_t i = 0; i < nr; i++) {
			struct date day = date_from_days(b->slot[i].day);

			if (date_is_set(d) ? date_to_days(d) == b->slot[i].day
					   : is_masked(kf, day))
				crypt_wipe(b->slot[i].key, CRYPT_KEY_LEN);
		}
	}
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

/* Make the day's file, or find that somebody else just did. */
static int create_day(struct key_folder *kf, struct date d, const char *name,
		      struct err *e)
{
	uint8_t *key = crypt_secret_new(CRYPT_KEY_LEN);
	struct buf file = { 0 };
	int rc;

	if (!key)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	crypt_random(key, CRYPT_KEY_LEN);
	rc = key_day_make_file(&file, kf, d, key, e);
	if (rc == 0)
		rc = key_day_write(kf, d, name, buf_view(&file), false, e);
	buf_release(&file);
	crypt_secret_free(key);
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
static int read_day(struct day_slot *slot, struct key_folder *kf, struct date d,
		    int fd, struct err *e)
{
	char bytes[DAY_FILE_MAX];
	ssize_t n = read(fd, bytes, sizeof(bytes));

	if (n < 0)
		return key_day_io_error(kf, d, "read", e);
	if (sync_day(kf, fd))
		return key_day_io_error(kf, d, "synced", e);
	return key_day_open_file(slot->key, kf, d,
				 (struct str){ bytes, (size_t)n }, e);
}

/* Find, or make, the day's file and read it into `slot`. */
static int load_day(struct day_slot *slot, struct key_folder *kf, struct date d,
		    enum day_key_mode mode, struct err *e)
{
	const int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW;
	char name[NAME_CAP];
	int fd, rc = 0;

	key_day_name(name, d, ".key");
	if (is_masked(kf, d))
		return refuse_masked(kf, d, e);
	fd = openat(kf->fd, name, flags);
	if (fd < 0 && errno == ENOENT && mode == DAY_KEY_CREATE) {
		rc = create_day(kf, d, name, e);
		if (rc)
			return rc;
		fd = openat(kf->fd, name, flags);
	}
	if (fd < 0 && errno == ENOENT)
		return key_day_error(
			kf, ERR_INTEGRITY, d,
			"is not there, and the day is not masked: is "
			"this the right folder?",
			e);
	if (fd < 0)
		return key_day_io_error(kf, d, "opened", e);
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
	struct day_slot *slot;
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
	if (rc == 0 && mode == DAY_KEY_CREATE)
		rc = key_day_wrap(kf, d, slot->key, NULL, e);
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
	if (known && is_masked(kf, day)) {
		key_folder_forget(kf, day);
		return refuse_masked(kf, day, e);
	}
	if (known) {
		*key = known;
		return 0;
	}
	pthread_mutex_lock(&kf->lock);
	rc = learn_day(kf, day, mode, key, e);
	pthread_mutex_unlock(&kf->lock);
	return rc;
}
