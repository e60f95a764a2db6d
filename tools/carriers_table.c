#include "tools/carriers_table.h"

#include "base/json_write.h"
#include "tools/hits_sheet.h"

#include <string.h>

enum {
	CARRIER_WIDTH = 9,
	CODE_WIDTH = 28,
	FLIGHT_WIDTH = 26,
	PARTS_WIDTH = 16,
	SENDER_WIDTH = 14,
};

enum column_kind {
	COUNT,	/* n of `code`, or of all codes that begin with it */
	SHARE,	/* n of `code` per cent of `base` */
	MEAN,	/* n of `code` divided by `base` */
	ONTIME, /* `base` less `code`, of `base` */
};

static const struct column_of {
	const char *heading, *key;
	int width;
	enum column_kind kind;
	const char *code, *base;
} columns[] = {
	{ "PNRGOV", "pnrgov", 8, COUNT, "message.pnrgov", NULL },
	{ "PAXLST", "paxlst", 8, COUNT, "message.paxlst", NULL },
	{ "QUARANT", "quarantined", 9, COUNT, "quarantined", NULL },
	{ "WARN", "warnings", 7, COUNT, "warning.", NULL },
	{ "BIRTH%", "birth_date", 8, SHARE, "api.birth-date",
	  "api.travellers" },
	{ "DOC%", "document", 7, SHARE, "api.document", "api.travellers" },
	{ "CONTACT%", "contact", 10, SHARE, "pnr.contact", "pnr.travellers" },
	{ "PAYMENT%", "payment", 10, SHARE, "pnr.payment", "pnr.travellers" },
	{ "MESSAGE", "message_score", 9, MEAN, "message.score",
	  "message.scored" },
	{ "PERSON", "traveller_score", 8, MEAN, "traveller.score",
	  "traveller.scored" },
	{ "48H", "push_48h", 8, ONTIME, "push.48h.late", "push.48h" },
	{ "24H", "push_24h", 8, ONTIME, "push.24h.late", "push.24h" },
	{ "CLOSURE", "push_closure", 9, ONTIME, "push.closure.late",
	  "push.closure" },
	{ "API", "push_api", 8, ONTIME, "push.api.late", "push.api" },
};

/* The counters of one carrier. */
struct carrier {
	const struct counter_row *row;
	uint32_t nr;
};

/* Those from row `at` on; at + nr is the next carrier's first. */
static struct carrier carrier_at(const struct counter_row *row, uint32_t nr,
				 uint32_t at)
{
	struct carrier c = { row + at, 1 };

	while (at + c.nr < nr &&
	       str_eq(row[at + c.nr].carrier, row[at].carrier))
		c.nr++;
	return c;
}

/* A code that ends in a dot stands for all that begin with it. */
static int64_t sum_of(const struct carrier *c, const char *code)
{
	struct str want = str_of(code);
	bool all = str_ends(want, STR("."));
	int64_t n = 0;

	for (uint32_t i = 0; i < c->nr; i++)
		if (all ? str_starts(c->row[i].code, want)
			: str_eq(c->row[i].code, want))
			n += c->row[i].n;
	return n;
}

/* In thousandths, rounded to the nearest tenth. */
static int64_t ratio(int64_t n, int64_t of, int64_t times)
{
	return (n * times * 10 + of / 2) / of * 100;
}

static void put_cell(struct buf *cell, const struct carrier *c,
		     const struct column_of *k)
{
	int64_t n = sum_of(c, k->code), base = k->base ? sum_of(c, k->base) : 1;
	int64_t milli;

	if (!base) {
		buf_byte(cell, '-');
	} else if (k->kind == COUNT) {
		buf_fmt(cell, "%lld", (long long)n);
	} else if (k->kind == ONTIME) {
		buf_fmt(cell, "%lld/%lld", (long long)(base - n),
			(long long)base);
	} else {
		milli = ratio(n, base, k->kind == SHARE ? 100 : 1);
		buf_fmt(cell, "%lld.%lld", (long long)(milli / 1000),
			(long long)(milli % 1000 / 100));
	}
}

/* The last cell of a line has no blanks behind it. */
static void end_line(struct buf *out)
{
	while (out->len && out->data[out->len - 1] == ' ')
		out->len--;
	buf_byte(out, '\n');
}

static void put_name(struct buf *cell, const struct carrier *c)
{
	if (c->row->carrier.len)
		hits_text(cell, c->row->carrier);
	else
		buf_z(cell, "unknown");
}

static void put_carrier(struct buf *out, const struct carrier *c)
{
	struct buf cell = { 0 };

	put_name(&cell, c);
	hits_cell(out, &cell, CARRIER_WIDTH);
	for (size_t i = 0; i < ARRAY_SIZE(columns); i++) {
		put_cell(&cell, c, &columns[i]);
		hits_cell(out, &cell, columns[i].width);
	}
	end_line(out);
	buf_release(&cell);
}

/* Codes of what is wrong. */
static bool is_fault(struct str code)
{
	return str_starts(code, STR("warning.")) ||
	       str_starts(code, STR("reason."));
}

static void put_faults(struct buf *out, const struct carrier *c, bool *any)
{
	struct buf cell = { 0 };

	for (uint32_t i = 0; i < c->nr; i++) {
		if (!is_fault(c->row[i].code))
			continue;
		if (!*any)
			buf_fmt(out, "\n%-*s%-*s%s\n", CARRIER_WIDTH, "CARRIER",
				CODE_WIDTH, "CODE", "TIMES");
		*any = true;
		put_name(&cell, c);
		hits_cell(out, &cell, CARRIER_WIDTH);
		hits_text(&cell, c->row[i].code);
		hits_cell(out, &cell, CODE_WIDTH);
		buf_fmt(out, "%lld\n", (long long)c->row[i].n);
	}
	buf_release(&cell);
}

/* "1-2 of 5", "1-2 of ?" */
static void put_parts(struct buf *cell, const struct series_row *s)
{
	buf_str(cell, s->seen);
	if (s->last.set)
		buf_fmt(cell, " of %lld", (long long)s->last.v);
	else
		buf_z(cell, " of ?");
}

/* Messages of which parts did not come. */
static void put_missing(struct buf *out, const struct series_row *s,
			uint32_t nr)
{
	struct buf cell = { 0 };

	if (nr)
		buf_fmt(out, "\n%-*s%-*s%-*s%-*s%s\n", CARRIER_WIDTH, "CARRIER",
			FLIGHT_WIDTH, "FLIGHT", PARTS_WIDTH, "PARTS",
			SENDER_WIDTH, "SENDER", "REFERENCE");
	for (uint32_t i = 0; i < nr; i++) {
		hits_text(&cell, s[i].carrier);
		hits_cell(out, &cell, CARRIER_WIDTH);
		hits_text(&cell, s[i].flight);
		hits_cell(out, &cell, FLIGHT_WIDTH);
		put_parts(&cell, &s[i]);
		hits_cell(out, &cell, PARTS_WIDTH);
		hits_text(&cell, s[i].sender);
		hits_cell(out, &cell, SENDER_WIDTH);
		hits_text(out, s[i].reference);
		end_line(out);
	}
	buf_release(&cell);
}

void carriers_table(struct buf *out, const struct counter_row *row, uint32_t nr,
		    const struct series_row *series, uint32_t nr_series)
{
	struct carrier c;
	bool any = false;

	buf_fmt(out, "%-*s", CARRIER_WIDTH, "CARRIER");
	for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
		buf_fmt(out, "%-*s", columns[i].width, columns[i].heading);
	end_line(out);
	for (uint32_t i = 0; i < nr; i += c.nr) {
		c = carrier_at(row, nr, i);
		put_carrier(out, &c);
	}
	for (uint32_t i = 0; i < nr; i += c.nr) {
		c = carrier_at(row, nr, i);
		put_faults(out, &c, &any);
	}
	put_missing(out, series, nr_series);
}

static void write_column(struct json *j, const struct carrier *c,
			 const struct column_of *k)
{
	int64_t n = sum_of(c, k->code), base = k->base ? sum_of(c, k->base) : 1;

	if (!base) {
		json_null(j, k->key);
	} else if (k->kind == COUNT) {
		json_int(j, k->key, n);
	} else if (k->kind == ONTIME) {
		json_open(j, k->key, '{');
		json_int(j, "sent", base);
		json_int(j, "late", n);
		json_close(j, '}');
	} else {
		json_milli(j, k->key,
			   ratio(n, base, k->kind == SHARE ? 100 : 1));
	}
}

static void write_missing(struct json *j, const struct carrier *c,
			  const struct series_row *s, uint32_t nr)
{
	json_open(j, "parts_missing", '[');
	for (uint32_t i = 0; i < nr; i++) {
		if (!str_eq(s[i].carrier, c->row->carrier))
			continue;
		json_open(j, NULL, '{');
		json_str(j, "flight", s[i].flight);
		json_str(j, "type", s[i].type);
		json_str(j, "sender", s[i].sender);
		json_str(j, "reference", s[i].reference);
		json_str(j, "seen", s[i].seen);
		if (s[i].last.set)
			json_int(j, "last", s[i].last.v);
		else
			json_null(j, "last");
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void write_carrier(struct json *j, const struct carrier *c,
			  const struct counter_filter *f,
			  const struct series_row *series, uint32_t nr_series)
{
	json_open(j, NULL, '{');
	json_str(j, "carrier", c->row->carrier);
	json_date(j, "from", date_from_days(f->from));
	json_date(j, "to", date_from_days(f->to));
	for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
		write_column(j, c, &columns[i]);
	json_open(j, "counts", '{');
	for (uint32_t i = 0; i < c->nr; i++) {
		struct buf key = { 0 };

		buf_str(&key, c->row[i].code);
		buf_byte(&key, '\0');
		json_int(j, key.data, c->row[i].n);
		buf_release(&key);
	}
	json_close(j, '}');
	write_missing(j, c, series, nr_series);
	json_close(j, '}');
}

void carriers_json(struct buf *out, const struct counter_row *row, uint32_t nr,
		   const struct counter_filter *f,
		   const struct series_row *series, uint32_t nr_series)
{
	struct carrier c;
	struct json j;

	for (uint32_t i = 0; i < nr; i += c.nr) {
		c = carrier_at(row, nr, i);
		json_init(&j, out);
		write_carrier(&j, &c, f, series, nr_series);
		buf_byte(out, '\n');
	}
}
