/*
 * t_batch.c - messages that are not for us, empty or refused: one quarantine
 * row each, their offset moves on, and nothing of their content is kept
 */
#include "engine/batch.h"
#include "engine/control.h"

#include "engine/replies.h"
#include "tests/unit/db_fixture.h"

#include <ctype.h>
#include <sys/stat.h>

#define CANARY "CANARYTEST"

#define PAYLOAD                                                   \
	"UNB+UNOA:4+A+B+261123:0916+R'UNH+1+CUSRES:D:05B:UN'FTX+" \
	"AAI+++" CANARY "'UNT+3+1'UNZ+1+R'"

struct bench {
	struct engine *engine;
	struct store *store;
	struct flights flights;
	struct screen_scratch *scratch;
	struct batch batch;
	struct arena arena;
	int64_t offset;
};

static void open_bench(struct bench *t)
{
	const char *db = fixture_database();
	struct config c;
	struct err e = { 0 };
	int64_t next;

	*t = (struct bench){ .offset = 7 };
	ck_assert_int_eq(config_load(&c, NULL, &t->arena, &e), 0);
	c.database = db;
	c.brokers = "127.0.0.1:1"; /* a real one: none is started */
	c.audit_key = "";	   /* and nothing signed */
	c.profiles = "";
	c.engine_key =
		arena_fmt(&t->arena, "%s/e%d.key", fixture_dir, (int)getpid())
			.ptr;
	c.engine_public = arena_fmt(&t->arena, "%s.pub", c.engine_key).ptr;
	c.key_folder = arena_fmt(&t->arena, "%s.days", c.engine_key).ptr;
	ck_assert_int_eq(mkdir(c.key_folder, 0700), 0);
	ck_assert_int_eq(crypt_init(&e), 0);
	ck_assert_int_eq(key_pair_create(c.engine_key, c.engine_public, &e), 0);
	ck_assert_msg(engine_open(&t->engine, &c, &e) == 0, "%s", e.text);
	t->store = fixture_store(db, NULL, NULL);
	t->flights.pg = store_pg(t->store);
	t->flights.keys = t->engine->keys;
	ck_assert_int_eq(screen_scratch_new(&t->scratch, &t->engine->set, &e),
			 0);
	ck_assert_int_eq(load_offset(&next, t->flights.pg, STR("c"),
				     str_of(c.group), str_of(c.topic), 0,
				     t->offset, &e),
			 0);
	ck_assert_int_eq(next, t->offset);
	ck_assert_int_eq(profiles_take(t->flights.pg, STR("c"), str_of(c.group),
				       str_of(c.topic),
				       t->engine->editions.now->version, &e),
			 0);
	batch_init(&t->batch, t->engine, &t->flights, t->scratch, NULL);
	batch_use(&t->batch, t->engine->editions.now);
}

static void close_bench(struct bench *t)
{
	batch_release(&t->batch);
	flights_release(&t->flights);
	screen_scratch_free(t->scratch);
	store_close(t->store);
	engine_close(t->engine);
	arena_release(&t->arena);
}

/* The next message of partition 0, as the source would hand it over. */
static struct source_message message(struct bench *t, struct str bytes)
{
	int64_t at = t->offset++;

	return (struct source_message){ .offset = at,
					.due = at,
					.timestamp_ms = 1795326000000,
					.payload = bytes };
}

static void add(struct bench *t, struct str bytes)
{
	struct source_message m = message(t, bytes);
	struct err e = { 0 };

	ck_assert_msg(batch_add(&t->batch, "c", &m, &e) == 0, "%s", e.text);
}

/* Its newest quarantine row, checked for what every row has. */
static const struct quarantine_row *newest(struct bench *t, uint32_t nr)
{
	const struct quarantine_row *q;

	ck_assert_uint_eq(t->batch.rows.nr_quarantine, nr);
	q = &t->batch.quarantine[nr - 1];
	ck_assert_int_eq(q->offset, t->offset - 1);
	ck_assert_uint_eq(q->payload_hash.len, CRYPT_HASH_LEN);
	ck_assert_uint_gt(q->sentence.len, 0);
	ck_assert_int_eq(str_find(q->sentence, STR(CANARY)), -1);
	ck_assert_int_eq(str_find(q->skeleton, STR(CANARY)), -1);
	return q;
}

static void commit(struct bench *t)
{
	struct err e = { 0 };

	ck_assert_int_eq(batch_finish(&t->batch, "c", &e), 0);
	ck_commit(t->store, &t->batch.rows, STORE_COMMITTED);
	flights_commit(&t->flights);
	batch_clear(&t->batch);
}

START_TEST(what_is_not_sealed_for_us_is_set_aside_unopened)
{
	struct key_pair *other;
	struct buf sealed = { 0 }, cut = { 0 };
	struct bench t;
	struct str all;
	uint32_t nr = 0;

	open_bench(&t);
	other = crypt_secret_new(sizeof(*other));
	ck_assert_ptr_nonnull(other);
	crypt_new_pair(other);
	crypt_seal_payload(&sealed, other->public_half, STR(PAYLOAD));
	all = buf_view(&sealed);
	buf_str(&cut, all);
	cut.data[0] ^= 0x40; /* a version nobody knows */

	const struct str in[] = {
		all,		       /* another's key */
		str_slice(all, 0, 20), /* cut in the seal */
		str_slice(all, 0, 1),  /* its version alone */
		STR(PAYLOAD),	       /* not sealed at all */
		STR(""),	       /* nothing */
		buf_view(&cut),
	};

	for (size_t i = 0; i < ARRAY_SIZE(in); i++) {
		const struct quarantine_row *q;

		add(&t, in[i]);
		q = newest(&t, ++nr);
		ck_assert(str_eq(q->code, STR("not-for-us")));
		ck_assert_int_eq(q->payload_len, (int64_t)in[i].len);
		ck_assert_uint_eq(q->skeleton.len, 0);
	}
	ck_assert_uint_eq(t.batch.rows.nr_offset, 1);
	ck_assert_int_eq(t.batch.offset[0].from, 7);
	ck_assert_int_eq(t.batch.offset[0].to, 7 + (int64_t)nr);
	commit(&t);
	ck_assert_int_eq(fixture_number(t.flights.pg,
					"SELECT count(*) FROM ops.quarantine"),
			 nr);
	ck_assert_int_eq(fixture_number(t.flights.pg, "SELECT next_offset FROM "
						      "ops.kafka_offset"),
			 7 + nr);
	buf_release(&sealed);
	buf_release(&cut);
	crypt_secret_free(other);
	close_bench(&t);
}
END_TEST

START_TEST(what_is_sealed_but_cannot_be_read_leaves_its_shape)
{
	static const struct {
		struct str in;
		const char *skeleton;
	} row[] = {
		{ { PAYLOAD, sizeof(PAYLOAD) - 1 },
		  "UNB+xxxx:9+x+x+999999:9999+x'UNH+9+xxxxxx:x:99x:xx'"
		  "FTX+xxx+++xxxxxxxxxx'UNT+9+9'UNZ+9+x'" },
		{ { "", 0 }, "" },
		{ { "\0\xff\x01" CANARY, 13 }, ".x.xxxxxxxxxx" },
	};
	struct bench t;

	open_bench(&t);
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		const struct quarantine_row *q;
		struct buf sealed = { 0 };

		crypt_seal_payload(&sealed, t.engine->pair->public_half,
				   row[i].in);
		add(&t, buf_view(&sealed));
		q = newest(&t, (uint32_t)i + 1);
		ck_assert(str_eq(q->code, STR("unreadable")));
		ck_assert_msg(str_eq(q->skeleton, str_of(row[i].skeleton)),
			      STR_FMT, STR_ARG(q->skeleton));
		buf_release(&sealed);
	}
	commit(&t);
	close_bench(&t);
}
END_TEST

START_TEST(a_refused_message_keeps_hash_length_and_shape)
{
	struct bench t;
	struct buf sealed = { 0 };
	struct source_message m;
	const struct quarantine_row *q;

	open_bench(&t);
	crypt_seal_payload(&sealed, t.engine->pair->public_half, STR(PAYLOAD));
	m = message(&t, buf_view(&sealed));
	batch_refuse(&t.batch, "c", &m, "storing hits: a value");
	q = newest(&t, 1);
	ck_assert(str_eq(q->code, STR("refused")));
	ck_assert_int_eq(q->payload_len, (int64_t)sealed.len);
	ck_assert(str_starts(q->skeleton, STR("UNB+xxxx:9+")));
	ck_assert_int_eq(t.batch.offset[0].to, 8);
	commit(&t);
	buf_release(&sealed);
	close_bench(&t);
}
END_TEST

/* A flight of AF or BA into the PIU's State, with a code to remove. */
#define UNB(sender, test) \
	"UNB+UNOA:4+" sender "+PIUXX+261122:0916+R++APIS++++" test "'"
#define FLIGHT(n, carrier, from, to)                             \
	"UNH+" n "+PAXLST:D:05B:UN:IATA'BGM+745'TDT+20+" carrier \
	"417+++" carrier "'LOC+125+" from "'DTM+189:2611230930:" \
	"201'LOC+87+" to "'NAD+FL+++DOETEST:JO'XYZ+" CANARY "'XYZ+" CANARY "'"
#define UNT(n) "UNT+9+" n "'"

/* What ops.counter says of a carrier and code; -1: no row. */
static int64_t counted(struct bench *t, const char *carrier, const char *code)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
		 "SELECT coalesce((SELECT n FROM ops.counter WHERE carrier = "
		 "'%s' AND code = '%s'), -1)",
		 carrier, code);
	return fixture_number(t->flights.pg, sql);
}

static void add_sealed(struct bench *t, struct str plain)
{
	struct buf sealed = { 0 };

	crypt_seal_payload(&sealed, t->engine->pair->public_half, plain);
	add(t, buf_view(&sealed));
	buf_release(&sealed);
}

START_TEST(counts_stand_under_the_carrier_of_their_message)
{
	struct bench t;

	open_bench(&t);
	/* two that are kept, of two carriers, one that is out of scope */
	add_sealed(&t, STR(UNB("AGENT", "") FLIGHT("1", "AF", "JFK", "BRU") UNT(
			       "1") FLIGHT("2", "BA", "JFK", "BRU") UNT("2")
				   FLIGHT("3", "LH", "JFK", "LAX")
					   UNT("3") "UNZ+3+R'"));
	/* tests: readable, not readable, without any message */
	add_sealed(&t, STR(UNB("AGENT", "1") FLIGHT("1", "AF", "JFK", "BRU")
				   UNT("1") "UNZ+1+R'"));
	add_sealed(&t, STR(UNB("AGENT", "1") "UNH+1+PAXLST:D:05B'XYZ+" CANARY
					     "'UNT+3+1'UNZ+1+R'"));
	add_sealed(&t, STR(UNB("AGENT", "1") "UNZ+0+R'"));
	ck_assert_uint_eq(t.batch.rows.nr_quarantine, 0);
	ck_assert_int_eq(t.batch.removals, 6); /* TDT's qualifier, too */
	commit(&t);
	ck_assert_int_eq(counted(&t, "AF", "not-annex-i:other"), 2);
	ck_assert_int_eq(counted(&t, "BA", "not-annex-i:other"), 2);
	ck_assert_int_eq(counted(&t, "LH", "not-annex-i:other"), -1);
	ck_assert_int_eq(counted(&t, "LH", "out-of-scope"), 1);
	ck_assert_int_eq(counted(&t, "AF", "test-message"), 1);
	ck_assert_int_eq(counted(&t, "", "test-message"), 2);
	ck_assert_int_eq(fixture_number(t.flights.pg,
					"SELECT count(*) FROM ops.counter "
					"WHERE code ~ '^(not|out|test)-'"),
			 7);
	ck_assert_int_eq(
		fixture_number(t.flights.pg, "SELECT count(*) FROM pax.flight"),
		2);
	close_bench(&t);
}
END_TEST

/* The engine's decisions on flights inside the Union are those of `text`. */
static void decide(struct bench *t, const char *text)
{
	const char *path = arena_fmt(&t->arena, "%s/scope%d.yaml", fixture_dir,
				     (int)getpid())
				   .ptr;
	FILE *f = fopen(path, "w");
	struct err e = { 0 };

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
	scope_free(t->engine->scope);
	t->engine->scope = NULL;
	ck_assert_msg(scope_load(&t->engine->scope, path, &e) == 0, "%s",
		      e.text);
	unlink(path);
}

#define DECISION(next_review)                  \
	"intra_eu:\n  - decision: '2026/17'\n" \
	"    reasons: file 4\n"                \
	"    valid_from: 2026-11-01\n"         \
	"    valid_to: 2026-12-31\n"           \
	"    next_review: " next_review "\n"   \
	"    routes: [VIE-BRU]\n"
/* clang-format off */
#define DAY_OF(carrier)						\
	UNB("AGENT", "")					\
	FLIGHT("1", carrier, "BRU", "VIE") UNT("1")		\
	FLIGHT("2", carrier, "VIE", "BRU") UNT("2")		\
	FLIGHT("3", carrier, "VIE", "FCO") UNT("3")		\
	FLIGHT("4", carrier, "VIE", "GRZ") UNT("4") "UNZ+4+R'"
/* clang-format on */

START_TEST(a_decision_lets_flights_in_and_is_counted)
{
	struct bench t;

	open_bench(&t);
	decide(&t, DECISION("2026-11-23")); /* the day of the flights */
	add_sealed(&t, STR(DAY_OF("OS")));
	commit(&t);
	decide(&t, DECISION("2026-11-22")); /* its review is overdue */
	add_sealed(&t, STR(DAY_OF("LH")));
	commit(&t);
	ck_assert_int_eq(counted(&t, "OS", "decision:2026/17"), 2);
	ck_assert_int_eq(counted(&t, "OS", "out-of-scope"), 2);
	ck_assert_int_eq(counted(&t, "LH", "decision:2026/17"), -1);
	ck_assert_int_eq(counted(&t, "LH", "out-of-scope"), 4);
	ck_assert_int_eq(fixture_number(t.flights.pg,
					"SELECT count(*) FROM pax.traveller"),
			 2);
	close_bench(&t);
}
END_TEST

/* "contrl ackres cusres" of what was put into the outbox since `first`. */
static const char *kinds_since(struct bench *t, uint32_t first)
{
	static char out[64];
	size_t n = 0;

	*out = '\0';
	for (uint32_t i = first; i < t->batch.rows.nr_outbox; i++) {
		const struct outbox_row *r = &t->batch.outbox[i];

		ck_assert_int_eq(str_find(r->payload, STR("DOETEST")), -1);
		ck_assert(str_eq(r->topic, STR("answers")));
		for (int k = 0; k < REPLY_KINDS; k++) {
			const char *word = reply_kind_name((enum reply_kind)k);
			char type[16];

			snprintf(type, sizeof(type), "+%.6s:", word);
			for (char *c = type; *c; c++)
				*c = (char)toupper(*c);
			if (str_find(r->payload, str_of(type)) < 0)
				continue;
			n += (size_t)snprintf(out + n, sizeof(out) - n, "%s%s",
					      n ? " " : "", word);
		}
	}
	return out;
}

START_TEST(answers_go_to_those_with_whom_they_are_agreed)
{
	static const struct {
		const char *contrl, *ackres, *cusres, *sender, *ask, *want;
	} row[] = {
		{ "asked", "", "", "AF", "", "" },
		{ "asked", "", "", "AF", "1", "contrl" },
		{ "asked", "", "", "AF", "0", "" },
		{ "never", "", "", "AF", "1", "" },
		{ "always", "", "", "AF", "", "contrl" },
		{ "never", "", "AF", "AF", "", "cusres" },
		{ "never", "", "BA  AF", "AF", "", "cusres" },
		{ "never", "", "BA AFX A F", "AF", "", "" },
		{ "never", "", "af", "AF", "", "" },
		{ "never", "*", "*", "AF", "", "cusres" },
		{ "never", "AF", "", "AF", "", "" },
		{ "always", "*", "*", "", "", "" },
	};
	struct bench t;
	struct config *c;

	open_bench(&t);
	c = &t.engine->config;
	c->replies_topic = "answers";
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		uint32_t first = t.batch.rows.nr_outbox;
		char text[600];

		c->replies_contrl = row[i].contrl;
		c->replies_ackres = row[i].ackres;
		c->replies_cusres = row[i].cusres;
		snprintf(text, sizeof(text),
			 "UNB+UNOA:4+%s+P+261122:0916+R++APIS++%s'" FLIGHT(
				 "1", "AF", "JFK", "BRU") UNT("1") "UNZ+1+R'",
			 row[i].sender, row[i].ask);
		add_sealed(&t, str_of(text));
		ck_assert_msg(strcmp(kinds_since(&t, first), row[i].want) == 0,
			      "row %zu: '%s', not '%s'", i,
			      kinds_since(&t, first), row[i].want);
	}
	ck_assert_uint_eq(t.batch.rows.nr_outbox, 5);
	commit(&t);
	ck_assert_int_eq(
		fixture_number(t.flights.pg, "SELECT count(*) FROM ops.outbox"),
		5);
	/* no topic, no answers */
	c->replies_topic = "";
	c->replies_contrl = "always";
	add_sealed(&t, STR(UNB("AF", "") "UNZ+0+R'"));
	ck_assert_uint_eq(t.batch.rows.nr_outbox, 0);
	close_bench(&t);
}
END_TEST

START_TEST(an_answer_longer_than_a_message_is_counted_and_not_made)
{
	struct bench t;

	open_bench(&t);
	t.engine->config.replies_topic = "answers";
	t.engine->config.replies_contrl = "always";
	t.engine->config.message_bytes = 120;
	/* as many rejected messages as fit: the answer is longer */
	add_sealed(&t, STR("UNB+UNOA:4+A+B+261122:0916+R'UNH+1+X'UNH+2+X'"
			   "UNH+3+X'UNH+4+X'UNH+5+X'UNH+6+X'UNZ'"));
	ck_assert_uint_eq(t.batch.rows.nr_outbox, 0);
	commit(&t);
	ck_assert_int_eq(counted(&t, "", "reply-too-long"), 1);
	close_bench(&t);
}
END_TEST

#define PUSH(at, number)                                                    \
	"UNB+IATA:1+AF+PIUXX+261122:" at "+R'UNH+1+PNRGOV:13:1:IA'MSG+:22'" \
	"ORG+AF'TVL+231126:0930:231126:2030+JFK+BRU+AF+" number "'EQN+1'"
#define BOOKING		"SRC'RCI+AF:QZ7TST::201126:1000'"
#define PERSON(n, name) "TIF+DOETEST+" name ":A:" n "'"
#define TICKET(n, form) \
	"TKT+057240000001" n ":T'MON+T:1:EUR'PTK+NR'FOP+" form "'"
#define PUSH_END "UNT+9+1'UNZ+1+R'"

START_TEST(one_body_for_two_flights_is_kept_for_both)
{
	struct bench t;

	open_bench(&t);
	for (int i = 0; i < 2; i++) { /* the second time: an exact repeat */
		add_sealed(&t, STR(PUSH("0916", "417") BOOKING PERSON("1", "JO")
					   PUSH_END));
		add_sealed(&t, STR(PUSH("0916", "419") BOOKING PERSON("1", "JO")
					   PUSH_END));
		commit(&t);
		ck_assert_int_eq(
			fixture_number(t.flights.pg,
				       "SELECT count(*) FROM pax.flight"),
			2);
		ck_assert_int_eq(fixture_number(t.flights.pg,
						"SELECT count(*) FROM "
						"pax.traveller"),
				 2);
		ck_assert_int_eq(
			fixture_number(t.flights.pg,
				       "SELECT count(*) FROM pax.slice"),
			4);
	}
	close_bench(&t);
}
END_TEST

/* A later push names one of five; the rest are kept, and do not travel. */
START_TEST(a_reduced_party_s_booking_is_that_of_the_newest_push)
{
	static const char *const late = /* older than what is there */
		PUSH("0900", "417") BOOKING PERSON("1", "A") PERSON("2", "B")
			TICKET("1", "MS") PUSH_END;
	struct bench t;

	open_bench(&t);
	add_sealed(&t, STR(PUSH("0916", "417") BOOKING PERSON("1", "A")
				   PERSON("2", "B") PERSON("3", "C")
					   PERSON("4", "D") PERSON("5", "E")
						   TICKET("1", "CA") PUSH_END));
	commit(&t);
	for (int i = 0; i < 3; i++) {
		if (i == 0)
			add_sealed(&t, STR(PUSH("1016",
						"417") BOOKING PERSON("1", "A")
						   TICKET("1", "CC") PUSH_END));
		else if (i == 1)
			add_sealed(&t, str_of(late));
		else
			flights_release(&t.flights); /* read back */
		commit(&t);
		ck_assert_int_eq(fixture_number(t.flights.pg,
						"SELECT count(*) FROM "
						"pax.traveller WHERE status = "
						"'cancelled'"),
				 4);
		ck_assert_int_eq(fixture_number(t.flights.pg,
						"SELECT count(*) FROM "
						"pax.traveller WHERE status "
						"IS DISTINCT FROM "
						"'cancelled'"),
				 1);
		ck_assert_int_eq(fixture_number(t.flights.pg,
						"SELECT count(*) FROM "
						"pax.booking WHERE "
						"payment_forms = '{CC}'"),
				 1);
	}
	close_bench(&t);
}
END_TEST

#define PART(at, s010)                                                  \
	"UNB+UNOA:4+AGENT+PIUXX+261122:" at "+R'"                       \
	"UNH+1+PAXLST:D:05B:UN+AF417/261123+" s010 "'BGM+745'TDT+20+AF" \
	"417'LOC+125+JFK'DTM+189:2611230930:201'LOC+87+BRU'"            \
	"NAD+FL+++DOETEST:JO'UNT+9+1'UNZ+1+R'"

START_TEST(parts_wait_for_each_other_in_the_database)
{
	static const struct {
		const char *in, *want;
	} row[] = {
		{ PART("0916", "02"), "waiting 2 -" },
		{ PART("0916", "03:F"), "waiting 2-3 3" },
		{ PART("0916", "01:F"), "waiting 2-3 3" }, /* no part */
		{ PART("0917", "01:C"), "none" },
		{ PART("0917", "01:C"), "none" }, /* again */
		{ PART("1016", "01:C"), "waiting 1 -" },
	};
	struct bench t;
	char sql[300];

	open_bench(&t);
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		add_sealed(&t, str_of(row[i].in));
		commit(&t);
		if (i % 2)
			flights_release(&t.flights); /* read back */
		snprintf(sql, sizeof(sql),
			 "SELECT (coalesce((SELECT state || ' ' || seen || ' ' "
			 "|| coalesce(last::text, '-') FROM ops.series), "
			 "'none') = '%s')::int::int8",
			 row[i].want);
		ck_assert_msg(fixture_number(t.flights.pg, sql), "row %zu", i);
	}
	/* since the broker's time of the latest part */
	ck_assert_int_eq(
		fixture_number(t.flights.pg,
			       "SELECT extract(epoch FROM due_at)::int8 FROM "
			       "ops.series"),
		1795326000 + t.engine->config.part_wait_s);
	close_bench(&t);
}
END_TEST

START_TEST(control_messages_are_of_a_known_kind_or_set_aside)
{
	static const struct {
		const char *in, *wrong;
	} row[] = {
		{ "{\"kind\":\"part-timeout\",\"series\":\"-42\"}", NULL },
		{ "{\"kind\":\"part-timeout\",\"series\":42}", "number" },
		{ "{\"kind\":\"part-timeout\"}", "number" },
		/* of a flight that nobody has heard of: nothing to do */
		{ "{\"kind\":\"rescreen\",\"flight\":\"X9-1-2026-11-14-CMN\"}",
		  NULL },
		{ "{\"kind\":\"rescreen\"}", "flight" },
		{ "{\"kind\":\"rescreen\",\"flight\":\"" CANARY CANARY CANARY
			  CANARY CANARY "\"}",
		  "flight" },
		{ "{\"kind\":\"" CANARY "\"}", "kind" },
		{ "{}", "kind" },
		{ "[]", "kind" },
		{ "{\"kind\":\"part-timeout\"", "JSON" },
		{ CANARY, "JSON" },
		{ "", "JSON" },
	};
	struct bench t;
	struct buf long_one = { 0 };
	uint32_t nr = 0;

	open_bench(&t);
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct source_message m = message(&t, str_of(row[i].in));
		const struct quarantine_row *q;
		struct err e = { 0 };

		ck_assert_int_eq(control_add(&t.batch, "c", &m, &e), 0);
		if (!row[i].wrong)
			continue;
		q = newest(&t, ++nr);
		ck_assert(str_eq(q->code, STR("control")));
		ck_assert_int_ge(str_find(q->sentence, str_of(row[i].wrong)),
				 0);
	}
	ck_assert_uint_eq(t.batch.rows.nr_missing, 1);
	ck_assert(t.batch.missing[0] == -42);
	ck_assert_int_eq(t.batch.rows.missing_day,
			 1795326000 / SECONDS_PER_DAY);
	for (size_t i = 0; i < 2; i++) { /* at the limit, and above */
		buf_clear(&long_one);
		buf_z(&long_one,
		      "{\"kind\":\"part-timeout\",\"series\":\"1\"}");
		while (long_one.len < CONTROL_MAX + i)
			buf_byte(&long_one, ' ');
		struct source_message m = message(&t, buf_view(&long_one));
		struct err e = { 0 };

		ck_assert_int_eq(control_add(&t.batch, "c", &m, &e), 0);
		ck_assert_uint_eq(t.batch.rows.nr_quarantine, nr + i);
		ck_assert_uint_eq(t.batch.rows.nr_missing, 2);
	}
	ck_assert_int_eq(t.batch.offset[0].to, t.offset);
	commit(&t);
	buf_release(&long_one);
	close_bench(&t);
}
END_TEST

/* What is written is what is read. */
START_TEST(a_part_timeout_is_read_as_it_was_written)
{
	struct series_row s = { .series_id = INT64_MIN,
				.flight = STR("X9-417-2026-11-14-CMN"),
				.seen = STR("1-2") };
	struct source_message m;
	struct buf out = { 0 };
	struct err e = { 0 };
	struct bench t;

	open_bench(&t);
	control_write_part_timeout(&out, &s);
	m = message(&t, buf_view(&out));
	ck_assert_int_eq(control_add(&t.batch, "c", &m, &e), 0);
	ck_assert_uint_eq(t.batch.rows.nr_quarantine, 0);
	ck_assert_uint_eq(t.batch.rows.nr_missing, 1);
	ck_assert(t.batch.missing[0] == INT64_MIN);
	buf_release(&out);
	close_bench(&t);
}
END_TEST

int main(void)
{
	const TTest *const test[] = {
		what_is_not_sealed_for_us_is_set_aside_unopened,
		what_is_sealed_but_cannot_be_read_leaves_its_shape,
		a_refused_message_keeps_hash_length_and_shape,
		counts_stand_under_the_carrier_of_their_message,
		a_decision_lets_flights_in_and_is_counted,
		answers_go_to_those_with_whom_they_are_agreed,
		an_answer_longer_than_a_message_is_counted_and_not_made,
		one_body_for_two_flights_is_kept_for_both,
		a_reduced_party_s_booking_is_that_of_the_newest_push,
		parts_wait_for_each_other_in_the_database,
		control_messages_are_of_a_known_kind_or_set_aside,
		a_part_timeout_is_read_as_it_was_written,
	};

	return fixture_run("batch", test, ARRAY_SIZE(test));
}
