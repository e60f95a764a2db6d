#include "engine/list_set.h"

#include "base/log.h"
#include "engine/screen.h"
#include "watchlist/delta.h"
#include "watchlist/match.h"
#include "watchlist/self_test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { NS = 1000000000, ID_BYTES = 8 };

struct mapped_list {
	atomic_int references;
	struct watchlist *list;
	uint8_t hash[CRYPT_HASH_LEN];
	struct watchlist_scratch **spare; /* set before it is published */
	int64_t nr_spare;
	_Atomic int64_t spare_taken; /* may be more */
};

static struct file_stamp stamp_of(const char *path)
{
	struct file_stamp s = { 0 };
	struct stat st;

	if (!stat(path, &st))
		s = (struct file_stamp){ st.st_dev, st.st_ino, st.st_size,
					 (int64_t)st.st_mtim.tv_sec * NS +
						 st.st_mtim.tv_nsec };
	return s;
}

static bool same_file(const struct file_stamp *a, const struct file_stamp *b)
{
	return a->device == b->device && a->inode == b->inode &&
	       a->size == b->size && a->changed_ns == b->changed_ns;
}

struct list_files list_files_now(const struct config *c)
{
	struct arena a = { 0 };
	struct list_files f = { stamp_of(c->watchlist),
				stamp_of(watch_delta_path(&a, c->watchlist)) };

	arena_release(&a);
	return f;
}

bool list_files_same(const struct list_files *a, const struct list_files *b)
{
	return same_file(&a->snapshot, &b->snapshot) &&
	       same_file(&a->delta, &b->delta);
}

/* Invented persons must not be looked for among real ones. */
static int refuse_test_lists(const struct watchlist *wl, const struct config *c,
			     struct err *e)
{
	for (uint32_t i = 0; i < wl->nr_list && config_is_production(c); i++) {
		struct str id = watchlist_text(wl, wl->list[i].id);

		if (wl->list[i].test)
			return err_at(
				e, ERR_LEGAL, 0,
				"'%s': list '" STR_FMT "' is marked TEST and "
				"may not be used in production, Directive (EU) "
				"2016/681 Art. 6(3)(a); build the snapshot "
				"without it, or set 'piu.mode: test'",
				c->watchlist, STR_ARG(id));
	}
	return 0;
}

static int check(const struct watchlist *wl, const struct config *c,
		 struct err *e)
{
	if (refuse_test_lists(wl, c, e))
		return e->code;
	if (watchlist_self_test(wl, e))
		return err_wrap(e, "'%s'", c->watchlist);
	return 0;
}

static void let_go(struct mapped_list *m)
{
	if (!m || atomic_fetch_sub(&m->references, 1) > 1)
		return;
	for (int64_t i = atomic_load(&m->spare_taken); i < m->nr_spare; i++)
		watchlist_scratch_free(m->spare[i]);
	free(m->spare);
	watchlist_free(m->list);
	free(m);
}

static int map_snapshot(struct mapped_list **out, const struct config *c,
			struct err *e)
{
	struct mapped_list *m = calloc(1, sizeof(*m));

	if (!m)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	atomic_init(&m->references, 1);
	if (watchlist_open(&m->list, c->watchlist, e) || check(m->list, c, e)) {
		let_go(m);
		return e->code;
	}
	crypt_hash(m->hash, "watchlist", &m->list->bytes, 1);
	*out = m;
	return 0;
}

static int load(struct list_set *s, const struct config *c,
		const struct list_set *before, struct err *e)
{
	struct arena a = { 0 };
	const char *delta = watch_delta_path(&a, c->watchlist);

	/* looked at before they are read: what comes in between is seen */
	s->files = list_files_now(c);
	if (before && same_file(&before->files.snapshot, &s->files.snapshot)) {
		s->mapped = before->mapped;
		atomic_fetch_add(&s->mapped->references, 1);
	} else {
		(void)!map_snapshot(&s->mapped, c, e);
	}
	if (!e->code) {
		s->base = s->mapped->list;
		memcpy(s->hash, s->mapped->hash, sizeof(s->hash));
		(void)!watch_delta_open(&s->delta, delta, e);
	}
	arena_release(&a);
	if (!e->code && s->delta->added)
		(void)!check(s->delta->added, c, e);
	return e->code ? e->code
		       : watch_delta_hide(&s->hidden, s->delta, s->base, e);
}

int list_set_load(struct list_set **out, const struct config *c,
		  const struct list_set *before, struct err *e)
{
	struct list_set *s = calloc(1, sizeof(*s));

	if (!s)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	atomic_init(&s->references, 1);
	if (load(s, c, before, e)) {
		list_set_free(s);
		return e->code;
	}
	*out = s;
	return 0;
}

int list_set_stock(struct list_set *s, int64_t nr, struct err *e)
{
	struct mapped_list *m = s->mapped;

	if (m->spare) /* of a set with the same snapshot */
		return 0;
	m->spare = calloc((size_t)nr, sizeof(struct watchlist_scratch *));
	if (!m->spare)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	while (m->nr_spare < nr && !e->code)
		if (!watchlist_scratch_new(&m->spare[m->nr_spare], m->list, e))
			m->nr_spare++;
	return e->code;
}

struct watchlist_scratch *list_set_spare(struct list_set *s)
{
	struct mapped_list *m = s->mapped;
	int64_t i = atomic_fetch_add(&m->spare_taken, 1);

	return i < m->nr_spare ? m->spare[i] : NULL;
}

struct list_set *list_set_hold(struct list_set *s)
{
	if (s)
		atomic_fetch_add(&s->references, 1);
	return s;
}

void list_set_free(struct list_set *s)
{
	if (!s || atomic_fetch_sub(&s->references, 1) > 1)
		return;
	let_go(s->mapped);
	watch_delta_free(s->delta);
	free(s->hidden);
	free(s);
}

void screen_set_lists(struct screen_set *set, const struct list_set *s)
{
	set->watchlist = s ? s->base : NULL;
	set->added = s ? s->delta->added : NULL;
	set->hidden = s ? s->hidden : NULL;
	set->watchlist_delta = s ? s->delta->sequence : 0;
	memset(set->watchlist_hash, 0, sizeof(set->watchlist_hash));
	if (s)
		memcpy(set->watchlist_hash, s->hash, sizeof(s->hash));
}

void list_set_log(const struct list_set *s)
{
	char id[2 * ID_BYTES + 1];
	struct log_line l;

	crypt_to_hex(id, s->hash, ID_BYTES);
	log_begin(&l, LEVEL_INFO, "watchlist-live");
	log_z(&l, "snapshot", id);
	log_int(&l, "delta", s->delta->sequence);
	log_int(&l, "entries", s->base->nr_entry);
	log_int(&l, "added", s->delta->added ? s->delta->added->nr_entry : 0);
	log_int(&l, "withdrawn", s->delta->nr_withdrawn);
	log_end(&l);
}
