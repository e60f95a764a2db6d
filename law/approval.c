#include "law/approval.h"

#define FORMAT_WORD "paxgate-approval-1"
#define FOUR_EYES   "Directive (EU) 2016/681 Art. 6(4) and C-817/19, 194"

/* What is signed: no two profiles, names or times give the same hash. */
static void hash_of(uint8_t out[CRYPT_HASH_LEN], const struct approval *a,
		    struct str content)
{
	struct buf time = { 0 };
	struct str part[3] = { a->approver, STR_NONE, content };

	moment_write(&time, a->signed_at, true);
	part[1] = buf_view(&time);
	crypt_hash(out, "profile approval", part, ARRAY_SIZE(part));
	buf_release(&time);
}

void approval_sign(struct approval *a, const struct approver_key *key,
		   struct str content)
{
	uint8_t hash[CRYPT_HASH_LEN];

	hash_of(hash, a, content);
	crypt_sign(a->signature, key->secret_half,
		   (struct str){ (const char *)hash, sizeof(hash) });
}

int approval_check(const struct approval *a, const struct approvers *r,
		   struct str author, struct str content, struct err *e)
{
	const struct approver *by = approver_find(r, a->approver);
	uint8_t hash[CRYPT_HASH_LEN];
	int64_t day = date_to_days(date_of_moment(a->signed_at));

	if (!by)
		return err_at(e, ERR_LEGAL, 0,
			      FOUR_EYES ": '" STR_FMT "' is no registered "
					"approver; see keys.approvers",
			      STR_ARG(str_slice(a->approver, 0, 60)));
	if (str_eq_nocase(a->approver, author))
		return err_at(e, ERR_LEGAL, 0,
			      FOUR_EYES ": the author, '" STR_FMT "', cannot "
					"approve his own profile; ask another "
					"approver",
			      STR_ARG(author));
	if (day < date_to_days(by->from) || day > date_to_days(by->until))
		return err_at(e, ERR_LEGAL, 0,
			      FOUR_EYES ": the key of '" STR_FMT "' is not "
					"valid on the day of the signature; "
					"have it approved with a valid one",
			      STR_ARG(a->approver));
	hash_of(hash, a, content);
	if (!crypt_is_signed(a->signature, by->key,
			     (struct str){ (const char *)hash, sizeof(hash) }))
		return err_at(e, ERR_LEGAL, 0,
			      FOUR_EYES ": the signature of '" STR_FMT "' is "
					"not over this text; what was changed "
					"has to be approved again",
			      STR_ARG(a->approver));
	return 0;
}

void approval_write(struct buf *out, const struct approval *a)
{
	char hex[2 * CRYPT_SIGNATURE_LEN + 1];

	crypt_to_hex(hex, a->signature, CRYPT_SIGNATURE_LEN);
	buf_fmt(out, FORMAT_WORD "\napprover: " STR_FMT "\nsigned: ",
		STR_ARG(a->approver));
	moment_write(out, a->signed_at, true);
	buf_fmt(out, "\nsignature: %s\n", hex);
}

/* The text of the next line behind its key; absent: another line. */
static struct str take_line(struct str *rest, const char *key)
{
	struct str line = str_split(rest, '\n');
	size_t len = str_of(key).len;

	return str_starts(line, str_of(key)) ? str_slice(line, len, line.len)
					     : STR_NONE;
}

int approval_read(struct approval *out, struct str text, struct err *e)
{
	struct str rest = text, word = take_line(&rest, FORMAT_WORD);
	struct str approver = take_line(&rest, "approver: ");
	struct str time = take_line(&rest, "signed: ");
	struct str hex = take_line(&rest, "signature: ");

	*out = (struct approval){ .approver = approver };
	if (word.ptr && !word.len && approver_is_name(approver) &&
	    moment_read(time, &out->signed_at) &&
	    out->signed_at.precision == MOMENT_SECOND &&
	    crypt_from_hex(out->signature, CRYPT_SIGNATURE_LEN, hex) &&
	    str_empty(rest))
		return 0;
	return err_at(e, ERR_SYNTAX, 0,
		      "not an approval: expected the lines '" FORMAT_WORD
		      "', 'approver: NAME', 'signed: TIME', 'signature: HEX'");
}
