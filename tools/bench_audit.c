/*
 * bench_audit.c - audit.*: how fast an exported log is verified
 */
#include "law/audit_log.h"
#include "tools/bench.h"
#include "tools/bench_figure.h"

#include <string.h>

enum { CHAINS = 8, EVENTS = 4000 }; /* of each chain */

struct made {
	struct bench *b;
	struct str file;
	struct str *line;
	uint32_t nr;
	uint8_t key[1][CRYPT_KEY_LEN];
	bool broken; /* our own log is not in order */
};

/* The event of a batch, as the engine writes it. */
static int write_event(struct buf *line, int i, struct err *e)
{
	struct str hit[] = { STR("20261122-9f3c01d2a4b5c6d7"),
			     STR("20261122-03a1c7e5d9f0b2c4") };
	uint8_t set[CRYPT_HASH_LEN] = { (uint8_t)i, (uint8_t)(i >> 8) };
	struct audit_event ev = {
		.at_ms = INT64_C(1795000000000) + i,
		.operation = AUDIT_COLLECT,
		.outcome = STR("done"),
		.actor = STR("paxgate-engine"),
		.acting_as = STR("PIU"),
		.home_authority = STR("PIU"),
		.workstation = STR("engine-1.example"),
		.mode = STR("pre-travel"),
		.records = { i % 3 ? NULL : hit, 2 },
		.record_set = set,
		.results = { i % 3 ? 0 : 2, true },
		.subjects = { 100 + i % 200, true },
		.messages = { 32, true },
		.rule_version = STR("0123456789abcdef"),
		.list_version = STR("0123456789abcdef"),
		.engine = STR("semantics-3"),
		.regime = STR("eu_pnr_2016_681_ljdh"),
	};

	buf_clear(line);
	return audit_event_write(line, &ev, e);
}

static int make_chain(struct buf *events, struct audit_span *s, struct made *m,
		      struct err *e)
{
	struct buf line = { 0 };
	int rc = 0;

	for (int i = 0; i < EVENTS && rc == 0; i++) {
		uint8_t hash[CRYPT_HASH_LEN];

		rc = write_event(&line, i, e);
		s->last++;
		audit_hash(hash, s->hash, s->chain, s->last, buf_view(&line));
		memcpy(s->hash, hash, sizeof(hash));
		audit_log_event(events,
				&(struct audit_link){ s->chain, buf_view(&line),
						      s->last, s->hash });
		*(struct str *)arena_push(&m->b->arena, &m->line, &m->nr,
					  sizeof(*m->line)) =
			arena_str(&m->b->arena, buf_view(&line));
	}
	buf_release(&line);
	return rc;
}

/* A log in memory, signed by a key made for it. */
static int make_log(struct made *m, struct err *e)
{
	struct audit_span span[CHAINS] = { { .first = 1 } };
	struct audit_checkpoint point = { .nr = 1,
					  .at = { 1795000000, MOMENT_SECOND },
					  .span = span,
					  .nr_span = CHAINS };
	struct audit_signed s = { .nr = 1 };
	struct buf events = { 0 }, text = { 0 }, file = { 0 };
	uint8_t secret[CRYPT_SIGNER_LEN];
	int rc = 0;

	for (int k = 0; k < CHAINS && rc == 0; k++) {
		span[k] = (struct audit_span){
			.chain = arena_fmt(&m->b->arena, "engine/%d", k + 1),
			.first = 1,
		};
		rc = make_chain(&events, &span[k], m, e);
	}
	audit_checkpoint_write(&text, &point);
	s.text = buf_view(&text);
	crypt_new_signer(m->key[0], secret);
	audit_checkpoint_sign(&s, m->key[0], secret);
	audit_log_begin(&file);
	audit_log_checkpoint(&file, &s);
	buf_str(&file, buf_view(&events));
	m->file = arena_str(&m->b->arena, buf_view(&file));
	buf_release(&events);
	buf_release(&text);
	buf_release(&file);
	return rc;
}

static double verify(void *arg)
{
	struct made *m = arg;
	struct arena a = { 0 };
	struct audit_check c;

	audit_check_init(&c, &a, (const uint8_t(*)[CRYPT_KEY_LEN])m->key, 1);
	audit_log_check(&c, m->file);
	m->broken |= c.faults > 0;
	arena_release(&a);
	return (double)c.events;
}

/* The hashes alone. */
static double hash_all(void *arg)
{
	struct made *m = arg;
	uint8_t hash[CRYPT_HASH_LEN];

	for (uint32_t i = 0; i < m->nr; i++)
		crypt_hash(hash, "bench", &m->line[i], 1);
	return m->nr;
}

int bench_audit(struct bench *b, struct err *e)
{
	struct made m = { .b = b };
	int rc = make_log(&m, e);
	struct timing limit;

	if (rc < 0)
		return rc;
	limit = bench_time(hash_all, &m, b->ms);
	figure_print(&(struct figure){
		.name = "audit.verify",
		.unit = "events/s",
		.per_second = 1,
		.timing = bench_time(verify, &m, b->ms),
		.limit = 1 / limit.median,
		.of = arena_fmt(&b->arena,
				"an exported log of %u events of %zu bytes; "
				"limit: their BLAKE2b alone",
				m.nr, m.file.len / m.nr)
			      .ptr });
	return m.broken ? err_at(e, ERR_INTEGRITY, 0,
				 "the log made here is not in order")
			: 0;
}
