/*
 * unmask_file.c - the text of the files that unmask.h speaks of
 */
#include "law/unmask.h"

#include <stdio.h>

#define FILE_WORD    "paxgate-unmask-1"
#define RELEASE_WORD "paxgate-release-1"

static void put_box(struct buf *out, const struct unmask_box *b)
{
	char hex[2 * CUSTODIAN_WRAP_MAX + 1] = "";

	if (b->wrap.len <= CUSTODIAN_WRAP_MAX)
		crypt_to_hex(hex, (const uint8_t *)b->wrap.ptr, b->wrap.len);
	buf_z(out, "box ");
	date_write(out, b->day);
	buf_fmt(out, " %016llx " STR_FMT " %s\n", (unsigned long long)b->record,
		STR_ARG(b->holders.ptr ? b->holders : STR("-")), hex);
}

void unmask_file_write(struct buf *out, const struct unmask_file *f)
{
	char hex[2 * CRYPT_KEY_LEN + 1];

	crypt_to_hex(hex, f->key, CRYPT_KEY_LEN);
	buf_fmt(out,
		FILE_WORD "\nrequest " STR_FMT "\ncase " STR_FMT
			  "\nauthority " STR_FMT "\nasked-by " STR_FMT
			  "\nasked-at ",
		STR_ARG(f->request), STR_ARG(f->case_id), STR_ARG(f->authority),
		STR_ARG(f->asked_by));
	moment_write(out, f->asked_at, true);
	buf_fmt(out, "\nkey %s\n", hex);
	for (uint32_t i = 0; i < f->fields.nr; i++)
		buf_fmt(out, "field " STR_FMT "\n", STR_ARG(f->fields.item[i]));
	for (uint32_t i = 0; i < f->nr; i++)
		put_box(out, &f->box[i]);
}

void unmask_release_write(struct buf *out, const struct unmask_release *r)
{
	char hex[2 * CRYPT_HASH_LEN + 1];

	crypt_to_hex(hex, r->file_hash, CRYPT_HASH_LEN);
	buf_fmt(out,
		RELEASE_WORD "\nrequest " STR_FMT "\nfile %s\nby " STR_FMT "\n",
		STR_ARG(r->request), hex, STR_ARG(r->by));
	for (uint32_t i = 0; i < r->nr; i++)
		put_box(out, &r->box[i]);
}

/* The value of the next line, which has to begin with `word`; or absent. */
static struct str take(struct str *rest, const char *word)
{
	struct str line = str_split(rest, '\n'), value = line;

	if (!str_eq(str_split(&value, ' '), str_of(word)) || str_empty(value))
		return STR_NONE;
	return value;
}

static bool is_next(struct str rest, const char *word)
{
	struct str line = str_split(&rest, '\n');

	return str_eq(str_split(&line, ' '), str_of(word));
}

static bool read_id(int64_t *id, struct str hex)
{
	uint8_t bytes[8];
	uint64_t v = 0;

	if (!crypt_from_hex(bytes, sizeof(bytes), hex))
		return false;
	for (size_t i = 0; i < sizeof(bytes); i++)
		v = v << 8 | bytes[i];
	*id = (int64_t)v;
	return true;
}

static bool read_box(struct unmask_box *b, struct str line, struct arena *a)
{
	struct str day = str_split(&line, ' ');
	struct str record = str_split(&line, ' ');
	struct str holders = str_split(&line, ' ');
	uint8_t *wrap = arena_alloc(a, CUSTODIAN_WRAP_MAX);

	b->holders = str_eq(holders, STR("-")) ? STR_NONE : holders;
	b->wrap = (struct str){ (const char *)wrap, line.len / 2 };
	return date_read(day, &b->day) && date_is_full(b->day) &&
	       date_is_valid(b->day) && read_id(&b->record, record) &&
	       !str_empty(holders) && line.len <= 2 * CUSTODIAN_WRAP_MAX &&
	       crypt_from_hex(wrap, line.len / 2, line);
}

static bool read_boxes(struct unmask_box **box, uint32_t *nr, struct str *rest,
		       struct arena *a)
{
	while (is_next(*rest, "box")) {
		if (*nr == UNMASK_BOXES_MAX ||
		    !read_box(arena_push(a, box, nr, sizeof(**box)),
			      take(rest, "box"), a))
			return false;
	}
	return str_empty(*rest) && *nr > 0;
}

static int not_one(struct err *e, const char *what)
{
	return err_at(e, ERR_SYNTAX, 0, "it is no %s, or it is damaged", what);
}

int unmask_file_read(struct unmask_file *out, struct str text, struct arena *a,
		     struct err *e)
{
	struct str rest = text, word = str_split(&rest, '\n');

	*out = (struct unmask_file){ .nr = 0 };
	out->request = take(&rest, "request");
	out->case_id = take(&rest, "case");
	out->authority = take(&rest, "authority");
	out->asked_by = take(&rest, "asked-by");
	if (!str_eq(word, STR(FILE_WORD)) || !out->request.ptr ||
	    !out->case_id.ptr || !out->authority.ptr || !out->asked_by.ptr ||
	    !moment_read(take(&rest, "asked-at"), &out->asked_at) ||
	    !crypt_from_hex(out->key, CRYPT_KEY_LEN, take(&rest, "key")))
		return not_one(e, "request to unmask");
	while (is_next(rest, "field")) {
		struct str field = take(&rest, "field");

		if (!field.ptr || out->fields.nr == UNMASK_BOXES_MAX)
			return not_one(e, "request to unmask");
		*(struct str *)arena_push(a, &out->fields.item, &out->fields.nr,
					  sizeof(field)) = field;
	}
	if (!read_boxes(&out->box, &out->nr, &rest, a))
		return not_one(e, "request to unmask");
	return 0;
}

int unmask_release_read(struct unmask_release *out, struct str text,
			struct arena *a, struct err *e)
{
	struct str rest = text, word = str_split(&rest, '\n');

	*out = (struct unmask_release){ .nr = 0 };
	out->request = take(&rest, "request");
	if (!str_eq(word, STR(RELEASE_WORD)) || !out->request.ptr ||
	    !crypt_from_hex(out->file_hash, CRYPT_HASH_LEN,
			    take(&rest, "file")))
		return not_one(e, "release of keys");
	out->by = take(&rest, "by");
	if (!out->by.ptr || !read_boxes(&out->box, &out->nr, &rest, a))
		return not_one(e, "release of keys");
	return 0;
}
