/*
 * redaction.h - what holds for the redaction of every payload: nothing but
 * blanks is put in, lines stay, doing it again removes nothing, and the archive
 * copy says what the record says once the law has been through it
 */
#ifndef TESTS_FUZZ_REDACTION_H
#define TESTS_FUZZ_REDACTION_H

#include "law/redact.h"
#include "tests/fuzz/properties.h"

static inline void check_only_blanked(struct str in, struct str copy)
{
	for (size_t i = 0; i < in.len; i++) {
		bool line = in.ptr[i] == '\r' || in.ptr[i] == '\n';

		if (copy.ptr[i] != in.ptr[i] && (copy.ptr[i] != ' ' || line))
			abort();
	}
}

/* The archive copy of what was read, as engine/intake.c makes it. */
static inline struct str copy_of(struct payload *p, struct redaction *out,
				 struct arena *a)
{
	struct str copy = arena_str(a, p->bytes);

	redact(p->bytes, &p->claims, (char *)(uintptr_t)copy.ptr, out, a);
	return copy;
}

static inline void check_redaction(struct str in)
{
	static struct arena arena;
	struct parse_limits limits = PARSE_LIMITS_DEFAULT;
	struct payload p, again;
	struct redaction removed, twice;
	struct err e = { 0 };
	struct str copy;

	arena_clear(&arena);
	if (payload_parse(&p, in, &limits, &arena, &e))
		return;
	copy = copy_of(&p, &removed, &arena);
	check_only_blanked(p.bytes, copy);
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
			return; /* quarantined: no copy of it is read again */
	copy_of(&again, &twice, &arena);
	for (uint32_t i = 0; i < twice.nr_removal; i++)
		fprintf(stderr, "again removed at %u\n", twice.removal[i].pos);
	if (twice.nr_removal)
		abort();
}

#endif
