/*
 * bench_parse.c - parse.*: bytes to segments, to records, to what is kept
 */
#include "engine/intake.h"
#include "parsers/una.h"
#include "tools/bench.h"
#include "tools/bench_figure.h"

#include <string.h>

/* ---- the reader alone, over one long interchange ---- */

/* `size` bytes: the day's interchanges, wrappers off, over and over again. */
static int join(struct buf *out, const struct bench_day *day, size_t size,
		struct err *e)
{
	size_t before = 1;

	while (out->len < size && out->len != before && !out->failed) {
		before = out->len;
		for (uint32_t i = 0; i < day->nr_file; i++) {
			struct str in = day->file[i].bytes;
			struct edi_start start;

			if (edi_find_start(in, 0, &start))
				buf_str(out, str_slice(in, start.unb, in.len));
		}
	}
	if (out->failed)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	return out->len ? 0
			: err_at(e, ERR_USAGE, 0, "the day has no interchange");
}

struct reading {
	struct str in;
	struct arena arena;
	edi_index_fn *find;
	uint64_t sum; /* so that no work is left out as useless */
};

static double tokenise_with(struct reading *r,
			    bool (*next)(struct edi_reader *r,
					 struct edi_segment *seg))
{
	struct edi_syntax syntax = EDI_SYNTAX_DEFAULT;
	struct edi_segment seg;
	struct edi_reader reader;

	arena_clear(&r->arena);
	edi_init(&reader, r->in, 0, &syntax, &r->arena);
	reader.find = r->find; /* from the second window on */
	while (next(&reader, &seg))
		r->sum += seg.nr;
	return (double)r->in.len;
}

static double tokenise(void *arg)
{
	return tokenise_with(arg, edi_next);
}

static double tokenise_plain(void *arg)
{
	return tokenise_with(arg, edi_next_plain);
}

/* The index alone, a window at a time, in the place the reader keeps it. */
static double find_marks(void *arg)
{
	enum { WINDOW = EDI_INDEX_MAX };
	struct edi_syntax syntax = EDI_SYNTAX_DEFAULT;
	struct reading *r = arg;
	struct edi_reader reader;

	arena_clear(&r->arena);
	edi_init(&reader, r->in, 0, &syntax, &r->arena);
	for (size_t at = 0; at < r->in.len; at += WINDOW) {
		size_t left = r->in.len - at;
		uint32_t to = (uint32_t)(at + (left < WINDOW ? left : WINDOW));

		r->find(&reader.set, r->in.ptr, (uint32_t)at, to,
			&reader.marks);
		r->sum += reader.marks.nr;
	}
	return (double)r->in.len;
}

/* All that a reader could spare: looking for a byte that is not there. */
static double look(void *arg)
{
	struct reading *r = arg;

	r->sum += memchr(r->in.ptr, 0, r->in.len) != NULL;
	return (double)r->in.len;
}

/* The index of each level that is here and not the best, and a reader of it. */
static void measure_levels(const struct bench *b, struct reading *r)
{
	static const struct {
		enum edi_level level;
		const char *index, *tokenise;
	} levels[] = {
		{ EDI_SSE2, "parse.index_sse2", "parse.tokenise_sse2" },
		{ EDI_AVX2, "parse.index_avx2", "parse.tokenise_avx2" },
	};
	struct figure f = { .unit = "GB/s", .per_second = 1e-9 };

	for (size_t i = 0; i < ARRAY_SIZE(levels); i++) {
		r->find = edi_index_of(levels[i].level);
		if (!r->find || r->find == edi_index_best())
			continue;
		f.name = levels[i].index;
		f.of = "the same without wider vectors";
		f.timing = bench_time(find_marks, r, b->ms);
		figure_print(&f);
		f.name = levels[i].tokenise;
		f.of = "segments, without wider vectors";
		f.timing = bench_time(tokenise, r, b->ms);
		figure_print(&f);
	}
}

static int measure_reader(const struct bench *b, double *bytes_per_s,
			  struct err *e)
{
	struct reading r = { .sum = 0 };
	struct buf joined = { 0 };
	struct figure f = { .name = "parse.tokenise",
			    .unit = "GB/s",
			    .per_second = 1e-9,
			    .of = "segments of the day, --mib in memory; peer: "
				  "the plain twin; limit: memchr" };
	struct figure marks = { .name = "parse.index",
				.unit = "GB/s",
				.per_second = 1e-9,
				.of = "positions of separators in the same "
				      "bytes; peer: the plain twin" };

	if (join(&joined, &b->day, (size_t)b->mib << 20, e)) {
		buf_release(&joined);
		return e->code;
	}
	r.in = buf_view(&joined);
	r.find = edi_index_best();
	*bytes_per_s = 1 / bench_time(look, &r, b->ms).median;
	f.limit = *bytes_per_s * f.per_second;
	f.peer = f.per_second / bench_time(tokenise_plain, &r, b->ms).median;
	f.timing = bench_time(tokenise, &r, b->ms);
	figure_print(&f);
	r.find = edi_index_plain;
	marks.limit = f.limit;
	marks.peer = f.per_second / bench_time(find_marks, &r, b->ms).median;
	r.find = edi_index_best();
	marks.timing = bench_time(find_marks, &r, b->ms);
	figure_print(&marks);
	measure_levels(b, &r);
	arena_release(&r.arena);
	buf_release(&joined);
	return 0;
}

/* ---- payloads to records ---- */

struct parsing {
	struct str *in;
	uint32_t nr;
	struct arena arena;
	bool intake; /* parse and redact */
	uint64_t travellers;
};

static void count_travellers(struct parsing *p, const struct payload *payload)
{
	for (uint32_t i = 0; i < payload->nr_parsed; i++) {
		const struct message *m = &payload->parsed[i].message;

		p->travellers += m->nr_travellers;
		for (uint32_t k = 0; k < m->nr_bookings; k++)
			p->travellers += m->bookings[k].nr_travellers;
	}
}

static double parse_payload(struct parsing *p, struct str in)
{
	struct parse_limits limits = PARSE_LIMITS_DEFAULT;
	struct payload payload = { .nr_parsed = 0 };
	struct intake taken = { .archive = STR_NONE };
	struct err ignored = { 0 };

	arena_clear(&p->arena);
	if (!p->intake &&
	    payload_parse(&payload, in, &limits, &p->arena, &ignored) == 0)
		count_travellers(p, &payload);
	if (p->intake &&
	    intake_read(&taken, in, &limits, &p->arena, &ignored) == 0)
		count_travellers(p, &taken.payload);
	return (double)in.len;
}

static double parse_all(void *arg)
{
	struct parsing *p = arg;
	double bytes = 0;

	for (uint32_t i = 0; i < p->nr; i++)
		bytes += parse_payload(p, p->in[i]);
	return bytes;
}

enum which { PNRGOV = 1, PAXLST = 2 };

/* Once more, now that the arena has grown to what it takes. */
static void measure_allocs(struct parsing *p, const char *name)
{
	struct figure f = { .name = name,
			    .unit = "allocations",
			    .each = 1,
			    .of = "calls of malloc(), a traveller, once the "
				  "arena has its blocks" };
	uint64_t before = p->arena.mallocs;
	double each;

	p->travellers = 0;
	(void)parse_all(p);
	each = (double)(p->arena.mallocs - before) /
	       (double)(p->travellers ? p->travellers : 1);
	f.timing = (struct timing){ each, each, each };
	figure_print(&f);
}

static void measure_records(struct bench *b, const char *name,
			    const char *allocs, int which, bool intake,
			    double limit)
{
	struct parsing p = { .intake = intake };
	struct figure f = {
		.name = name,
		.unit = "MB/s",
		.per_second = 1e-6,
		.limit = limit * 1e-6,
		.of = intake ? "payloads of the day: parsed and redacted; "
			       "limit: memchr"
			     : "payloads of the day to records; limit: memchr",
	};

	for (uint32_t i = 0; i < b->day.nr_file; i++) {
		const struct bench_file *file = &b->day.file[i];

		if (which & (file->is_pnrgov ? PNRGOV : PAXLST))
			*(struct str *)arena_push(&b->arena, &p.in, &p.nr,
						  sizeof(*p.in)) = file->bytes;
	}
	if (p.nr) {
		f.timing = bench_time(parse_all, &p, b->ms);
		figure_print(&f);
		measure_allocs(&p, allocs);
	}
	arena_release(&p.arena);
}

/* ---- the same bookings, in a message each and all in one ---- */

enum { MANY = 1000 };

/* What stands before the first booking, `nr` bookings, what stands behind. */
static struct str with_bookings(const struct payload *p, uint32_t first,
				uint32_t nr, struct arena *a)
{
	const struct span *slice = p->parsed[0].slice;
	uint32_t all = p->parsed[0].nr_slice;
	size_t tail = (size_t)slice[all - 1].pos + slice[all - 1].len;
	struct buf out = { 0 };
	struct str copy;

	buf_str(&out, str_slice(p->bytes, 0, slice[0].pos));
	for (uint32_t i = first; i < first + nr; i++) {
		struct span s = slice[i % all];

		buf_str(&out, str_slice(p->bytes, s.pos, s.pos + s.len));
	}
	buf_str(&out, str_slice(p->bytes, tail, p->bytes.len));
	copy = arena_str(a, buf_view(&out));
	buf_release(&out);
	return copy;
}

/* The first PNRGOV of the day that has bookings. */
static bool find_bookings(struct bench *b, struct payload *p)
{
	struct parse_limits limits = PARSE_LIMITS_DEFAULT;
	struct err ignored = { 0 };

	for (uint32_t i = 0; i < b->day.nr_file; i++)
		if (b->day.file[i].is_pnrgov &&
		    payload_parse(p, b->day.file[i].bytes, &limits, &b->arena,
				  &ignored) == 0 &&
		    p->parsed[0].nr_slice)
			return true;
	return false;
}

static void measure_bookings(struct bench *b)
{
	struct figure f = { .unit = "ns/B", .each = 1e9 };
	struct parsing each = { .nr = MANY }, one = { .nr = 1 };
	struct str all;
	struct payload p;

	if (!find_bookings(b, &p))
		return;
	each.in = arena_alloc(&b->arena, MANY * sizeof(*each.in));
	for (uint32_t i = 0; i < MANY; i++)
		each.in[i] = with_bookings(&p, i, 1, &b->arena);
	all = with_bookings(&p, 0, MANY, &b->arena);
	one.in = &all;
	f.name = "parse.pnr_1";
	f.of = "1,000 bookings to records, in a PNRGOV each; a byte";
	f.timing = bench_time(parse_all, &each, b->ms);
	figure_print(&f);
	f.peer = figure_value(&f);
	f.name = "parse.pnr_1000";
	f.of = "the same bookings in one PNRGOV; peer: in one each";
	f.timing = bench_time(parse_all, &one, b->ms);
	figure_print(&f);
	arena_release(&each.arena);
	arena_release(&one.arena);
}

int bench_parse(struct bench *b, struct err *e)
{
	double limit = 0;

	if (measure_reader(b, &limit, e))
		return e->code;
	measure_records(b, "parse.pnrgov", "parse.pnrgov_allocs", PNRGOV, false,
			limit);
	measure_records(b, "parse.paxlst", "parse.paxlst_allocs", PAXLST, false,
			limit);
	measure_records(b, "parse.intake", "parse.intake_allocs",
			PNRGOV | PAXLST, true, limit);
	measure_bookings(b);
	return 0;
}
