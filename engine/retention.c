#include "engine/retention.h"

#include "base/log.h"
#include "engine/retention_seal.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
	TRIES = 600, /* to close a day that somebody works on */
	NAP_MS = 50, /* in between */
};

static void at(struct retention_job *j, const char *site)
{
	if (j->at)
		j->at(site, NULL);
}

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Close the day; never waits for a lock, nor holds one for long. */
static int close_day(struct retention_job *j, int32_t day, struct err *e)
{
	struct timespec nap = { 0, NAP_MS * 1000000L };
	bool busy = true;

	for (int i = 0; i < TRIES && busy; i++) {
		double since = now_ms();

		if (i)
			nanosleep(&nap, NULL);
		since = now_ms();
		if (retention_close(&busy, j->pg, day, e))
			return e->code;
		since = now_ms() - since;
		if (since > j->lock_ms)
			j->lock_ms = since;
	}
	if (busy)
		return err_at(e, ERR_FENCED, 0,
			      "the day %s is in use and cannot be closed; it "
			      "is tried again at the next run",
			      day_digits_of(day).text);
	at(j, "closed");
	return 0;
}

static struct str print_of(const uint8_t key[CRYPT_KEY_LEN], struct arena *a)
{
	struct str part = { (const char *)key, CRYPT_KEY_LEN };
	uint8_t hash[CRYPT_HASH_LEN];
	char hex[2 * 8 + 1];

	crypt_hash(hash, "print of a day's key", &part, 1);
	crypt_to_hex(hex, hash, 8);
	return arena_str(a, str_of(hex));
}

/* Seal all that is kept; what cannot be opened is left out, and told. */
static int seal_all(struct masked_record_row **record, struct kept_key *own,
		    struct kept_rows *kept, const uint8_t *day_key,
		    int32_t delete_on, struct arena *a, struct err *e)
{
	uint32_t nr = 0;

	*record = arena_alloc(a, (kept->nr + 1) * sizeof(**record));
	for (uint32_t i = 0; i < kept->nr; i++) {
		struct err why = { 0 };

		if (!retention_seal(&(*record)[nr], &own[nr], kept, i, day_key,
				    delete_on, a, &why)) {
			kept->row[nr++] = kept->row[i];
			continue;
		}
		if (why.code != ERR_INTEGRITY) {
			*e = why;
			return e->code;
		}
		log_err("record-damaged", &why);
	}
	kept->nr = nr;
	return 0;
}

/* Keys into the folder first, then the rows: done again it makes new ones. */
static int settle(struct retention_job *j, int32_t day, struct kept_rows *kept,
		  struct retention_figures *f, const uint8_t *day_key,
		  struct arena *a, struct err *e)
{
	struct date d = date_from_days(day), today = date_from_days(j->today);
	struct retention law =
		retention_dates(j->rules->regime, j->rules->nr, d);
	struct kept_key *own = crypt_secret_new((kept->nr + 1) * sizeof(*own));
	struct masked_record_row *record;

	if (!own)
		return err_at(e, ERR_NOMEM, 0, "no locked memory for keys");
	if (!seal_all(&record, own, kept, day_key,
		      (int32_t)date_to_days(law.delete_on), a, e) &&
	    (!kept->nr ||
	     !key_kept_write(j->keys, d, today, own, kept->nr, e))) {
		at(j, "keys");
		f->kept = kept->nr;
		(void)!retention_settle(j->pg, day, f, kept, record, e);
	}
	crypt_secret_free(own);
	return e->code;
}

/* closed -> kept */
static int keep(struct retention_job *j, int32_t day, bool everything,
		struct arena *a, struct err *e)
{
	uint8_t *key = crypt_secret_new(CRYPT_KEY_LEN);
	struct retention_figures f;
	struct kept_rows kept;
	bool there;

	if (!key)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (key_mask_open(j->keys, date_from_days(day), key, &there, e) ||
	    retention_read(&kept, &f, j->pg, day, j->today,
			   !j->rules->by_link && !everything, a, e))
		goto out;
	if (everything)
		kept.nr = kept.nr_hit = kept.nr_addendum = 0;
	if (!there && kept.nr) {
		(void)err_at(e, ERR_INTEGRITY, 0,
			     "the day %s has records to be kept, and its key "
			     "is not there: is this the right folder?",
			     day_digits_of(day).text);
		goto out;
	}
	f.key_print = there ? print_of(key, a) : STR_NONE;
	(void)!settle(j, day, &kept, &f, key, a, e);
out:
	crypt_secret_free(key);
	if (!e->code)
		at(j, "kept");
	return e->code;
}

struct day_name {
	char text[40];
};

static struct day_name name_of(int32_t day)
{
	struct date d = date_from_days(day);
	struct day_name n;

	snprintf(n.text, sizeof(n.text), "day:%04d-%02d-%02d", d.year, d.month,
		 d.day);
	return n;
}

/* What the certificate says of the day's last replay. */
static struct str replay_word(const struct retention_replay *r)
{
	if (!r->done)
		return STR("not-done");
	if (r->differ)
		return STR("differs");
	return r->unreached ? STR("incomplete") : STR("equal");
}

/* Before the day is closed; it is masked whatever comes of it. */
static int replay_day(struct retention_job *j, int32_t day, struct err *e)
{
	struct retention_replay r = { .done = false };
	struct err why = { 0 };

	if (!j->replay)
		return 0;
	if (j->replay(&r, day, j->replay_arg, &why)) {
		if (!pg_is_alive(j->pg)) {
			*e = why;
			return e->code;
		}
		log_err("not-replayed", &why);
		return 0;
	}
	return retention_replayed(j->pg, day, &r, e);
}

/* kept -> masked or deleted */
static int destroy(struct retention_job *j, int32_t day,
		   const struct retention_figures *f, struct err *e)
{
	struct day_name name = name_of(day);
	struct audit_event ev = {
		.operation = f->kept ? AUDIT_MASK : AUDIT_ERASE,
		.record_set = f->id_hash,
		.subjects = { f->travellers, true },
		.slices = { f->slices, true },
		.results = { f->hits, true },
		.mask_before = STR("full"),
		.mask_after = f->kept ? STR("masked") : STR_NONE,
		.regime = j->rules->names,
		.subject = str_of(name.text),
		.kept = { f->kept, true },
		.key_print = f->key_print,
		.replay = replay_word(&f->replay),
		.replayed = { f->replay.identical, f->replay.done },
		.differing = { f->replay.differ, f->replay.done },
		.unreplayed = { f->replay.unreached, f->replay.done },
	};
	int64_t files;

	if (key_mask_mark(j->keys, date_from_days(day), e))
		return e->code;
	at(j, "marked");
	if (key_mask_destroy(j->keys, date_from_days(day), &files, e))
		return e->code;
	at(j, "destroyed");
	if (retention_drop(j->pg, day, &ev, e))
		return e->code;
	at(j, "dropped");
	return 0;
}

/* Nobody could ever open what is kept: rather nothing is begun. */
static int check_custodian(struct retention_job *j, int32_t day,
			   bool everything, struct arena *a, struct err *e)
{
	struct retention_day *d;
	bool keeps = !j->rules->by_link;
	uint32_t nr;

	if (everything ||
	    key_kept_has_custodian(j->keys, date_from_days(j->today)))
		return 0;
	if (retention_days(&d, &nr, j->pg, j->today, a, e))
		return e->code;
	for (uint32_t i = 0; i < nr; i++)
		keeps |= d[i].day == day && d[i].linked > 0;
	return keeps ? err_at(e, ERR_USAGE, 0,
			      "the day %s has records to be kept, and nobody "
			      "is a custodian today who could open them: "
			      "'paxgate keys create --custodian' makes one",
			      day_digits_of(day).text)
		     : 0;
}

int retention_mask_day(struct retention_figures *out, struct retention_job *j,
		       int32_t day, bool everything, struct arena *a,
		       struct err *e)
{
	if (retention_state(out, j->pg, day, a, e))
		return e->code;
	if (!out->state.ptr && (check_custodian(j, day, everything, a, e) ||
				replay_day(j, day, e) || close_day(j, day, e) ||
				retention_state(out, j->pg, day, a, e)))
		return e->code;
	if (str_eq(out->state, STR("closed")) &&
	    (keep(j, day, everything, a, e) ||
	     retention_state(out, j->pg, day, a, e)))
		return e->code;
	if (str_eq(out->state, STR("kept")))
		return destroy(j, day, out, e);
	return 0;
}

int retention_erase_day(int64_t *nr, struct retention_job *j, int32_t day,
			bool all, struct err *e)
{
	struct day_name name = name_of(day);
	struct audit_event ev = { .operation = AUDIT_ERASE,
				  .mask_before = STR("masked"),
				  .regime = j->rules->names,
				  .subject = str_of(name.text) };
	struct row_tokens gone;
	struct arena a = { 0 };
	uint8_t hash[CRYPT_HASH_LEN];
	int64_t *sorted;

	*nr = 0;
	if (retention_lapsed(&gone, j->pg, day, j->today, all, &a, e) ||
	    (!gone.nr && !all))
		goto out;
	/* the keys first: without them the rows are noise */
	if (key_kept_remove(j->keys, date_from_days(day), all ? NULL : gone.v,
			    gone.nr, e))
		goto out;
	at(j, "unkeyed");
	sorted = arena_alloc(&a, (gone.nr + 1) * sizeof(*sorted));
	if (gone.nr)
		memcpy(sorted, gone.v, gone.nr * sizeof(*sorted));
	audit_set_hash(hash, sorted, gone.nr);
	ev.record_set = hash;
	ev.subjects = (struct audit_count){ gone.nr, true };
	if (!retention_erase(j->pg, day, &gone, all, &ev, e))
		*nr = gone.nr;
out:
	arena_release(&a);
	return e->code;
}
