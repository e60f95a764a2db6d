#include "watchlist/delta.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DELTA_BYTES = 1 << 28 }; /* more belongs into a snapshot */

struct delta_header {
	char magic[SNAPSHOT_MAGIC_LEN];
	uint32_t version, endian;
	uint64_t size;	   /* of the file */
	uint64_t checksum; /* as of a snapshot */
	int64_t sequence;
	uint64_t ids, ids_len;	   /* pairs of list and id, a NUL behind each */
	uint64_t added, added_len; /* a snapshot; 0 long: none */
};

_Static_assert(offsetof(struct delta_header, checksum) ==
		       offsetof(struct snap_header, checksum),
	       "snapshot_checksum() passes over it");

static int damaged(struct err *e, const char *what)
{
	return err_at(e, ERR_INTEGRITY, 0,
		      "the delta is damaged (%s); withdraw and add anew", what);
}

static int check(const struct delta_header *h, struct str bytes, struct err *e)
{
	if (bytes.len < sizeof(*h))
		return damaged(e, "shorter than its header");
	if (memcmp(h->magic, DELTA_MAGIC, SNAPSHOT_MAGIC_LEN) != 0)
		return err_at(e, ERR_INTEGRITY, 0, "not a watchlist delta");
	if (h->endian != SNAPSHOT_ENDIAN || h->version != DELTA_VERSION)
		return err_at(e, ERR_INTEGRITY, 0,
			      "the delta is of another version or of a machine "
			      "of another byte order");
	if (h->size != bytes.len)
		return damaged(e, h->size > bytes.len ? "cut short"
						      : "longer than it says");
	if (h->checksum != snapshot_checksum(bytes))
		return damaged(e, "its checksum does not fit");
	if (h->ids > bytes.len || h->ids_len > bytes.len - h->ids ||
	    h->added > bytes.len || h->added_len > bytes.len - h->added ||
	    h->added % 8 || h->sequence < 1 || h->sequence == INT64_MAX)
		return damaged(e, "its header");
	return 0;
}

static int read_ids(struct watch_delta *d, struct str text, struct err *e)
{
	if (text.len && text.ptr[text.len - 1])
		return damaged(e, "its ids");
	while (text.len) {
		struct watch_id id;

		id.list = str_split(&text, '\0');
		if (!text.len)
			return damaged(e, "its ids");
		id.id = str_split(&text, '\0');
		*(struct watch_id *)arena_push(&d->arena, &d->withdrawn,
					       &d->nr_withdrawn, sizeof(id)) =
			id;
	}
	return 0;
}

/* What is in d->bytes. */
static int read_bytes(struct watch_delta *d, struct err *e)
{
	struct str all = buf_view(&d->bytes);
	struct delta_header h = { .version = 0 };

	if (all.len >= sizeof(h))
		memcpy(&h, all.ptr, sizeof(h));
	if (check(&h, all, e))
		return e->code;
	d->sequence = h.sequence;
	if (read_ids(d, str_slice(all, h.ids, h.ids + h.ids_len), e))
		return e->code;
	if (h.added_len &&
	    watchlist_of_bytes(&d->added,
			       str_slice(all, h.added, h.added + h.added_len),
			       e))
		return err_wrap(e, "the delta's entries");
	return 0;
}

static struct watch_delta *delta_new(struct err *e)
{
	struct watch_delta *d = calloc(1, sizeof(*d));

	if (!d)
		err_at(e, ERR_NOMEM, 0, "out of memory");
	return d;
}

const char *watch_delta_path(struct arena *a, const char *path)
{
	return arena_fmt(a, "%s.delta", path).ptr;
}

int watch_delta_of_bytes(struct watch_delta **out, struct str bytes,
			 struct err *e)
{
	struct watch_delta *d = delta_new(e);

	if (!d)
		return e->code;
	buf_str(&d->bytes, bytes);
	if (d->bytes.failed)
		err_at(e, ERR_NOMEM, 0, "out of memory");
	if (e->code || read_bytes(d, e)) {
		watch_delta_free(d);
		return e->code;
	}
	*out = d;
	return 0;
}

int watch_delta_open(struct watch_delta **out, const char *path, struct err *e)
{
	struct watch_delta *d = delta_new(e);

	if (!d)
		return e->code;
	if (access(path, F_OK) && errno == ENOENT) {
		*out = d;
		return 0;
	}
	if (buf_read_file(&d->bytes, path, DELTA_BYTES, e) ||
	    (read_bytes(d, e) && err_wrap(e, "'%s'", path))) {
		watch_delta_free(d);
		return e->code;
	}
	*out = d;
	return 0;
}

void watch_delta_free(struct watch_delta *d)
{
	if (!d)
		return;
	watchlist_free(d->added);
	buf_release(&d->bytes);
	arena_release(&d->arena);
	free(d);
}

static void put_text(struct buf *out, struct str s)
{
	buf_str(out, s);
	buf_byte(out, '\0');
}

int watch_delta_write(struct buf *out, int64_t sequence,
		      const struct watch_id *withdrawn, uint32_t nr_withdrawn,
		      struct str added, struct err *e)
{
	struct delta_header h = { .version = DELTA_VERSION,
				  .endian = SNAPSHOT_ENDIAN,
				  .sequence = sequence,
				  .ids = sizeof(h),
				  .added_len = added.len };

	memcpy(h.magic, DELTA_MAGIC, SNAPSHOT_MAGIC_LEN);
	buf_add(out, &h, sizeof(h));
	for (uint32_t i = 0; i < nr_withdrawn; i++) {
		put_text(out, withdrawn[i].list);
		put_text(out, withdrawn[i].id);
	}
	h.ids_len = out->len - h.ids;
	while (!out->failed && out->len % 8)
		buf_byte(out, '\0');
	h.added = out->len;
	buf_str(out, added);
	h.size = out->len;
	if (out->failed)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (h.size > DELTA_BYTES)
		return err_at(e, ERR_LIMIT, 0,
			      "a delta of more than %d MiB; build a snapshot",
			      DELTA_BYTES >> 20);
	memcpy(out->data, &h, sizeof(h));
	h.checksum = snapshot_checksum(buf_view(out));
	memcpy(out->data, &h, sizeof(h));
	return 0;
}

static const struct snap_list *find_list(const struct watchlist *wl,
					 struct str id)
{
	for (uint32_t i = 0; i < wl->nr_list; i++)
		if (str_eq(watchlist_text(wl, wl->list[i].id), id))
			return &wl->list[i];
	return NULL;
}

uint32_t watchlist_find(const struct watchlist *wl, const struct watch_id *id)
{
	const struct snap_list *l = find_list(wl, id->list);
	uint32_t from = l ? l->first_entry : 0;
	uint32_t to = l ? from + l->nr_entries : 0, end = to;

	while (from < to) { /* a list's entries stand by their ids */
		uint32_t mid = from + (to - from) / 2;

		if (str_cmp(watchlist_text(wl, wl->entry[mid].id), id->id) < 0)
			from = mid + 1;
		else
			to = mid;
	}
	if (from < end &&
	    str_eq(watchlist_text(wl, wl->entry[from].id), id->id))
		return from;
	return UINT32_MAX;
}

static void hide(uint8_t *hidden, const struct watchlist *base,
		 const struct watch_id *id, bool *any)
{
	uint32_t at = watchlist_find(base, id);

	if (at == UINT32_MAX)
		return;
	hidden[at] = 1;
	*any = true;
}

int watch_delta_hide(uint8_t **out, const struct watch_delta *d,
		     const struct watchlist *base, struct err *e)
{
	const struct watchlist *added = d->added;
	uint8_t *hidden;
	bool any = false;

	*out = NULL;
	if (!d->nr_withdrawn && !added)
		return 0;
	hidden = calloc((size_t)base->nr_entry + 1, 1);
	if (!hidden)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	for (uint32_t i = 0; i < d->nr_withdrawn; i++)
		hide(hidden, base, &d->withdrawn[i], &any);
	for (uint32_t i = 0; added && i < added->nr_entry; i++) {
		const struct snap_entry *n = &added->entry[i];
		struct watch_id id = { watchlist_text(added,
						      added->list[n->list].id),
				       watchlist_text(added, n->id) };

		hide(hidden, base, &id, &any);
	}
	if (any)
		*out = hidden;
	else
		free(hidden);
	return 0;
}
