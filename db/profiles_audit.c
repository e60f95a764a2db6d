#include "db/profiles_audit.h"

#include "db/audit.h"

enum { HEX_DIGITS = 16 }; /* of a text's hash */

static const struct profile_item *find(const struct profile_items *in,
				       const struct profile_item *it)
{
	for (uint32_t i = 0; i < in->nr; i++)
		if (in->item[i].is_list == it->is_list &&
		    str_eq(in->item[i].name, it->name))
			return &in->item[i];
	return NULL;
}

static bool is_same(const struct profile_item *was,
		    const struct profile_item *now)
{
	return was && str_eq(was->state, now->state) &&
	       str_eq(was->text_hash, now->text_hash);
}

/* A sentence that the log takes: longer ones stand with the version alone. */
static struct str note(struct str s)
{
	return s.len <= AUDIT_NOTE_MAX ? s : STR_NONE;
}

static int record(struct pg *pg, const struct profile_item *it,
		  struct str state, struct str reason, struct arena *a,
		  struct err *e)
{
	char hex[2 * CRYPT_HASH_LEN + 1] = "";
	struct audit_event ev = {
		.operation = AUDIT_RULE_CHANGE,
		.rule_state = state,
		.justification = note(str_empty(it->why) ? reason : it->why),
	};

	if (it->text_hash.len == CRYPT_HASH_LEN)
		crypt_to_hex(hex, (const uint8_t *)it->text_hash.ptr,
			     CRYPT_HASH_LEN);
	if (it->is_list) {
		ev.list = it->name;
		ev.list_version = str_slice(str_of(hex), 0, HEX_DIGITS);
	} else {
		ev.rule = it->name;
		ev.rule_version = arena_fmt(a, "%d", it->revision);
	}
	return audit_record(pg, &ev, e);
}

int profiles_audit(struct pg *pg, const struct profile_items *now,
		   struct str reason, struct err *e)
{
	struct profile_items was;
	struct arena a = { 0 };
	int rc = profiles_read(&was, pg, now->version - 1, &a, e);

	for (uint32_t i = 0; i < now->nr && rc == 0; i++)
		if (!is_same(find(&was, &now->item[i]), &now->item[i]))
			rc = record(pg, &now->item[i], now->item[i].state,
				    reason, &a, e);
	for (uint32_t i = 0; rc == 0 && i < was.nr; i++)
		if (!find(now, &was.item[i]))
			rc = record(pg, &was.item[i], STR("removed"), reason,
				    &a, e);
	arena_release(&a);
	return rc;
}

int profiles_audit_revision(struct pg *pg, struct str name, int32_t revision,
			    const char *state, struct str approver,
			    struct err *e)
{
	struct arena a = { 0 };
	struct audit_event ev = {
		.operation = AUDIT_RULE_CHANGE,
		.rule = name,
		.rule_version = arena_fmt(&a, "%d", revision),
		.rule_state = str_of(state),
		.approver = approver,
	};
	int rc = audit_record(pg, &ev, e);

	arena_release(&a);
	return rc;
}
