#include "tools/bundle_make.h"

#include "engine/flights.h"
#include "law/keyfile.h"
#include "law/keyfolder.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TABLE_MAX = 16 << 20 };

struct making {
	struct bundle bundle;
	struct hit_inputs *in;
	const uint8_t *day_key;
	struct pg *pg;
	const struct config *config;
	struct arena arena;
};

static int find_hit(struct making *m, const char *name, struct err *e)
{
	struct replay_filter f = { .flight = INT64_MIN,
				   .id = INT64_MIN,
				   .limit = 1 };
	uint32_t nr = 0;
	int rc;

	f.hit_id.set = hit_name_read(str_of(name), &f.day, &f.hit_id.v);
	f.last_day = f.day;
	rc = query_replay(&m->in, &nr, m->pg, &f, &m->arena, e);
	if (rc == 0 && !nr)
		rc = err_at(e, ERR_USAGE, 0,
			    "there is no record of hit '%s': there never was "
			    "one, or the law has it deleted",
			    name);
	return rc;
}

static int open_row(struct str *out, struct making *m,
		    const struct row_ref *ref, struct str sealed, struct err *e)
{
	struct buf plain = { 0 };
	int rc = 0;

	if (!sealed.ptr)
		return 0; /* what replay misses it says */
	rc = crypt_open_row(&plain, m->day_key, ref, sealed, e);
	if (rc == 0)
		*out = arena_str(&m->arena, buf_view(&plain));
	crypt_wipe(plain.data, plain.cap);
	buf_release(&plain);
	return rc;
}

static int open_slice(struct str *out, struct making *m, struct str hash,
		      const struct slice_row *row, struct err *e)
{
	const struct hit_row *h = &m->in->hit;
	struct row_ref ref =
		flights_slice_ref(h->flight_id, h->clock_day, hash);

	return hash.ptr ? open_row(out, m, &ref, row->sealed, e) : 0;
}

static int open_all(struct making *m, struct err *e)
{
	const struct hit_row *h = &m->in->hit;
	struct row_ref ref = { STR("evidence"), date_from_days(h->clock_day),
			       h->hit_id };
	struct bundle *b = &m->bundle;

	if (open_row(&b->evidence, m, &ref, m->in->evidence.sealed, e) ||
	    open_slice(&b->pnr_header, m, h->pnr_header, &m->in->pnr_header,
		       e) ||
	    open_slice(&b->pnr_slice, m, h->pnr_slice, &m->in->pnr_slice, e) ||
	    open_slice(&b->api_header, m, h->api_header, &m->in->api_header,
		       e) ||
	    open_slice(&b->api_slice, m, h->api_slice, &m->in->api_slice, e))
		return e->code;
	return 0;
}

/* Under the day's key, while it is in hand. */
static int open_sealed(struct making *m, struct err *e)
{
	struct date day = date_from_days(m->in->hit.clock_day);
	struct key_folder *folder = NULL;
	struct key_pair *pair = NULL;

	if (!key_pair_load(&pair, m->config->engine_key, e) &&
	    !key_folder_open(&folder, m->config->key_folder, pair, e) &&
	    !key_folder_day(folder, day, DAY_KEY_OPEN, &m->day_key, e))
		(void)!open_all(m, e);
	key_folder_free(folder);
	key_pair_free(pair);
	return e->code;
}

/* The profile of the hit, and all lists: which of them it names it knows. */
static int find_profile(struct making *m, struct err *e)
{
	const struct hit_row *h = &m->in->hit;
	struct profile_items all = { .nr = 0 }, *items = &m->bundle.items;
	int64_t version = 0;
	bool found = false;

	if (h->kind == HIT_LIST)
		return 0;
	if (profiles_of_hash(&version, m->pg, h->profile_set_hash, e) ||
	    profiles_read(&all, m->pg, version, &m->arena, e))
		return e->code;
	items->item = arena_alloc(&m->arena, (all.nr + 1) * sizeof(*all.item));
	for (uint32_t i = 0; i < all.nr; i++) {
		const struct profile_item *it = &all.item[i];
		bool is_it = !it->is_list && str_eq(it->name, h->source);

		if (is_it || it->is_list)
			items->item[items->nr++] = *it;
		found |= is_it;
	}
	return found ? 0
		     : err_at(e, ERR_USAGE, 0,
			      "the registry does not have the profile '" STR_FMT
			      "' as the hit was made with",
			      STR_ARG(h->source));
}

static int read_table(struct str *out, struct making *m, const char *path,
		      struct err *e)
{
	struct buf text = { 0 };
	int rc = buf_read_file(&text, path, TABLE_MAX, e);

	if (rc == 0)
		*out = arena_str(&m->arena, buf_view(&text));
	buf_release(&text);
	return rc < 0 ? config_file_error(e) : 0;
}

static int read_tables(struct making *m, struct err *e)
{
	const char *dir = m->config->reference;
	struct bundle *b = &m->bundle;

	if (read_table(&b->airports, m,
		       arena_fmt(&m->arena, "%s/airports.csv", dir).ptr, e) ||
	    read_table(&b->zones, m,
		       arena_fmt(&m->arena, "%s/zones.csv", dir).ptr, e))
		return e->code;
	return read_table(&b->offences, m, m->config->offences, e);
}

static int write_file(struct making *m, const char *path, struct err *e)
{
	struct sign_pair *pair = NULL;
	struct buf out = { 0 };

	if (sign_pair_load(&pair, m->config->audit_key, e))
		return config_file_error(e);
	bundle_write(&out, &m->bundle, pair);
	if (out.failed)
		(void)err_at(e, ERR_NOMEM, 0, "out of memory");
	else
		(void)!key_file_create(path, buf_view(&out), 0600, e);
	crypt_wipe(out.data, out.cap);
	buf_release(&out);
	sign_pair_free(pair);
	return e->code;
}

int bundle_export(struct pg *pg, const struct config *c, const char *name,
		  const char *path, struct err *e)
{
	struct making m = { .pg = pg, .config = c };
	struct audit_about *event = NULL;
	struct bundle *b = &m.bundle;
	struct hit_name full;

	if (!access(path, F_OK))
		return err_at(e, ERR_USAGE, 0, "'%s' is there already", path);
	if (!find_hit(&m, name, e) && !open_sealed(&m, e) &&
	    !find_profile(&m, e) && !read_tables(&m, e)) {
		b->hit = m.in->hit;
		b->made_at = (struct moment){ time(NULL), MOMENT_SECOND };
		b->made_by = str_of(pg_role(pg));
		full = hit_name_of(b->hit.clock_day, b->hit.hit_id);
		if (!audit_about(&event, &b->nr_event, pg, str_of(full.text),
				 b->hit.clock_day, &m.arena, e)) {
			b->event = event;
			(void)!write_file(&m, path, e);
		}
	}
	arena_release(&m.arena);
	return e->code;
}
