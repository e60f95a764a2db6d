/*
 * t_audit.c - the audit log's text, chains and checkpoints; every kind of
 * tampering is seen
 */
#include "law/audit_log.h"
#include "tests/unit/unit.h"

#include <string.h>

enum { CHAINS = 3, EVENTS = 12 };

static uint8_t public_half[1][CRYPT_KEY_LEN], secret_half[CRYPT_SIGNER_LEN];
static const char *const names[CHAINS] = { "engine/1", "engine/2", "piu-07/1" };
static struct arena arena;

/* A log of three chains in memory, with two checkpoints. */
static struct log {
	struct audit_link link[CHAINS][EVENTS];
	struct audit_span span[CHAINS];
	struct audit_signed sign[2];
} log_;

static struct str line_of(int i)
{
	struct audit_event ev = { .at_ms = INT64_C(1795000000000) + i,
				  .operation = AUDIT_CONSULT,
				  .outcome = STR("done"),
				  .actor = STR("analyst-07"),
				  .results = { i, true } };
	struct err e = { 0 };
	struct buf b = { 0 };
	struct str s;

	ck_assert_msg(audit_event_write(&b, &ev, &e) == 0, "%s", e.text);
	s = arena_str(&arena, buf_view(&b));
	buf_release(&b);
	return s;
}

static void sign(int i, uint32_t nr_span, int64_t shorter)
{
	struct audit_checkpoint p = { .nr = i + 1,
				      .at = { 1795000000 + i, MOMENT_SECOND },
				      .nr_span = nr_span };
	struct audit_span span[CHAINS];
	struct buf b = { 0 };

	memcpy(span, log_.span, sizeof(span));
	for (uint32_t k = 0; k < nr_span; k++) {
		span[k].last -= shorter;
		memcpy(span[k].hash, log_.link[k][span[k].last - 1].hash,
		       CRYPT_HASH_LEN);
	}
	if (i)
		audit_checkpoint_hash(p.before, log_.sign[i - 1].text);
	p.span = span;
	audit_checkpoint_write(&b, &p);
	log_.sign[i] = (struct audit_signed){
		.nr = i + 1, .text = arena_str(&arena, buf_view(&b))
	};
	audit_checkpoint_sign(&log_.sign[i], public_half[0], secret_half);
	buf_release(&b);
}

static void make_log(void)
{
	struct err e = { 0 };

	ck_assert_int_eq(crypt_init(&e), 0);
	crypt_new_signer(public_half[0], secret_half);
	for (int k = 0; k < CHAINS; k++) {
		const uint8_t *before = audit_origin;

		for (int i = 0; i < EVENTS; i++) {
			struct audit_link *l = &log_.link[k][i];
			uint8_t *hash = arena_alloc(&arena, CRYPT_HASH_LEN);

			*l = (struct audit_link){ str_of(names[k]), line_of(i),
						  i + 1, hash };
			audit_hash(hash, before, l->chain, l->seq, l->line);
			before = hash;
		}
		log_.span[k] = (struct audit_span){ .chain = str_of(names[k]),
						    .first = 1,
						    .last = EVENTS };
		memcpy(log_.span[k].hash, before, CRYPT_HASH_LEN);
	}
	sign(0, 2, 4);
	sign(1, CHAINS, 0);
}

/* As a file. */
static void write_log(struct buf *out)
{
	audit_log_begin(out);
	for (int i = 0; i < 2; i++)
		audit_log_checkpoint(out, &log_.sign[i]);
	for (int k = 0; k < CHAINS; k++)
		for (int i = 0; i < EVENTS; i++)
			if (log_.link[k][i].seq)
				audit_log_event(out, &log_.link[k][i]);
}

/* How many faults there are; the first must hold `word` unless it is NULL. */
static int64_t faults(struct str text, const char *word)
{
	struct audit_check c;

	audit_check_init(&c, &arena, public_half, 1);
	audit_log_check(&c, text);
	if (word && c.nr_fault)
		ck_assert_msg(str_find(c.fault[0].what, str_of(word)) >= 0,
			      "'" STR_FMT "', not '%s'",
			      STR_ARG(c.fault[0].what), word);
	if (!word && c.nr_fault)
		ck_abort_msg(STR_FMT ": " STR_FMT, STR_ARG(c.fault[0].chain),
			     STR_ARG(c.fault[0].what));
	if (word)
		ck_assert_msg(c.faults > 0, "no '%s'", word);
	return c.faults;
}

/* Write, check and forget. */
static int64_t log_faults(const char *word)
{
	struct buf b = { 0 };
	int64_t n;

	write_log(&b);
	n = faults(buf_view(&b), word);
	buf_release(&b);
	return n;
}

START_TEST(text_of_an_event_is_canonical)
{
	struct str list[] = { STR("a"), STR("b\"c") };
	uint8_t hash[CRYPT_HASH_LEN] = { 0xab };
	struct audit_event ev = {
		.at_ms = INT64_C(1795341600007),
		.operation = AUDIT_EXPORT,
		.actor = STR("analyst-07"),
		.offence = STR("04"),
		.records = { list, 2 },
		.record_set = hash,
		.subjects = { 0, true },
		.until = { 1795341600, MOMENT_SECOND },
	};
	struct buf b = { 0 };
	struct err e = { 0 };

	ck_assert_int_eq(audit_event_write(&b, &ev, &e), 0);
	ck_str_is(
		buf_view(&b),
		"{\"at\":\"2026-11-22T10:00:00.007Z\",\"operation\":\"EXPORT\","
		"\"actor\":\"analyst-07\",\"offence\":\"04\","
		"\"records\":[\"a\",\"b\\\"c\"],\"record_set\":\"ab000000000000"
		"00000000000000000000000000000000000000000000000000\","
		"\"subjects\":0,\"until\":\"2026-11-22T10:00:00Z\"}");
	buf_release(&b);
}
END_TEST

START_TEST(what_does_not_fit_is_refused)
{
	static char long_[AUDIT_NOTE_MAX + 2];
	struct str many[AUDIT_CODES_MAX + 1];
	struct buf b = { 0 };

	memset(long_, 'x', sizeof(long_) - 1);
	for (size_t i = 0; i < ARRAY_SIZE(many); i++)
		many[i] = STR("id");
	for (int i = 0; i < 12; i++) {
		struct audit_event ev = { .at_ms = 1,
					  .operation = AUDIT_REVIEW };
		struct err e = { 0 };
		bool good = false;

		switch (i) {
		case 0:
			ev.operation = AUDIT_NONE;
			break;
		case 1:
			ev.operation = AUDIT_OPERATIONS;
			break;
		case 2:
			ev.at_ms = 0;
			break;
		case 3:
			ev.actor = STR("a\nb");
			break;
		case 4:
			ev.actor = STR("a\xff");
			break;
		case 5:
			ev.case_id = (struct str){ long_, AUDIT_CODE_MAX + 1 };
			break;
		case 6:
			ev.justification = str_of(long_);
			break;
		case 7:
			ev.records =
				(struct audit_codes){ many, ARRAY_SIZE(many) };
			break;
		case 8:
			ev.case_id = (struct str){ long_, AUDIT_CODE_MAX };
			good = true;
			break;
		case 9:
			ev.justification =
				(struct str){ long_, AUDIT_NOTE_MAX };
			good = true;
			break;
		case 10:
			ev.records =
				(struct audit_codes){ many, AUDIT_CODES_MAX };
			good = true;
			break;
		case 11:
			ev.actor = STR("\xc3\xa4 b");
			good = true;
			break;
		}
		buf_clear(&b);
		ck_assert_int_eq(audit_event_write(&b, &ev, &e),
				 good ? 0 : ERR_VALUE);
		ck_assert_msg(!b.len == !good, "case %d", i);
	}
	buf_release(&b);
}
END_TEST

START_TEST(set_hash_knows_no_order)
{
	int64_t a[] = { 3, -1, 2, 3 }, b[] = { -1, 2, 3 }, c[] = { -1, 2 };
	uint8_t ha[CRYPT_HASH_LEN], hb[CRYPT_HASH_LEN], hc[CRYPT_HASH_LEN];

	audit_set_hash(ha, a, 4);
	audit_set_hash(hb, b, 3);
	audit_set_hash(hc, c, 2);
	ck_assert_mem_eq(ha, hb, CRYPT_HASH_LEN);
	ck_assert_mem_ne(ha, hc, CRYPT_HASH_LEN);
	audit_set_hash(ha, NULL, 0);
	ck_assert_mem_ne(ha, hc, CRYPT_HASH_LEN);
}
END_TEST

START_TEST(whole_log_is_whole)
{
	make_log();
	ck_assert_int_eq(log_faults(NULL), 0);
}
END_TEST

/* Not one bit of the file may differ. */
START_TEST(changed_bit_is_found)
{
	struct buf b = { 0 };

	make_log();
	write_log(&b);
	for (size_t i = 0; i < b.len; i++) {
		char was = b.data[i];

		b.data[i] = (char)(was ^ (1 << i % 8));
		ck_assert_msg(faults(buf_view(&b), "") > 0, "byte %zu", i);
		b.data[i] = was;
	}
	ck_assert_int_eq(faults(buf_view(&b), NULL), 0);
	buf_release(&b);
}
END_TEST

START_TEST(removed_row_is_found)
{
	make_log();
	for (int i = 0; i < EVENTS; i++) {
		log_.link[1][i].seq = 0;
		log_faults(i < EVENTS - 1 ? "are missing" : "tail is cut off");
		log_.link[1][i].seq = i + 1;
	}
}
END_TEST

START_TEST(swapped_pair_is_found)
{
	struct audit_link *l;
	struct str line;

	make_log();
	/* the rows */
	l = log_.link[2];
	for (int i = 0; i + 1 < EVENTS; i++) {
		struct audit_link was = l[i];

		l[i] = l[i + 1];
		l[i + 1] = was;
		log_faults("are missing");
		l[i + 1] = l[i];
		l[i] = was;
	}
	/* their contents, as in a table sorted by number */
	line = l[4].line;
	l[4].line = l[5].line;
	l[5].line = line;
	ck_assert_int_eq(log_faults("was changed"), 2);
}
END_TEST

START_TEST(doubled_and_added_rows_are_found)
{
	struct buf b = { 0 };

	make_log();
	write_log(&b);
	audit_log_event(&b, &log_.link[2][EVENTS - 1]);
	faults(buf_view(&b), "doubled");
	buf_clear(&b);
	write_log(&b);
	log_.link[2][0].seq = EVENTS + 1;
	audit_hash((uint8_t *)(uintptr_t)log_.link[2][0].hash,
		   log_.span[2].hash, log_.link[2][0].chain, EVENTS + 1,
		   log_.link[2][0].line);
	audit_log_event(&b, &log_.link[2][0]);
	faults(buf_view(&b), "behind the end");
	buf_clear(&b);
	make_log();
	write_log(&b);
	log_.link[0][0].chain = STR("zz/1");
	audit_log_event(&b, &log_.link[0][0]);
	faults(buf_view(&b), "nobody knows");
	buf_release(&b);
}
END_TEST

/* At each byte: but for the last, the file is no whole one. */
START_TEST(cut_tail_is_found)
{
	struct buf b = { 0 };

	make_log();
	write_log(&b);
	for (size_t n = 0; n < b.len; n += n < b.len - 300 ? 7 : 1)
		faults((struct str){ b.data, n }, "");
	ck_assert_int_eq(faults(buf_view(&b), NULL), 0);
	buf_release(&b);
}
END_TEST

START_TEST(missing_chain_is_found)
{
	make_log();
	for (int i = 0; i < EVENTS; i++)
		log_.link[1][i].seq = 0;
	log_faults("events 1 to 12 are missing");
}
END_TEST

/* All hashes made anew: what was signed earlier tells. */
START_TEST(rewritten_chain_is_found)
{
	const uint8_t *before = audit_origin;

	make_log();
	log_.link[0][7].line = line_of(999);
	for (int i = 0; i < EVENTS; i++) {
		struct audit_link *l = &log_.link[0][i];

		audit_hash((uint8_t *)(uintptr_t)l->hash, before, l->chain,
			   l->seq, l->line);
		before = l->hash;
	}
	log_faults("that checkpoint 1 signed");
}
END_TEST

START_TEST(checkpoints_are_checked)
{
	struct audit_signed was, other;
	struct buf b = { 0 };
	uint8_t p[CRYPT_KEY_LEN], s[CRYPT_SIGNER_LEN];

	make_log();
	/* by a stranger, rightly */
	crypt_new_signer(p, s);
	was = log_.sign[1];
	audit_checkpoint_sign(&log_.sign[1], p, s);
	ck_assert_int_eq(log_faults("not trusted"), 1);
	/* in the stranger's hand, under our name */
	memcpy(log_.sign[1].key, public_half[0], CRYPT_KEY_LEN);
	ck_assert_int_eq(log_faults("signature is not over"), 1);
	log_.sign[1] = was;
	/* the first one is missing */
	audit_log_begin(&b);
	audit_log_checkpoint(&b, &log_.sign[1]);
	faults(buf_view(&b), "checkpoint 2 comes after 0");
	/* none is there */
	buf_clear(&b);
	audit_log_begin(&b);
	faults(buf_view(&b), "no checkpoint");
	/* the second follows from another first */
	other = log_.sign[0];
	log_.sign[0].text = STR("");
	sign(1, CHAINS, 0);
	log_.sign[0] = other;
	ck_assert_int_eq(log_faults("does not follow"), 1);
	buf_release(&b);
}
END_TEST

/* What the database says of chains is held against what was signed. */
START_TEST(heads_are_checked)
{
	static const struct {
		int first, last;
		uint32_t nr;
		const char *what;
	} row[] = {
		{ 1, EVENTS, CHAINS, NULL },
		{ 1, EVENTS - 1, CHAINS, "a tail is cut off" },
		{ 2, EVENTS, CHAINS, "not at 1 as the last checkpoint" },
		{ 1, EVENTS, CHAINS - 1, "is gone" },
	};

	make_log();
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct audit_span span[CHAINS];
		struct audit_check c;

		memcpy(span, log_.span, sizeof(span));
		span[0].first = row[i].first;
		span[0].last = row[i].last;
		audit_check_init(&c, &arena, public_half, 1);
		for (int k = 0; k < 2; k++)
			audit_check_checkpoint(&c, &log_.sign[k]);
		audit_check_heads(&c, span, row[i].nr);
		if (!row[i].what) {
			ck_assert_int_eq(c.faults, 0);
			continue;
		}
		ck_assert_int_ge(c.nr_fault, 1);
		ck_assert_msg(str_find(c.fault[0].what, str_of(row[i].what)) >=
				      0,
			      "'" STR_FMT "', not '%s'",
			      STR_ARG(c.fault[0].what), row[i].what);
	}
}
END_TEST

/* Events 1 to 10 of a chain are removed after five years. */
START_TEST(removal_is_proven_by_a_checkpoint)
{
	struct audit_span *s = &log_.span[0];

	make_log();
	s->first = 11;
	memcpy(s->before, log_.link[0][9].hash, CRYPT_HASH_LEN);
	for (int i = 0; i < 10; i++)
		log_.link[0][i].seq = 0;
	log_faults("events 1 to 10 are missing");
	sign(1, CHAINS, 0);
	ck_assert_int_eq(log_faults(NULL), 0);
	/* one more than it says */
	log_.link[0][10].seq = 0;
	ck_assert_int_eq(log_faults("events 11 to 11 are missing"), 1);
}
END_TEST

START_TEST(names_of_chains)
{
	static char long_[AUDIT_CHAIN_MAX + 2];

	memset(long_, 'x', sizeof(long_) - 1);
	ck_assert(audit_is_chain(STR("Engine_1.b-c/12")));
	ck_assert(!audit_is_chain(STR("")));
	ck_assert(!audit_is_chain(STR_NONE));
	ck_assert(!audit_is_chain(STR("a b")));
	ck_assert(!audit_is_chain(((struct str){ "a\0", 2 })));
	ck_assert(!audit_is_chain(STR("\xc3\xa4")));
	ck_assert(!audit_is_chain(str_of(long_)));
	ck_assert(audit_is_chain(((struct str){ long_, AUDIT_CHAIN_MAX })));
}
END_TEST

UNIT_MAIN("audit", text_of_an_event_is_canonical, what_does_not_fit_is_refused,
	  set_hash_knows_no_order, whole_log_is_whole, changed_bit_is_found,
	  removed_row_is_found, swapped_pair_is_found,
	  doubled_and_added_rows_are_found, cut_tail_is_found,
	  missing_chain_is_found, rewritten_chain_is_found,
	  checkpoints_are_checked, heads_are_checked,
	  removal_is_proven_by_a_checkpoint, names_of_chains)
