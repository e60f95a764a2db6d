#include "law/unmask.h"

#include "law/person_key.h"

#include <string.h>

#define LAW "Directive (EU) 2016/681 Art. 12(3)"

static const struct person_key_words words = {
	"paxgate-unmask-key-1 ",
	"paxgate-unmask-locked-1 ",
	"a one-time key",
};

void unmask_file_hash(uint8_t out[CRYPT_HASH_LEN], struct str text)
{
	crypt_hash(out, "unmask file", &text, 1);
}

/* What is signed: not to be taken for the approval of a profile. */
static void hash_of(uint8_t out[CRYPT_HASH_LEN], const struct approval *a,
		    struct str text)
{
	struct buf time = { 0 };
	struct str part[3] = { a->approver, STR_NONE, text };

	moment_write(&time, a->signed_at, true);
	part[1] = buf_view(&time);
	crypt_hash(out, "unmask approval", part, ARRAY_SIZE(part));
	buf_release(&time);
}

void unmask_sign(struct approval *a, const struct approver_key *key,
		 struct str text)
{
	uint8_t hash[CRYPT_HASH_LEN];

	hash_of(hash, a, text);
	crypt_sign(a->signature, key->secret_half,
		   (struct str){ (const char *)hash, sizeof(hash) });
}

int unmask_check(const struct approval *a, const struct approvers *r,
		 const struct unmask_file *f, struct str text, struct err *e)
{
	const struct approver *by = approver_find(r, a->approver);
	int64_t day = date_to_days(date_of_moment(a->signed_at));
	uint8_t hash[CRYPT_HASH_LEN];

	if (!by)
		return err_at(e, ERR_LEGAL, 0,
			      LAW ": '" STR_FMT "' is no judge of the register",
			      STR_ARG(str_slice(a->approver, 0, 60)));
	if (str_eq_nocase(a->approver, f->asked_by))
		return err_at(e, ERR_LEGAL, 0,
			      LAW ": who asked, '" STR_FMT "', cannot approve",
			      STR_ARG(f->asked_by));
	if (day < date_to_days(by->from) || day > date_to_days(by->until))
		return err_at(e, ERR_LEGAL, 0,
			      LAW ": the key of '" STR_FMT "' was not valid on "
				  "the day of the signature",
			      STR_ARG(a->approver));
	hash_of(hash, a, text);
	if (!crypt_is_signed(a->signature, by->key,
			     (struct str){ (const char *)hash, sizeof(hash) }))
		return err_at(e, ERR_LEGAL, 0,
			      LAW ": the signature of '" STR_FMT
				  "' is not over "
				  "this file",
			      STR_ARG(a->approver));
	return 0;
}

/* A key that is open, boxed for the one-time key. */
static int box_anew(struct unmask_box *b, const uint8_t *secret,
		    const struct unmask_file *f, struct arena *a, struct err *e)
{
	struct buf box = { 0 };

	if (!key_kept_secret_is(secret, b->day, b->record))
		return err_at(e, ERR_INTEGRITY, 0,
			      "a box holds the key of another record than the "
			      "file says");
	crypt_seal_box(&box, f->key,
		       (struct str){ (const char *)secret, KEPT_SECRET_LEN });
	if (box.failed)
		(void)err_at(e, ERR_NOMEM, 0, "out of memory");
	b->wrap = arena_str(a, buf_view(&box));
	b->holders = STR_NONE;
	buf_release(&box);
	return e->code;
}

/* One box, if it is for him: opened, or one box less around it. */
static int open_one(struct unmask_box *b, bool *his_own,
		    const struct unmask_file *f, const struct key_pair *his,
		    struct arena *a, struct err *e)
{
	uint8_t *inner = crypt_secret_new(CUSTODIAN_WRAP_MAX);
	struct str rest = b->holders;
	size_t len = b->wrap.len - CRYPT_BOX_EXTRA;

	*his_own = false;
	if (!inner)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	(void)str_split(&rest, '+');
	if (b->holders.ptr && b->wrap.len > CRYPT_BOX_EXTRA &&
	    len <= CUSTODIAN_WRAP_MAX && crypt_open_box(inner, his, b->wrap)) {
		*his_own = true;
		if (rest.ptr) {
			b->holders = rest;
			b->wrap = arena_str(
				a, (struct str){ (const char *)inner, len });
		} else if (len != KEPT_SECRET_LEN) {
			(void)err_at(e, ERR_INTEGRITY, 0,
				     "a box is not of a record's key");
		} else {
			(void)!box_anew(b, inner, f, a, e);
		}
	}
	crypt_secret_free(inner);
	return e->code;
}

/* What another custodian left is signed by nobody: the file says what is asked. */
static bool is_asked(const struct unmask_box *b, const struct unmask_file *f)
{
	for (uint32_t i = 0; i < f->nr; i++)
		if (f->box[i].record == b->record &&
		    date_to_days(f->box[i].day) == date_to_days(b->day))
			return true;
	return false;
}

int unmask_release_step(struct unmask_release *out, uint32_t *opened,
			const struct unmask_file *f,
			const uint8_t file_hash[CRYPT_HASH_LEN],
			const struct unmask_release *from,
			const struct key_pair *his, struct arena *a,
			struct err *e)
{
	uint32_t nr = from ? from->nr : f->nr;
	const struct unmask_box *box = from ? from->box : f->box;
	struct str name = STR_NONE;

	if (from && (memcmp(from->file_hash, file_hash, CRYPT_HASH_LEN) != 0 ||
		     !str_eq(from->request, f->request)))
		return err_at(e, ERR_LEGAL, 0,
			      LAW ": what was released before is of another "
				  "request");
	*opened = 0;
	*out = (struct unmask_release){
		.request = f->request,
		.by = from ? from->by : STR_NONE,
		.box = arena_alloc(a, (nr + 1) * sizeof(*out->box))
	};
	memcpy(out->file_hash, file_hash, CRYPT_HASH_LEN);
	for (uint32_t i = 0; i < nr; i++) {
		struct unmask_box b = box[i];
		struct str all = b.holders, first = str_split(&all, '+');
		bool his_own;

		if (!is_asked(&b, f))
			return err_at(e, ERR_LEGAL, 0,
				      LAW ": what was released before has a "
					  "record that is not in the file the "
					  "judge signed");
		if (open_one(&b, &his_own, f, his, a, e))
			return e->code;
		if (his_own) {
			++*opened;
			name = first;
		}
		/* boxes of others are not handed on: they are in the file */
		if (his_own || !b.holders.ptr)
			out->box[out->nr++] = b;
	}
	if (!*opened)
		return err_at(e, ERR_LEGAL, 0,
			      LAW ": none of its boxes is for this key: it is "
				  "another custodian's, or it is not his turn");
	out->by = out->by.ptr ? arena_fmt(a, STR_FMT " " STR_FMT,
					  STR_ARG(out->by), STR_ARG(name))
			      : name;
	return 0;
}

bool unmask_open(uint8_t key[CRYPT_KEY_LEN], const struct unmask_release *r,
		 struct date day, int64_t record, const struct key_pair *once)
{
	uint8_t *secret = crypt_secret_new(KEPT_SECRET_ROOM);
	bool good = false;

	for (uint32_t i = 0; secret && i < r->nr && !good; i++) {
		const struct unmask_box *b = &r->box[i];

		good = !b->holders.ptr && b->record == record &&
		       date_to_days(b->day) == date_to_days(day) &&
		       b->wrap.len == KEPT_SECRET_LEN + CRYPT_BOX_EXTRA &&
		       crypt_open_box(secret, once, b->wrap) &&
		       key_kept_secret_is(secret, day, record);
	}
	if (good)
		memcpy(key, secret + KEPT_SECRET_LEN - CRYPT_KEY_LEN,
		       CRYPT_KEY_LEN);
	crypt_secret_free(secret);
	return good;
}

int unmask_key_create(struct key_pair **out, const char *path, struct err *e)
{
	struct key_pair *pair = crypt_secret_new(sizeof(*pair));

	if (!pair)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	crypt_new_pair(pair);
	if (person_key_create(&words, path,
			      (struct str){ (const char *)pair->secret_half,
					    CRYPT_KEY_LEN },
			      STR_NONE, e)) {
		crypt_secret_free(pair);
		return e->code;
	}
	*out = pair;
	return 0;
}

int unmask_key_load(struct key_pair **out, const char *path, struct err *e)
{
	struct key_pair *pair = crypt_secret_new(sizeof(*pair));

	if (!pair)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (person_key_load(pair->secret_half, CRYPT_KEY_LEN, &words, path,
			    STR_NONE, e)) {
		crypt_secret_free(pair);
		return e->code;
	}
	crypt_find_public(pair);
	*out = pair;
	return 0;
}
