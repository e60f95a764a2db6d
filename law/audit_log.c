#include "law/audit_log.h"

#include <string.h>

#define FIRST_LINE "paxgate-audit-log 1"

void audit_log_begin(struct buf *out)
{
	buf_z(out, FIRST_LINE "\n");
}

static void add_hex(struct buf *out, const uint8_t *bin, size_t len)
{
	char *room = buf_room(out, 2 * len + 1);

	if (!room)
		return;
	crypt_to_hex(room, bin, len);
	room[2 * len] = ' ';
}

void audit_log_checkpoint(struct buf *out, const struct audit_signed *s)
{
	buf_fmt(out, "checkpoint %lld ", (long long)s->nr);
	add_hex(out, s->key, CRYPT_KEY_LEN);
	add_hex(out, s->signature, CRYPT_SIGNATURE_LEN);
	buf_str(out, s->text);
	buf_byte(out, '\n');
}

void audit_log_event(struct buf *out, const struct audit_link *l)
{
	buf_fmt(out, "event " STR_FMT " %lld ", STR_ARG(l->chain),
		(long long)l->seq);
	add_hex(out, l->hash, CRYPT_HASH_LEN);
	buf_str(out, l->line);
	buf_byte(out, '\n');
}

/* Small letters only: each hash has one spelling. */
static bool take_hex(uint8_t *out, size_t len, struct str *rest)
{
	struct str hex = str_split(rest, ' ');

	for (size_t i = 0; i < hex.len; i++)
		if (hex.ptr[i] >= 'A' && hex.ptr[i] <= 'F')
			return false;
	return crypt_from_hex(out, len, hex);
}

bool audit_log_read_checkpoint(struct audit_signed *s, struct str rest)
{
	return str_eq(str_split(&rest, ' '), STR("checkpoint")) &&
	       str_to_i64(str_split(&rest, ' '), &s->nr) &&
	       take_hex(s->key, CRYPT_KEY_LEN, &rest) &&
	       take_hex(s->signature, CRYPT_SIGNATURE_LEN, &rest) &&
	       (s->text = rest).ptr;
}

/* "CHAIN NR HASH LINE". */
static bool read_event(struct audit_link *l, uint8_t hash[CRYPT_HASH_LEN],
		       struct str rest)
{
	l->chain = str_split(&rest, ' ');
	l->hash = hash;
	return audit_is_chain(l->chain) &&
	       str_to_i64(str_split(&rest, ' '), &l->seq) &&
	       take_hex(hash, CRYPT_HASH_LEN, &rest) && (l->line = rest).ptr;
}

/* One line behind the first; *events: the checkpoints are over. */
static bool check_line(struct audit_check *c, struct str line, bool *events)
{
	uint8_t hash[CRYPT_HASH_LEN];
	struct audit_signed s;
	struct audit_link l;
	struct str rest = line, word = str_split(&rest, ' ');

	if (str_eq(word, STR("event")) && read_event(&l, hash, rest)) {
		if (!*events)
			audit_check_heads(c, NULL, 0);
		*events = true;
		audit_check_event(c, &l);
		return true;
	}
	if (*events || !audit_log_read_checkpoint(&s, line))
		return false;
	audit_check_checkpoint(c, &s);
	return true;
}

void audit_log_check(struct audit_check *c, struct str text)
{
	struct str line = str_split(&text, '\n');
	bool events = false;
	long long nr = 1;

	if (!str_eq(line, STR(FIRST_LINE)))
		audit_check_fault(c, STR_NONE, 1,
				  "line 1: not a log of paxgate: it begins "
				  "with '" FIRST_LINE "'");
	while (text.ptr && text.len) {
		bool whole = memchr(text.ptr, '\n', text.len);

		line = str_split(&text, '\n');
		nr++;
		if (!whole)
			audit_check_fault(c, STR_NONE, nr, "line %lld: cut off",
					  nr);
		else if (!check_line(c, line, &events))
			audit_check_fault(c, STR_NONE, nr,
					  "line %lld: cannot be read", nr);
	}
	if (!c->checkpoints)
		audit_check_fault(c, STR_NONE, 0, "there is no checkpoint");
	if (!events)
		audit_check_heads(c, NULL, 0);
	audit_check_end(c);
}
