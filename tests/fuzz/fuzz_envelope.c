/*
 * fuzz_envelope.c - what payload_parse() says of places is true: messages lie
 * in order and apart, slices in order inside theirs, diagnostics are sorted
 * and inside the payload or at its end, and each message has a header or an
 * error
 */
#include "parsers/message.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
	if (!ok)
		abort();
}

static uint32_t end_of(struct span s)
{
	return s.pos + s.len;
}

static void check_message(const struct parsed *p, size_t len)
{
	uint32_t at = p->whole.pos;

	check(end_of(p->whole) >= at && end_of(p->whole) <= len);
	check(p->error.code || p->nr_head);
	check(p->nr_head <= SLICE_HEADS);
	for (uint32_t i = 0; i < p->nr_head; i++)
		check(p->head[i].len && end_of(p->head[i]) <= len);
	for (uint32_t i = 0; i < p->nr_slice; i++) {
		check(p->slice[i].len && p->slice[i].pos >= at);
		at = end_of(p->slice[i]);
	}
	check(at <= end_of(p->whole));
	for (uint32_t i = 0; i < p->nr_diag; i++) {
		check(p->diag[i].byte <= len);
		check(i == 0 || p->diag[i - 1].byte <= p->diag[i].byte);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena arena;
	struct parse_limits limits = PARSE_LIMITS_DEFAULT;
	struct str in = { (const char *)data, size };
	struct payload p;
	struct err e = { 0 };
	uint32_t at = 0;

	arena_clear(&arena);
	if (payload_parse(&p, in, &limits, &arena, &e)) {
		check(e.code && e.text[0] && e.pos <= size);
		return 0;
	}
	check(p.nr_parsed > 0);
	for (uint32_t i = 0; i < p.nr_parsed; i++) {
		check(p.parsed[i].whole.pos >= at);
		check_message(&p.parsed[i], p.bytes.len);
		at = end_of(p.parsed[i].whole);
	}
	return 0;
}
