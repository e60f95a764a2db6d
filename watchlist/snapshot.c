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

static const uint64_t FNV_BASIS = 0xcbf29ce484222325u;
static const uint64_t FNV_PRIME = 0x00000100000001b3u;

uint64_t snapshot_checksum(struct str bytes)
{
	size_t skip = offsetof(struct snap_header, checksum);
	uint64_t h = FNV_BASIS, word;
	size_t pos = 0;

	for (; pos + sizeof(word) <= bytes.len; pos += sizeof(word)) {
		if (pos == skip)
			continue;
		memcpy(&word, bytes.ptr + pos, sizeof(word));
		h = (h ^ word) * FNV_PRIME;
		h ^= h >> 32; /* high bits of a word must reach low ones */
	}
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

static bool ref_ok(const struct watchlist *wl, struct snap_ref r)
{
	return r.pos == UINT32_MAX
		       ? r.len == 0
		       : r.pos <= wl->nr_byte && r.len <= wl->nr_byte - r.pos;
}

static bool range_ok(uint32_t first, uint32_t nr, uint32_t all)
{
	return first <= all && nr <= all - first;
}

static bool nation_ok(const struct snap_nation *n)
{
	return n->code[3] == '\0';
}

static bool lists_ok(const struct watchlist *wl)
{
	for (uint32_t i = 0; i < wl->nr_list; i++) {
		const struct snap_list *l = &wl->list[i];

		if (!ref_ok(wl, l->id) || !ref_ok(wl, l->title) ||
		    !ref_ok(wl, l->owner) || !ref_ok(wl, l->basis) ||
		    !ref_ok(wl, l->alert) || l->threshold > SCORE_MAX ||
		    !range_ok(l->first_entry, l->nr_entries, wl->nr_entry))
			return false;
	}
	return true;
}

static bool entries_ok(const struct watchlist *wl)
{
	for (uint32_t i = 0; i < wl->nr_entry; i++) {
		const struct snap_entry *n = &wl->entry[i];

		if (n->list >= wl->nr_list || !ref_ok(wl, n->id) ||
		    !ref_ok(wl, n->reference) || !ref_ok(wl, n->offence) ||
		    !ref_ok(wl, n->birth_place) || n->sex > 'Z' ||
		    !range_ok(n->first_name, n->nr_names, wl->nr_name) ||
		    !range_ok(n->first_birth, n->nr_births, wl->nr_birth) ||
		    !range_ok(n->first_nation, n->nr_nations, wl->nr_nation) ||
		    !range_ok(n->first_document, n->nr_documents,
			      wl->nr_document))
			return false;
	}
	return true;
}

static bool names_ok(const struct watchlist *wl)
{
	for (uint32_t i = 0; i < wl->nr_name; i++) {
		const struct snap_name *n = &wl->name[i];

		if (!ref_ok(wl, n->surname) || !ref_ok(wl, n->given) ||
		    n->nr_units > NAME_UNITS || n->nr_tokens > NAME_TOKENS ||
		    n->nr_tokens > n->nr_units ||
		    !range_ok(n->first_unit, n->nr_units, wl->nr_unit))
			return false;
		for (uint8_t k = 0; k < n->nr_tokens; k++)
			if (n->kind[k] >= NAME_KINDS ||
			    n->weight[k] > 2 * WEIGHT_FULL)
				return false;
		for (uint8_t k = 0; k < n->nr_units; k++) {
			const struct snap_unit *u =
				&wl->unit[n->first_unit + k];

			if (u->mask >> n->nr_tokens)
				return false;
		}
	}
	return true;
}

static bool keys_ok(const struct watchlist *wl)
{
	for (uint32_t i = 0; i < wl->nr_unit; i++) {
		const struct snap_unit *u = &wl->unit[i];

		if (u->nr_keys > NAME_KEYS || u->part > NAME_GIVEN ||
		    !range_ok(u->first_key, u->nr_keys, wl->nr_key))
			return false;
	}
	for (uint32_t i = 0; i < wl->nr_key; i++)
		if (wl->key[i].text >= wl->nr_text ||
		    wl->key[i].spelt >= SPELT_WAYS)
			return false;
	for (uint32_t i = 0; i < wl->nr_text; i++) {
		struct snap_ref r = wl->text[i].text;

		if (!ref_ok(wl, r) || r.len == 0 || r.len > NAME_TEXT)
			return false;
	}
	return true;
}

/* The table of slots is a power of two, and never full. */
static bool documents_ok(const struct watchlist *wl)
{
	uint32_t used = 0;

	for (uint32_t i = 0; i < wl->nr_document; i++) {
		const struct snap_document *d = &wl->document[i];

		if (!ref_ok(wl, d->number) || !ref_ok(wl, d->type) ||
		    d->number.len == 0 || d->number.len > DOCUMENT_TEXT ||
		    !nation_ok(&d->issuer) || d->entry >= wl->nr_entry)
			return false;
	}
	for (uint32_t i = 0; i < wl->nr_nation; i++)
		if (!nation_ok(&wl->nation[i]))
			return false;
	if (wl->nr_slot == 0 || (wl->nr_slot & (wl->nr_slot - 1)))
		return false;
	for (uint32_t i = 0; i < wl->nr_slot; i++) {
		if (wl->slot[i] > wl->nr_document)
			return false;
		used += wl->slot[i] != 0;
	}
	return used < wl->nr_slot;
}

static bool births_ok(const struct watchlist *wl)
{
	static const struct date first = { 1, 1, 1 }, last = { 9999, 12, 31 };

	for (uint32_t i = 0; i < wl->nr_birth; i++)
		if (wl->birth[i].from < date_to_days(first) ||
		    wl->birth[i].to > date_to_days(last) ||
		    wl->birth[i].to < wl->birth[i].from)
			return false;
	return true;
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
	if (!lists_ok(wl) || !entries_ok(wl) || !names_ok(wl) || !keys_ok(wl) ||
	    !documents_ok(wl) || !births_ok(wl))
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
	map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
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
