/*
 * bench_seal.c - seal.*: what it costs to store a traveller unreadably
 */
#include "parsers/record_json.h"
#include "tools/bench.h"
#include "tools/bench_figure.h"

enum { TOKENS = 8, AT_ONCE = 64 };

struct sealing {
	struct str *record; /* as JSON */
	uint32_t nr, next;
	uint8_t key[CRYPT_KEY_LEN];
	struct buf out;
	uint64_t sum;
};

static double seal(void *arg)
{
	struct sealing *x = arg;
	struct row_ref row = { STR("traveller"), { 2026, 11, 23 }, 0 };

	for (int i = 0; i < AT_ONCE; i++) {
		struct str record = x->record[x->next++ % x->nr];

		buf_clear(&x->out);
		row.id++;
		crypt_seal_row(&x->out, x->key, &row, record);
		for (size_t k = 0; k < TOKENS; k++)
			x->sum += (uint64_t)crypt_token(
				x->key, "name", str_slice(record, k, k + 12));
	}
	return AT_ONCE;
}

static double write_json(void *arg)
{
	const struct bench *b = arg;
	struct buf out = { 0 };
	struct json j;

	for (uint32_t i = 0; i < b->day.nr_person; i++) {
		buf_clear(&out);
		json_init(&j, &out);
		record_write_json(&j, NULL, "traveller",
				  b->day.person[i].subject.traveller);
	}
	buf_release(&out);
	return b->day.nr_person;
}

static void make_records(struct sealing *x, struct bench *b)
{
	struct buf out = { 0 };
	struct json j;

	for (uint32_t i = 0; i < b->day.nr_person; i++) {
		buf_clear(&out);
		json_init(&j, &out);
		record_write_json(&j, NULL, "traveller",
				  b->day.person[i].subject.traveller);
		*(struct str *)arena_push(&b->arena, &x->record, &x->nr,
					  sizeof(*x->record)) =
			arena_str(&b->arena, buf_view(&out));
	}
	buf_release(&out);
}

int bench_seal(struct bench *b, struct err *e)
{
	struct sealing x = { .nr = 0 };
	double bytes = 0;

	(void)e;
	crypt_random(x.key, sizeof(x.key));
	make_records(&x, b);
	for (uint32_t i = 0; i < x.nr; i++)
		bytes += (double)x.record[i].len;
	figure_print(&(struct figure){
		.name = "seal.traveller",
		.unit = "us",
		.each = 1e6,
		.timing = bench_time(seal, &x, b->ms),
		.of = arena_fmt(&b->arena,
				"a record of %.0f bytes on average, and %d "
				"tokens",
				bytes / x.nr, TOKENS)
			      .ptr });
	figure_print(&(struct figure){
		.name = "seal.record",
		.unit = "us",
		.each = 1e6,
		.timing = bench_time(write_json, b, b->ms),
		.of = "writing that record as JSON, before it is sealed" });
	buf_release(&x.out);
	crypt_wipe(x.key, sizeof(x.key));
	return 0;
}
