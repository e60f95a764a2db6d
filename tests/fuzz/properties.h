/*
 * properties.h - what holds for every payload, good or bad
 *
 * Blanking what nobody claimed changes no record, doing it again changes no
 * byte, a header slice with one slice behind it says the same as the whole
 * message, and an answer is printable and an interchange.
 */
#ifndef TESTS_FUZZ_PROPERTIES_H
#define TESTS_FUZZ_PROPERTIES_H

#include "parsers/message.h"
#include "parsers/record_json.h"
#include "parsers/reply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* libFuzzer calls it with each input. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void fail(const char *what, struct buf got, struct buf want)
{
	fprintf(stderr, "%s:\ngot  %.*s\nwant %.*s\n", what, (int)got.len,
		got.len ? got.data : "", (int)want.len,
		want.len ? want.data : "");
	abort();
}

static inline struct buf json_of(const char *record, const void *r)
{
	struct buf b = { 0 };
	struct json j;

	json_init(&j, &b);
	record_write_json(&j, NULL, record, r);
	return b;
}

static inline void check_same(const char *what, const char *record,
			      const void *got, const void *want)
{
	struct buf g = json_of(record, got), w = json_of(record, want);

	if (!str_eq(buf_view(&g), buf_view(&w)))
		fail(what, g, w);
	buf_release(&g);
	buf_release(&w);
}

static inline struct str blanked(const struct payload *p, struct arena *a)
{
	struct str out = arena_str(a, p->bytes);
	char *c = (char *)(uintptr_t)out.ptr;

	for (size_t i = 0; i < out.len; i++)
		if (!claims_kept(&p->claims, i) && c[i] != '\r' && c[i] != '\n')
			c[i] = ' ';
	return out;
}

/* Of one that was too long there may be a remnant in the copy `b`. */
static inline bool same_texts(const struct str *a, const struct str *b,
			      size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (a[i].ptr && !str_eq(a[i], b[i]))
			return false;
	return true;
}

/* The same bytes; at their end one may have noise that is blanks by now. */
static inline bool same_span(struct str copy, struct span a, struct span b)
{
	uint32_t less = a.len < b.len ? a.len : b.len;
	uint32_t more = a.len < b.len ? b.len : a.len;

	return a.pos == b.pos &&
	       !str_trim(str_slice(copy, a.pos + less, a.pos + more)).len;
}

/*
 * What stands beside the records of a message: engine/intake.c takes it from
 * the bytes before they are blanked.
 */
static inline void check_frame(struct str copy, const struct parsed *m,
			       const struct parsed *n)
{
	bool same = n->nr_head == m->nr_head && n->nr_slice == m->nr_slice &&
		    same_span(copy, n->whole, m->whole) &&
		    same_texts(&m->unh.reference, &n->unh.reference,
			       sizeof(m->unh) / sizeof(struct str));

	for (uint32_t i = 0; same && i < m->nr_head; i++)
		same = same_span(copy, n->head[i], m->head[i]);
	for (uint32_t i = 0; same && i < m->nr_slice; i++)
		same = same_span(copy, n->slice[i], m->slice[i]);
	if (!same)
		fail("blanked frame", (struct buf){ 0 }, (struct buf){ 0 });
}

/* The same of interchanges. */
static inline void check_heads(const struct payload *p, const struct payload *q)
{
	if (p->nr_head != q->nr_head)
		abort();
	for (uint32_t i = 0; i < p->nr_head; i++) {
		const struct interchange_head *a = &p->head[i];
		const struct interchange_head *b = &q->head[i];

		if (!same_texts(&a->syntax, &b->syntax,
				offsetof(struct interchange_head, test) /
					sizeof(struct str)) ||
		    a->test != b->test || a->ack_asked != b->ack_asked ||
		    a->unb != b->unb || a->first != b->first ||
		    a->nr_parsed != b->nr_parsed || a->nr_unh != b->nr_unh)
			fail("blanked head", (struct buf){ 0 },
			     (struct buf){ 0 });
	}
}

static inline void check_blanking(const struct payload *p, struct arena *a)
{
	struct parse_limits limits = PARSE_LIMITS_DEFAULT;
	struct payload again;
	struct err e = { 0 };
	struct str copy = blanked(p, a), twice;

	if (payload_parse(&again, copy, &limits, a, &e))
		abort();
	twice = blanked(&again, a);
	/* engine/intake.c refuses the payload if their numbers differ */
	if (again.nr_parsed != p->nr_parsed)
		abort();
	check_heads(p, &again);
	for (uint32_t i = 0; i < p->nr_parsed; i++) {
		const struct parsed *m = &p->parsed[i], *n = &again.parsed[i];

		if (n->whole.pos != m->whole.pos ||
		    !n->error.code != !m->error.code)
			abort();
		if (m->error.code)
			continue; /* of it only a skeleton is kept */
		check_same("blanked", "message", &n->message, &m->message);
		check_frame(copy, m, n);
		if (memcmp(copy.ptr + m->whole.pos, twice.ptr + m->whole.pos,
			   m->whole.len))
			fail("blanked twice", (struct buf){ 0 },
			     (struct buf){ 0 });
	}
}

static inline struct payload parse_slice(const struct payload *p,
					 const struct parsed *m, uint32_t slice,
					 struct arena *a)
{
	struct parse_limits limits = { SIZE_MAX };
	struct buf b = { 0 };
	struct payload out;
	struct err e = { 0 };
	struct str copy;

	buf_str(&b, message_head(p->bytes, m, a));
	buf_add(&b, p->bytes.ptr + m->slice[slice].pos, m->slice[slice].len);
	copy = arena_str(a, buf_view(&b));
	buf_release(&b);
	if (payload_parse(&out, copy, &limits, a, &e))
		abort();
	return out;
}

static inline void check_slices(const struct payload *p, const struct parsed *m,
				struct arena *a)
{
	const struct message *msg = &m->message;

	for (uint32_t i = 0; i < msg->nr_bookings && i < 4; i++) {
		struct payload s = parse_slice(p, m, msg->bookings[i].slice, a);

		if (s.nr_parsed < 1 || s.parsed[0].message.nr_bookings != 1)
			abort();
		check_same("slice", "booking", s.parsed[0].message.bookings,
			   &msg->bookings[i]);
	}
	for (uint32_t i = 0; i < msg->nr_travellers && i < 4; i++) {
		struct payload s =
			parse_slice(p, m, msg->travellers[i].slice, a);

		if (s.nr_parsed < 1 || s.parsed[0].message.nr_travellers != 1)
			abort();
		check_same("slice", "traveller", s.parsed[0].message.travellers,
			   &msg->travellers[i]);
	}
}

static inline void check_reply(struct str in, struct arena *a)
{
	struct parse_limits limits = { SIZE_MAX };
	struct buf b = { (char *)(uintptr_t)in.ptr, in.len, 0, 0, false };
	struct payload p;
	struct err e = { 0 };

	for (size_t i = 0; i < in.len; i++)
		if (in.ptr[i] < ' ' || in.ptr[i] > '~')
			abort();
	/* what is released in it may look like a lost terminator: no more */
	if (payload_parse(&p, in, &limits, a, &e) || p.head[0].unb != 9)
		fail("a reply", b, b);
}

static inline void check_replies(const struct payload *p, struct arena *a)
{
	for (uint32_t i = 0; i < p->nr_head; i++)
		for (int k = 0; k < REPLY_KINDS; k++) {
			struct buf b = { 0 };
			struct reply_ask ask = { p,
						 &p->head[i],
						 (enum reply_kind)k,
						 STR("CONTROL"),
						 { 0, MOMENT_SECOND } };

			if (reply_write(&b, &ask))
				check_reply(arena_str(a, buf_view(&b)), a);
			buf_release(&b);
		}
}

/* Any bytes; `head` is put before those that hold no interchange. */
static inline void check_payload(struct str in, struct str head)
{
	static struct arena arena;
	struct parse_limits limits = PARSE_LIMITS_DEFAULT;
	struct payload p;
	struct err e = { 0 };
	struct buf b = { 0 };

	if (str_find(in, STR("UNB")) < 0) {
		buf_str(&b, head);
		buf_str(&b, in);
		in = arena_str(&arena, buf_view(&b));
		buf_release(&b);
	}
	if (!payload_parse(&p, in, &limits, &arena, &e)) {
		check_replies(&p, &arena);
		check_blanking(&p, &arena);
		for (uint32_t i = 0; i < p.nr_parsed; i++)
			if (!p.parsed[i].error.code)
				check_slices(&p, &p.parsed[i], &arena);
	}
	arena_clear(&arena);
}

#endif
