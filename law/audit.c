#include "law/audit.h"

#include "base/json_write.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

const uint8_t audit_origin[CRYPT_HASH_LEN];

enum field_type { CODE, NOTE, COUNT, TIME, CODES, HASH };

/* clang-format off */
static const struct field {
	const char *name;
	enum field_type type;
	size_t offset;
} fields[] = {
#define FIELD(m, TYPE, help) { #m, TYPE, offsetof(struct audit_event, m) },
#include "law/audit.def"
};

static const char *const words[] = {
#define OPERATION(word, help) [AUDIT_##word] = #word,
#include "law/audit.def"
};
/* clang-format on */

const char *audit_operation_word(enum audit_operation op)
{
	return words[op];
}

/* Fit to stand in a log: UTF-8, no control character, not too long. */
static bool is_fit(struct str s, size_t most)
{
	if (s.len > most)
		return false;
	while (s.len) {
		size_t n = str_utf8_len(s);

		if (!n || (unsigned char)*s.ptr < ' ' || *s.ptr == 0x7f)
			return false;
		s = str_slice(s, n, s.len);
	}
	return true;
}

static bool list_is_fit(const struct audit_codes *c)
{
	if (c->nr > AUDIT_CODES_MAX)
		return false;
	for (uint32_t i = 0; c->v && i < c->nr; i++)
		if (!is_fit(c->v[i], AUDIT_CODE_MAX))
			return false;
	return true;
}

static bool field_is_fit(const struct field *f, const void *at)
{
	switch (f->type) {
	case CODE:
		return is_fit(*(const struct str *)at, AUDIT_CODE_MAX);
	case NOTE:
		return is_fit(*(const struct str *)at, AUDIT_NOTE_MAX);
	case CODES:
		return list_is_fit(at);
	case COUNT:
	case TIME:
	case HASH:
		break;
	}
	return true;
}

static void write_list(struct json *j, const char *name,
		       const struct audit_codes *c)
{
	if (!c->v)
		return;
	json_open(j, name, '[');
	for (uint32_t i = 0; i < c->nr; i++)
		json_str(j, NULL, c->v[i]);
	json_close(j, ']');
}

static void write_field(struct json *j, const struct field *f, const void *at)
{
	const struct audit_count *n = at;
	const struct moment *m = at;
	const uint8_t *const *hash = at;
	char hex[2 * CRYPT_HASH_LEN + 1];

	switch (f->type) {
	case CODE:
	case NOTE:
		if (((const struct str *)at)->ptr)
			json_str(j, f->name, *(const struct str *)at);
		break;
	case COUNT:
		if (n->set)
			json_int(j, f->name, n->v);
		break;
	case TIME:
		if (moment_is_set(*m))
			json_moment(j, f->name, *m, true);
		break;
	case CODES:
		write_list(j, f->name, at);
		break;
	case HASH:
		if (!*hash)
			break;
		crypt_to_hex(hex, *hash, CRYPT_HASH_LEN);
		json_z(j, f->name, hex);
		break;
	}
}

/* "2026-11-22T10:00:00.123Z": always so long, so that texts sort by time. */
static void write_time(struct json *j, int64_t ms)
{
	struct moment m = { ms / 1000, MOMENT_SECOND };
	struct buf text = { 0 };

	moment_write(&text, m, false);
	buf_fmt(&text, ".%03dZ", (int)(ms % 1000));
	json_str(j, "at", buf_view(&text));
	buf_release(&text);
}

int audit_event_write(struct buf *out, const struct audit_event *ev,
		      struct err *e)
{
	const char *base = (const char *)ev;
	size_t before = out->len;
	struct json j;

	if (ev->operation <= AUDIT_NONE || ev->operation >= AUDIT_OPERATIONS ||
	    ev->at_ms <= 0)
		return err_at(e, ERR_VALUE, 0,
			      "an event of the audit log needs an operation "
			      "and a time");
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		if (!field_is_fit(&fields[i], base + fields[i].offset))
			return err_at(e, ERR_VALUE, 0,
				      "'%s' does not fit into the audit log: "
				      "too long, not UTF-8 or with control "
				      "characters",
				      fields[i].name);
	json_init(&j, out);
	json_open(&j, NULL, '{');
	write_time(&j, ev->at_ms);
	json_z(&j, "operation", words[ev->operation]);
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		write_field(&j, &fields[i], base + fields[i].offset);
	json_close(&j, '}');
	if (out->failed)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (out->len - before <= AUDIT_LINE_MAX)
		return 0;
	out->len = before;
	return err_at(e, ERR_VALUE, 0,
		      "an event of the audit log is longer than %d bytes: "
		      "hash the ids instead",
		      AUDIT_LINE_MAX);
}

void audit_hash(uint8_t out[CRYPT_HASH_LEN],
		const uint8_t before[CRYPT_HASH_LEN], struct str chain,
		int64_t seq, struct str line)
{
	uint64_t number = htole64((uint64_t)seq);
	const struct str part[] = {
		{ (const char *)before, CRYPT_HASH_LEN },
		chain,
		{ (const char *)&number, sizeof(number) },
		line,
	};

	crypt_hash(out, "audit event 1", part, ARRAY_SIZE(part));
}

static int by_value(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

void audit_set_hash(uint8_t out[CRYPT_HASH_LEN], int64_t *id, size_t nr)
{
	struct str all;
	size_t kept = 0;

	if (nr)
		qsort(id, nr, sizeof(*id), by_value);
	for (size_t i = 0; i < nr; i++)
		if (!kept || id[i] != id[kept - 1])
			id[kept++] = id[i];
	for (size_t i = 0; i < kept; i++)
		id[i] = (int64_t)htole64((uint64_t)id[i]);
	all = (struct str){ nr ? (const char *)id : "", kept * sizeof(*id) };
	crypt_hash(out, "audit ids 1", &all, 1);
}

bool audit_is_chain(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') && !strchr("._-/", c))
			return false;
		if (!c)
			return false;
	}
	return name.len && name.len <= AUDIT_CHAIN_MAX;
}
