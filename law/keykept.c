/*
 * keykept.c - the keys of records that outlive their day
 */
#include "law/keyfolder_internal.h"
#include "law/keymask.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum {
	ID_LEN = 8,
	SECRET_LEN = KEPT_SECRET_LEN,
	KEPT_FILE_MAX = 1 << 30,
};

_Static_assert(DAY_LEN + ID_LEN + CRYPT_KEY_LEN == KEPT_SECRET_LEN,
	       "what a wrap holds");

static void put_head(char secret[DAY_LEN + ID_LEN], struct date d, int64_t id)
{
	char day[NAME_CAP];

	key_day_name(day, d, "");
	memcpy(secret, day, DAY_LEN);
	for (int i = 0; i < ID_LEN; i++)
		secret[DAY_LEN + i] = (char)((uint64_t)id >> (56 - 8 * i));
}

bool key_kept_has_custodian(const struct key_folder *kf, struct date today)
{
	const struct custodians *all = kf->custodians;

	for (uint32_t i = 0; all && i < all->nr; i++)
		if (custodian_is_valid(&all->row[i], today))
			return true;
	return false;
}

/* The record's lines, one for each custodian of today; returns how many. */
static int add_record(struct buf *out, const struct custodians *all,
		      struct date d, struct date today,
		      const struct kept_key *k, char *secret)
{
	char hex[2 * CUSTODIAN_WRAP_MAX + 1];
	struct buf wrap = { 0 };
	int nr = 0;

	put_head(secret, d, k->id);
	memcpy(secret + DAY_LEN + ID_LEN, k->key, CRYPT_KEY_LEN);
	for (uint32_t i = 0; all && i < all->nr; i++) {
		const struct custodian *c = &all->row[i];

		if (!custodian_is_valid(c, today))
			continue;
		buf_clear(&wrap);
		custodian_wrap(&wrap, c, (struct str){ secret, SECRET_LEN });
		out->failed |= wrap.failed || wrap.len > CUSTODIAN_WRAP_MAX;
		if (out->failed)
			break;
		crypt_to_hex(hex, (const uint8_t *)wrap.data, wrap.len);
		buf_fmt(out, "%016llx " STR_FMT " %s\n",
			(unsigned long long)k->id, STR_ARG(c->name), hex);
		nr++;
	}
	buf_release(&wrap);
	return nr;
}

/* A new file in place of the one there, whose bytes are then overwritten. */
static int replace_kept(struct key_folder *kf, struct date d, struct str text,
			struct err *e)
{
	char name[NAME_CAP];
	int old;

	key_day_name(name, d, ".kept");
	old = openat(kf->fd, name, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	if (!key_day_write(kf, d, name, text, true, e) && old >= 0 &&
	    key_file_overwrite(old))
		(void)key_day_io_error(kf, d, "destroyed", e);
	if (old >= 0)
		close(old);
	return e->code;
}

int key_kept_write(struct key_folder *kf, struct date d, struct date today,
		   const struct kept_key *kept, size_t nr, struct err *e)
{
	char *secret = crypt_secret_new(NAME_CAP);
	struct buf text = { 0 };

	if (!secret)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	for (size_t i = 0; i < nr && !e->code; i++)
		if (!add_record(&text, kf->custodians, d, today, &kept[i],
				secret))
			(void)err_at(e, ERR_USAGE, 0,
				     "no custodian is one today, so nobody "
				     "could open what is kept: 'paxgate keys "
				     "create --custodian' makes one");
	crypt_secret_free(secret);
	if (!e->code && text.failed)
		(void)key_day_error(kf, ERR_VALUE, d,
				    "cannot be wrapped: a custodian's key is "
				    "none",
				    e);
	if (!e->code)
		(void)!replace_kept(kf, d, buf_view(&text), e);
	buf_release(&text);
	return e->code;
}

/* The id at the begin of a line; false: the file is damaged. */
static bool read_id(struct str line, int64_t *id)
{
	uint64_t v = 0;

	if (line.len < 20 || line.ptr[16] != ' ')
		return false;
	for (int i = 0; i < 16; i++) {
		char c = line.ptr[i];
		int n = c >= '0' && c <= '9'   ? c - '0'
			: c >= 'a' && c <= 'f' ? c - 'a' + 10
					       : -1;

		if (n < 0)
			return false;
		v = v << 4 | (uint64_t)n;
	}
	*id = (int64_t)v;
	return true;
}

/* The whole file; *there false: there is none. */
static int read_kept(struct buf *text, bool *there, struct key_folder *kf,
		     struct date d, struct err *e)
{
	char name[NAME_CAP];
	struct buf path = { 0 };

	key_day_name(name, d, ".kept");
	*there = !faccessat(kf->fd, name, F_OK, AT_SYMLINK_NOFOLLOW);
	if (!*there)
		return 0;
	buf_fmt(&path, "%s/%s", kf->dir, name);
	buf_byte(&path, '\0');
	if (path.failed)
		(void)err_at(e, ERR_NOMEM, 0, "out of memory");
	else
		(void)!buf_read_file(text, path.data, KEPT_FILE_MAX, e);
	buf_release(&path);
	return e->code;
}

static bool is_among(int64_t id, const int64_t *set, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (set[i] == id)
			return true;
	return false;
}

static int keep_lines(struct buf *out, struct str rest, const int64_t *gone,
		      size_t nr)
{
	int64_t id, last = 0;
	bool skip = false, any = false;

	while (rest.len) {
		struct str line = str_split(&rest, '\n');

		if (!read_id(line, &id))
			return -1;
		if (!any || id != last)
			skip = is_among(id, gone, nr);
		any = true;
		last = id;
		if (skip)
			continue;
		buf_str(out, line);
		buf_byte(out, '\n');
	}
	return 0;
}

int key_kept_remove(struct key_folder *kf, struct date d, const int64_t *gone,
		    size_t nr, struct err *e)
{
	struct buf text = { 0 }, left = { 0 };
	char name[NAME_CAP];
	bool there;

	key_day_name(name, d, ".kept");
	if (read_kept(&text, &there, kf, d, e) || !there)
		goto out;
	if (gone && keep_lines(&left, buf_view(&text), gone, nr))
		(void)key_day_error(kf, ERR_INTEGRITY, d,
				    "of what is kept is damaged", e);
	else if (left.failed)
		(void)err_at(e, ERR_NOMEM, 0, "out of memory");
	else if (left.len)
		(void)!replace_kept(kf, d, buf_view(&left), e);
	else if (!key_file_destroy(kf, d, name, e) && fsync(kf->fd))
		(void)key_day_io_error(kf, d, "destroyed", e);
out:
	buf_release(&text);
	buf_release(&left);
	return e->code;
}

int key_kept_list(int64_t **out, uint32_t *nr, struct key_folder *kf,
		  struct date d, struct arena *a, struct err *e)
{
	struct buf text = { 0 };
	struct str rest;
	bool there;
	int64_t id;

	*out = NULL;
	*nr = 0;
	if (!read_kept(&text, &there, kf, d, e) && there) {
		rest = buf_view(&text);
		while (rest.len && !e->code) {
			if (!read_id(str_split(&rest, '\n'), &id))
				(void)key_day_error(kf, ERR_INTEGRITY, d,
						    "of what is kept is "
						    "damaged",
						    e);
			else if (!*nr || (*out)[*nr - 1] != id)
				*(int64_t *)arena_push(a, out, nr,
						       sizeof(**out)) = id;
		}
	}
	buf_release(&text);
	return e->code;
}

bool key_kept_secret_is(const uint8_t secret[KEPT_SECRET_LEN], struct date d,
			int64_t id)
{
	char head[DAY_LEN + ID_LEN];

	put_head(head, d, id);
	return !memcmp(secret, head, sizeof(head));
}

/* "NAME WRAP" behind the id of a line. */
static bool read_wrap(struct kept_box *b, struct str line, struct arena *a)
{
	struct str hex = str_slice(line, 17, line.len);
	struct str name = str_split(&hex, ' ');
	uint8_t *wrap = arena_alloc(a, CUSTODIAN_WRAP_MAX);

	b->name = arena_str(a, name);
	b->wrap = (struct str){ (const char *)wrap, hex.len / 2 };
	return !str_empty(name) && hex.len <= 2 * CUSTODIAN_WRAP_MAX &&
	       crypt_from_hex(wrap, hex.len / 2, hex);
}

int key_kept_boxes(struct kept_box **out, uint32_t *nr, struct key_folder *kf,
		   struct date d, int64_t id, struct arena *a, struct err *e)
{
	struct buf text = { 0 };
	struct str rest;
	bool there;
	int64_t is;

	*out = NULL;
	*nr = 0;
	if (!read_kept(&text, &there, kf, d, e) && there) {
		rest = buf_view(&text);
		while (rest.len && !e->code) {
			struct str line = str_split(&rest, '\n');
			bool good = read_id(line, &is);

			if (good && is == id)
				good = read_wrap(
					arena_push(a, out, nr, sizeof(**out)),
					line, a);
			if (!good)
				(void)key_day_error(kf, ERR_INTEGRITY, d,
						    "of what is kept is "
						    "damaged",
						    e);
		}
	}
	buf_release(&text);
	return e->code;
}

bool key_kept_unwrap(uint8_t key[CRYPT_KEY_LEN], struct str file, struct date d,
		     int64_t id, struct str name, const struct key_pair *his,
		     const struct key_pair *others)
{
	uint8_t *secret = crypt_secret_new(NAME_CAP);
	uint8_t wrap[CUSTODIAN_WRAP_MAX];
	bool good = false;
	int64_t is;

	while (secret && file.len && !good) {
		struct str line = str_split(&file, '\n'), who, hex;

		if (!read_id(line, &is) || is != id)
			continue;
		hex = str_slice(line, 17, line.len);
		who = str_split(&hex, ' ');
		good = str_eq(who, name) && hex.len <= 2 * sizeof(wrap) &&
		       crypt_from_hex(wrap, hex.len / 2, hex) &&
		       custodian_unwrap(
			       secret, SECRET_LEN,
			       (struct str){ (char *)wrap, hex.len / 2 }, his,
			       others) &&
		       key_kept_secret_is(secret, d, id);
	}
	if (good)
		memcpy(key, secret + SECRET_LEN - CRYPT_KEY_LEN, CRYPT_KEY_LEN);
	crypt_secret_free(secret);
	return good;
}
