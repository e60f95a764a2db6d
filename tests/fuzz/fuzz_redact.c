/*
 * fuzz_redact.c - the redaction of any payload: nothing but blanks is put in,
 * lines stay, doing it again removes nothing, and the archive copy says what
 * the record says once the law has been through it
 */
#include "law/redact.h"
#include "tests/fuzz/properties.h"

static struct arena arena;

static void check_bytes(struct str in, struct str copy)
{
	for (size_t i = 0; i < in.len; i++) {
		bool line = in.ptr[i] == '\r' || in.ptr[i] == '\n';

		if (copy.ptr[i] != in.ptr[i] && (copy.ptr[i] != ' ' || line))
			abort();
	}
}

/* The archive copy of what was read, as engine/intake.c makes it. */
static struct str copy_of(struct payload *p, struct redaction *out)
{
	struct str copy = arena_str(&arena, p->bytes);

	redact(p->bytes, &p->claims, (char *)(uintptr_t)copy.ptr, out, &arena);
	return copy;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct parse_limits limits = PARSE_LIMITS_DEFAULT;
	struct payload p, again;
	struct redaction removed, twice;
	struct err e = { 0 };
	struct str copy;

	arena_clear(&arena);
	if (payload_parse(&p, (struct str){ (const char *)data, size }, &limits,
			  &arena, &e))
		return 0;
	copy = copy_of(&p, &removed);
	check_bytes(p.bytes, copy);
	if (payload_parse(&again, copy, &limits, &arena, &e) ||
	    again.nr_parsed != p.nr_parsed)
		abort();
	for (uint32_t i = 0; i < p.nr_parsed; i++) {
		if (p.parsed[i].error.code)
			continue; /* of it only a skeleton is kept */
		record_redact(&p.parsed[i].message, &arena);
		check_same("redacted", "message", &again.parsed[i].message,
			   &p.parsed[i].message);
	}
	for (uint32_t i = 0; i < p.nr_parsed; i++)
		if (p.parsed[i].error.code)
			return 0; /* quarantined: no copy of it is read again */
	copy_of(&again, &twice);
	for (uint32_t i = 0; i < twice.nr_removal; i++)
		fprintf(stderr, "again removed at %u\n", twice.removal[i].pos);
	if (twice.nr_removal)
		abort();
	return 0;
}
