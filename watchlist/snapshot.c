#include "watchlist/snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
	const char *name;
	size_t size;
} sections[SNAP_SECTIONS] = {
#define SECTION_ROW(name, type) { #name, sizeof(type) },
	SNAPSHOT_SECTIONS(SECTION_ROW)
#undef SECTION_ROW
};

enum {
	SUM_LANES = 8,	  /* independent: a multiplication each cycle */
	SUM_AHEAD = 4096, /* bytes whose way from memory has begun */
};

static const uint64_t FNV_BASIS = 0xcbf29ce484222325u;
static const uint64_t FNV_PRIME = 0x00000100000001b3u;

/* One step of a sum; high bits of a word must reach low ones. */
static inline uint64_t mix(uint64_t h, uint64_t word)
{
	h = (h ^ word) * FNV_PRIME;
	return h ^ h >> 32;
}

uint64_t snapshot_checksum(struct str bytes)
{
	const size_t own = offsetof(struct snap_header, checksum);
	uint64_t lane[SUM_LANES], word[SUM_LANES], h = FNV_BASIS;
	size_t pos = 0;

	for (int i = 0; i < SUM_LANES; i++)
		lane[i] = FNV_BASIS + (uint64_t)i;
	for (; pos + sizeof(word) <= bytes.len; pos += sizeof(word)) {
		__builtin_prefetch(bytes.ptr + pos + SUM_AHEAD);
		memcpy(word, bytes.ptr + pos, sizeof(word));
		if (pos == 0)
			word[own / sizeof(word[0])] = 0;
#define LANE(i) lane[i] = mix(lane[i], word[i])
		LANE(0), LANE(1), LANE(2), LANE(3);
		LANE(4), LANE(5), LANE(6), LANE(7);
#undef LANE
	}
	for (int i = 0; i < SUM_LANES; i++)
		h = mix(h, lane[i]);
	for (; pos < bytes.len; pos++)
		h = (h ^ (unsigned char)bytes.ptr[pos]) * FNV_PRIME;
	return h;
}

struct str watchlist_text(const struct watchlist *wl, struct snap_ref ref)
{
	if (ref.pos == UINT32_MAX)
		return STR_NONE;
	return (struct str){ wl->byte + ref.pos, ref.len };
}

static int damaged(struct err *e, size_t pos, const char *what)
{
	return err_at(e, ERR_INTEGRITY, pos,
		      "the snapshot is damaged (%s); build it again", what);
}

static int check_header(const struct snap_header *h, size_t len,
			struct str bytes, struct err *e)
{
	if (len < sizeof(*h))
		return damaged(e, len, "shorter than its header");
	if (memcmp(h->magic, SNAPSHOT_MAGIC, SNAPSHOT_MAGIC_LEN) != 0)
		return err_at(e, ERR_INTEGRITY, 0,
			      "not a watchlist snapshot; 'paxgate watchlist "
			      "build' makes one");
	if (h->endian != SNAPSHOT_ENDIAN)
		return err_at(e, ERR_INTEGRITY, 0,
			      "the snapshot was built on a machine of another "
			      "byte order; build it here");
	if (h->version != SNAPSHOT_VERSION)
		return err_at(e, ERR_INTEGRITY, 0,
			      "the snapshot has version %u, this paxgate reads "
			      "%d; build it again",
			      h->version, SNAPSHOT_VERSION);
	if (h->size != len)
		return damaged(e, len,
			       h->size > len ? "cut short"
					     : "longer than it says");
	if (h->checksum != snapshot_checksum(bytes))
		return damaged(e, 0, "its checksum does not fit");
	return 0;
}

static int check_sections(const struct snap_header *h, struct err *e)
{
	for (int i = 0; i < SNAP_SECTIONS; i++) {
		const struct snap_extent *x = &h->section[i];

		if (x->pos % 8 || x->pos > h->size ||
		    x->nr > (h->size - x->pos) / sections[i].size ||
		    x->nr >= UINT32_MAX)
			return damaged(e, x->pos, sections[i].name);
	}
	return 0;
}

static void set_sections(struct watchlist *wl, const struct snap_header *h)
{
#define SECTION_SET(name, type)                                               \
	wl->name = (const type *)(const void *)(wl->bytes.ptr +               \
						h->section[SNAP_##name].pos); \
	wl->nr_##name = (uint32_t)h->section[SNAP_##name].nr;
	SNAPSHOT_SECTIONS(SECTION_SET)
#undef SECTION_SET
}

static int check(struct watchlist *wl, struct err *e)
{
	const struct snap_header *h =
		(const struct snap_header *)(const void *)wl->bytes.ptr;
	int rc = check_header(h, wl->bytes.len, wl->bytes, e);

	if (rc == 0)
		rc = check_sections(h, e);
	if (rc < 0)
		return rc;
	set_sections(wl, h);
	if (!snapshot_indexes_ok(wl))
		return damaged(e, 0, "a record points outside of it");
	return 0;
}

int watchlist_of_bytes(struct watchlist **out, struct str bytes, struct err *e)
{
	struct watchlist *wl = calloc(1, sizeof(*wl));
	int rc;

	if (!wl)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	wl->bytes = bytes;
	rc = check(wl, e);
	if (rc < 0)
		watchlist_free(wl);
	else
		*out = wl;
	return rc;
}

static int map_file(struct str *out, const char *path, struct err *e)
{
	struct stat st;
	void *map;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st) < 0) {
		int rc = err_at(e, ERR_IO, 0, "cannot read '%s': %s", path,
				strerror(errno));

		if (fd >= 0)
			close(fd);
		return rc;
	}
	if (st.st_size == 0) {
		close(fd);
		return err_at(e, ERR_INTEGRITY, 0,
			      "'%s' is empty; build it again", path);
	}
	map = mmap(NULL, (size_t)st.st_size, PROT_READ,
		   MAP_PRIVATE | MAP_POPULATE, fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		return err_at(e, ERR_IO, 0, "cannot map '%s': %s", path,
			      strerror(errno));
	*out = (struct str){ map, (size_t)st.st_size };
	return 0;
}

int watchlist_open(struct watchlist **out, const char *path, struct err *e)
{
	struct str bytes;
	int rc = map_file(&bytes, path, e);

	if (rc < 0)
		return rc;
	rc = watchlist_of_bytes(out, bytes, e);
	if (rc < 0) {
		munmap((void *)(uintptr_t)bytes.ptr, bytes.len);
		return err_wrap(e, "'%s'", path);
	}
	(*out)->mapped = true;
	return 0;
}

void watchlist_free(struct watchlist *wl)
{
	if (wl && wl->mapped)
		munmap((void *)(uintptr_t)wl->bytes.ptr, wl->bytes.len);
	free(wl);
}
