/*
 * batch_audit.c - what a batch did, as one event of the audit log
 *
 * Receiving, linking, screening and storing are one piece of automated work,
 * so they are one event: counts, a hash over the ids of the travellers
 * screened, and the hits by name as long as they are few.
 */
#include "db/query.h"
#include "engine/batch.h"

enum { HEX_DIGITS = 16 }; /* of a hash: which profiles, which lists */

static struct audit_count count(int64_t n)
{
	return (struct audit_count){ n, true };
}

/* Counts that are 0 are left out: most batches set nothing aside. */
static struct audit_count count_if(int64_t n)
{
	return (struct audit_count){ n, n != 0 };
}

static struct str short_hash(struct batch *b, const uint8_t *hash)
{
	char hex[2 * CRYPT_HASH_LEN + 1];

	crypt_to_hex(hex, hash, CRYPT_HASH_LEN);
	return arena_str(&b->arena, (struct str){ hex, HEX_DIGITS });
}

static const uint8_t *screened_set(struct batch *b)
{
	uint32_t nr = b->rows.nr_screened;
	uint8_t *hash = arena_alloc(&b->arena, CRYPT_HASH_LEN);
	int64_t *id = arena_alloc(&b->arena, (nr + 1) * sizeof(*id));

	for (uint32_t i = 0; i < nr; i++)
		id[i] = b->screened[i].traveller_id;
	audit_set_hash(hash, id, nr);
	return hash;
}

static struct audit_codes hit_names(struct batch *b)
{
	uint32_t nr = b->rows.nr_hit;
	struct str *name;

	if (!nr || nr > AUDIT_CODES_MAX)
		return (struct audit_codes){ NULL, 0 };
	name = arena_alloc(&b->arena, nr * sizeof(*name));
	for (uint32_t i = 0; i < nr; i++)
		name[i] = arena_fmt(
			&b->arena, "%s",
			hit_name_of(b->hit[i].clock_day, b->hit[i].hit_id)
				.text);
	return (struct audit_codes){ name, nr };
}

void batch_audit(struct batch *b)
{
	const struct screen_set *set = b->set;
	struct audit_event *ev = arena_alloc(&b->arena, sizeof(*ev));

	*ev = (struct audit_event){
		.operation = AUDIT_COLLECT,
		.mode = STR("pre-travel"),
		.records = hit_names(b),
		.results = count(b->rows.nr_hit),
		.subjects = count(b->rows.nr_screened),
		.messages = count(b->nr_messages),
		.slices = count_if(b->rows.nr_slice),
		.removed = count_if(b->rows.nr_removed),
		.quarantined = count_if(b->rows.nr_quarantine),
		.dropped_sensitive = count_if(b->sensitive),
		.dropped_other = count_if(b->removals - b->sensitive),
		.rule_version = short_hash(b, set->profiles_hash),
		.list_version = short_hash(b, set->watchlist_hash),
		.engine =
			arena_fmt(&b->arena, "semantics-%d", SCREEN_SEMANTICS),
		.regime = str_of(b->engine->config.regime),
		.received_at = b->received_at,
	};
	if (b->rows.nr_screened)
		ev->record_set = screened_set(b);
	b->rows.audit = ev;
}
