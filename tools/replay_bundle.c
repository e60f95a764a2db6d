#include "tools/replay_bundle.h"

#include "engine/edition.h"
#include "engine/flights.h"
#include "engine/replay.h"
#include "tools/bundle.h"
#include "tools/replay_print.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUNDLE_MAX = 256 << 20, NR_TABLES = 3 };

static const char *const table_names[NR_TABLES] = { "airports.csv", "zones.csv",
						    "offences.yaml" };

struct alone {
	struct bundle bundle;
	struct config config;
	struct arena arena;
	char dir[64]; /* the tables as files; no personal data */
	struct screen_set base;
	struct edition *edition;
	struct screen_scratch *scratch;
	uint8_t day_key[CRYPT_KEY_LEN]; /* made for this replay */
};

static int write_table(const char *path, struct str text, struct err *e)
{
	FILE *f = fopen(path, "w");
	bool good = f && fwrite(text.ptr ? text.ptr : "", 1, text.len, f) ==
				 text.len;

	if (f && fclose(f))
		good = false;
	return good ? 0
		    : err_at(e, ERR_IO, 0, "cannot write '%s': %s", path,
			     strerror(errno));
}

/* The bundle's tables where screening looks for them. */
static int write_tables(struct alone *x, struct err *e)
{
	const struct str text[NR_TABLES] = { x->bundle.airports,
					     x->bundle.zones,
					     x->bundle.offences };
	const char *path;

	snprintf(x->dir, sizeof(x->dir), "/tmp/paxgate-replay.XXXXXX");
	if (!mkdtemp(x->dir)) {
		x->dir[0] = '\0';
		return err_at(e, ERR_IO, 0, "cannot make a folder in /tmp: %s",
			      strerror(errno));
	}
	for (int i = 0; i < NR_TABLES; i++) {
		path = arena_fmt(&x->arena, "%s/%s", x->dir, table_names[i])
			       .ptr;
		if (write_table(path, text[i], e))
			return e->code;
	}
	x->config.reference = x->dir;
	x->config.offences = path;
	return 0;
}

static void remove_tables(struct alone *x)
{
	if (!*x->dir)
		return;
	for (int i = 0; i < NR_TABLES; i++)
		unlink(arena_fmt(&x->arena, "%s/%s", x->dir, table_names[i])
			       .ptr);
	rmdir(x->dir);
}

/*
 * What to screen with. The hash of the whole set of profiles cannot be worked
 * out from one of them: the recorded one stands for it.
 */
static int load_set(struct alone *x, struct err *e)
{
	struct edition_source source = { &x->config, &x->base, NULL, NULL };
	const struct hit_row *h = &x->bundle.hit;

	if (config_load(&x->config, NULL, &x->arena, e) || write_tables(x, e))
		return e->code;
	x->config.profiles = x->config.watchlist = x->config.lists = "";
	x->config.country = arena_str(&x->arena, h->country).ptr;
	if (!x->config.country)
		x->config.country = "";
	if (screen_set_load(&x->base, &x->config, e) ||
	    edition_build(&x->edition, &source, &x->bundle.items, e))
		return e->code;
	if (h->profile_set_hash.len == CRYPT_HASH_LEN)
		memcpy(x->edition->set.profiles_hash, h->profile_set_hash.ptr,
		       CRYPT_HASH_LEN);
	return screen_scratch_new(&x->scratch, &x->edition->set, e);
}

static struct str seal(struct alone *x, const struct row_ref *ref,
		       struct str plain)
{
	struct buf sealed = { 0 };
	struct str out = STR_NONE;

	if (plain.ptr) {
		crypt_seal_row(&sealed, x->day_key, ref, plain);
		out = arena_str(&x->arena, buf_view(&sealed));
	}
	buf_release(&sealed);
	return out;
}

static struct slice_row slice(struct alone *x, struct str hash,
			      struct str plain)
{
	const struct hit_row *h = &x->bundle.hit;
	struct row_ref ref =
		flights_slice_ref(h->flight_id, h->clock_day, hash);

	return (struct slice_row){ .slice_hash = hash,
				   .sealed = seal(x, &ref, plain) };
}

/* As the database would give it, sealed under a key of our own. */
static void make_inputs(struct hit_inputs *in, struct alone *x)
{
	const struct bundle *b = &x->bundle;
	const struct hit_row *h = &b->hit;
	struct row_ref ref = { STR("evidence"), date_from_days(h->clock_day),
			       h->hit_id };

	crypt_random(x->day_key, sizeof(x->day_key));
	*in = (struct hit_inputs){ .hit = *h };
	in->evidence.sealed = seal(x, &ref, b->evidence);
	in->pnr_header = slice(x, h->pnr_header, b->pnr_header);
	in->pnr_slice = slice(x, h->pnr_slice, b->pnr_slice);
	in->api_header = slice(x, h->api_header, b->api_header);
	in->api_slice = slice(x, h->api_slice, b->api_slice);
}

static void differ(struct replay *r, struct arena *a, const char *part,
		   const char *what)
{
	replay_differ(r, a,
		      &(struct replay_difference){ .part = str_of(part),
						   .what = what });
}

/* Each event of the extract has its hash. */
static void check_events(struct replay *r, struct alone *x)
{
	for (uint32_t i = 0; i < x->bundle.nr_event; i++) {
		const struct audit_about *ev = &x->bundle.event[i];
		uint8_t hash[CRYPT_HASH_LEN];

		audit_hash(hash, (const uint8_t *)ev->before.ptr, ev->row.chain,
			   ev->row.seq, ev->row.line);
		if (memcmp(hash, ev->row.hash.ptr, CRYPT_HASH_LEN))
			differ(r, &x->arena,
			       arena_fmt(&x->arena, "log " STR_FMT " %lld",
					 STR_ARG(ev->row.chain),
					 (long long)ev->row.seq)
				       .ptr,
			       "does not have its hash");
	}
}

/* Signed, and by a key that is trusted? */
static int check_seal(struct replay *r, struct alone *x, enum bundle_seal seal,
		      const uint8_t *signer, const char *keys, struct err *e)
{
	uint8_t(*key)[CRYPT_KEY_LEN] = NULL;
	uint32_t nr = 0;

	if (seal == BUNDLE_BROKEN) {
		differ(r, &x->arena, "bundle",
		       "was changed: the signature is not over it");
		return 0;
	}
	if (sign_keys_load(&key, &nr, keys, &x->arena, e))
		return config_file_error(e);
	for (uint32_t i = 0; i < nr; i++)
		if (!memcmp(key[i], signer, CRYPT_KEY_LEN))
			return 0;
	differ(r, &x->arena, "bundle",
	       "is signed by a key that is not trusted");
	return 0;
}

static int work_out(struct replay *r, struct alone *x, struct err *e)
{
	struct replay_setup setup = { NULL, NULL, x->day_key, NULL };
	struct hit_inputs in;

	if (load_set(x, e))
		return e->code;
	make_inputs(&in, x);
	setup.set = &x->edition->set;
	setup.scratch = x->scratch;
	return replay_hit(r, &setup, &in, &x->arena, e);
}

static void print(const struct alone *x, const struct replay *r, bool as_json)
{
	struct buf out = { 0 };

	if (as_json) {
		replay_print_json(&out, &x->bundle.hit, r, true);
	} else {
		replay_print_text(&out, &x->bundle.hit, r, true);
		buf_z(&out, "made ");
		moment_write(&out, x->bundle.made_at, true);
		buf_fmt(&out,
			" by " STR_FMT ", %u events of the audit log; the hash "
			"of the whole profile set is taken as recorded\n",
			STR_ARG(x->bundle.made_by), x->bundle.nr_event);
	}
	fwrite(out.data ? out.data : "", 1, out.len, stdout);
	buf_release(&out);
}

int replay_bundle(const char *path, const char *keys, bool as_json,
		  struct err *e)
{
	struct alone x = { .scratch = NULL };
	enum bundle_seal seal = BUNDLE_BROKEN;
	uint8_t signer[CRYPT_KEY_LEN];
	struct buf file = { 0 };
	struct replay r = { 0 };
	int rc = crypt_init(e);

	if (rc == 0)
		rc = buf_read_file(&file, path, BUNDLE_MAX, e);
	if (rc == 0 &&
	    bundle_read(&x.bundle, &seal, signer, buf_view(&file), &x.arena, e))
		rc = err_wrap(e, "'%s'", path);
	if (rc == 0)
		rc = work_out(&r, &x, e);
	if (rc == 0)
		rc = check_seal(&r, &x, seal, signer, keys, e);
	if (rc == 0) {
		check_events(&r, &x);
		print(&x, &r, as_json);
		rc = (int)r.nr;
	}
	remove_tables(&x);
	screen_scratch_free(x.scratch);
	edition_drop(x.edition);
	screen_set_release(&x.base);
	crypt_wipe(file.data, file.cap);
	crypt_wipe(x.day_key, sizeof(x.day_key));
	buf_release(&file);
	arena_release(&x.arena);
	return rc;
}
