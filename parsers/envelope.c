#include "parsers/envelope.h"

#include "parsers/charset.h"
#include "parsers/convert.h"
#include "parsers/head.h"
#include "parsers/interchange.h"
#include "parsers/structure.h"
#include "parsers/when.h"

#include <string.h>

/* Without a date in UNB two-digit years of births reach to here. */
#define NO_DATE ((struct date){ 2030, 1, 1 })

enum {
	UNA_REACH = 64, /* bytes from UNA in which its UNB must be found */
	DATE_MAX = 10,	/* bytes of a date, hyphens included */
	SHAPE_MAX = 6,	/* bytes of a code that tells segments apart */
};

static const struct message_kind *const kinds[] = { &paxlst_kind,
						    &pnrgov_kind };

static void read_sent_at(struct interchange *x)
{
	struct walk *w = &x->w;
	struct piece day = piece_at(w, 4, 1), time = piece_at(w, 4, 2);
	struct date d;

	if (day.text.len > DATE_MAX ||
	    !when_date(day.text, WHEN_YMD, WHEN_NEAR, NO_DATE, &d) ||
	    !date_is_full(d))
		return;
	w->today = d;
	x->header.sent_at = when_moment(d, time.text);
}

/* Addresses and references of the envelope, unless text is glued to them. */
static void claim_header(struct walk *w)
{
	for (unsigned e = 1; e <= w->seg.elems; e++)
		for (unsigned c = 1; c <= edi_components(&w->seg, e); c++) {
			struct piece v = piece_at(w, e, c);

			if (v.text.len <= REFERENCE_MAX)
				piece_claim(w, v);
		}
}

/* UNB: syntax, sender, date, reference, test indicator. */
static void read_unb(struct interchange *x)
{
	struct walk *w = &x->w;
	struct piece test = piece_at(w, 11, 1);

	claim_header(w);
	/* without the version's digit it would be no UNB */
	piece_claim(w, piece_slice(w, piece_at(w, 1, 2), 0, 1));
	w->charset = charset_of_syntax(piece_at(w, 1, 1).text);
	x->header.sender = keep_at(w, 2, 1);
	read_sent_at(x);
	x->control = x->header.control = keep_at(w, 5, 1);
	if (test.text.len == 1 && str_is_digits(test.text))
		x->header.test = piece_is(test, "0") ? FLAG_NO : FLAG_YES;
	x->una_unb.len = w->seg.end - x->una_unb.pos;
	head_open(x);
	x->unb_is_open = w->seg.odd & EDI_LOST;
}

/* A group without its UNE. */
static void cut_group(struct interchange *x)
{
	if (x->group_open)
		interchange_warn(x, "une-missing", x->w.seg.pos,
				 "the group has no UNE");
	x->group_open = false;
}

static void read_ung(struct interchange *x)
{
	struct walk *w = &x->w;

	cut_group(x);
	x->group_open = true;
	claim_header(w);
	x->nr_groups++;
	x->nr_in_group = 0;
	x->ung = (struct span){ w->seg.pos, w->seg.end - w->seg.pos };
	x->ung_is_open = w->seg.odd & EDI_LOST;
	x->group_type = keep_at(w, 1, 1);
	x->group_reference = keep_at(w, 5, 1);
}

/* UNH's S010: number of the part, C first, F last. */
static void read_series(struct walk *w)
{
	struct message *m = w->msg;
	struct piece number = piece_at(w, 4, 1), mark = piece_at(w, 4, 2);

	if (piece_is_set(number))
		convert_int(w, number, &m->part);
	if (piece_is(mark, "F") || piece_is(mark, "C")) {
		piece_claim(w, mark);
		m->last = piece_is(mark, "F") ? FLAG_YES : FLAG_NO;
	}
	if (m->part.set && m->part.v == 1 && m->last == FLAG_YES)
		m->part = (struct number){ 0 }; /* the only one */
}

static const struct message_kind *find_kind(struct str name)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (str_eq_nocase(name, str_of(kinds[i]->name)))
			return kinds[i];
	return NULL;
}

/* "13:1" of PNRGOV, "D:05B" of PAXLST. */
static struct str read_version(struct walk *w)
{
	struct str version = keep_at(w, 2, 2), release = keep_at(w, 2, 3);

	if (!release.ptr)
		return version;
	return arena_join(w->arena, version, STR(":"), release);
}

/* Of two messages with one reference both are read: they are counted here. */
static void note_reference(struct interchange *x, struct str reference)
{
	if (x->nr_messages > 1 && str_eq(reference, x->reference))
		interchange_warn(x, "unh-reference", x->w.seg.pos,
				 "the message before has the same reference");
	x->reference = reference;
}

static void open_message(struct interchange *x)
{
	struct walk *w = &x->w;
	struct payload *out = x->out;
	struct parsed *p =
		arena_push(w->arena, &out->parsed, &out->nr_parsed, sizeof(*p));
	struct piece type = piece_at(w, 2, 1);

	x->open = true;
	x->head_end = 0;
	x->nr_segments = 1;
	x->nr_messages++;
	x->nr_in_group++;
	p->whole.pos = w->seg.pos;
	p->message = x->header;
	w->parsed = p;
	w->msg = &p->message;
	w->slice_open = false;
	memset(w->rec, 0, sizeof(w->rec));
	claim_header(w);
	note_reference(x, keep_at(w, 1, 1));
	p->message.type =
		piece_is_set(type) ? piece_keep(w, type) : x->group_type;
	p->message.version = read_version(w);
	p->message.reference = keep_at(w, 3, 1);
	head_message(x);
	read_series(w);
	x->kind = find_kind(p->message.type);
	if (x->kind)
		x->kind->begin(w);
	else
		err_at(&p->error, ERR_VALUE, w->seg.pos,
		       "this type of message is not read; PAXLST and PNRGOV "
		       "are");
}

static bool is_empty(const struct message *m)
{
	return !m->nr_bookings && !m->nr_travellers && !m->flight.carrier.ptr &&
	       !m->flight.number.ptr && !m->flight.origin.ptr;
}

/* The message ends before the byte `end`; w->seg is what ends it. */
static void close_message(struct interchange *x, uint32_t end)
{
	struct parsed *p = x->w.parsed;

	if (!x->open)
		return;
	x->open = false;
	if (x->kind)
		x->kind->end(&x->w);
	p->whole.len = end - p->whole.pos;
	interchange_heads(x);
	if (x->kind && is_empty(&p->message))
		err_at(&p->error, ERR_SYNTAX, p->whole.pos,
		       "there is neither a flight nor a traveller in it");
}

/* A message without its UNT. */
static void cut_message(struct interchange *x)
{
	if (!x->open)
		return;
	interchange_warn(x, "unt-missing", x->w.seg.pos,
			 "the message has no UNT");
	close_message(x, x->w.seg.pos);
}

static void read_unt(struct interchange *x)
{
	if (!x->open) {
		interchange_warn(x, "unt-stray", x->w.seg.pos,
				 "UNT without a message");
		return;
	}
	interchange_count(x, 1, "unt-count", x->nr_segments + 1);
	interchange_reference(x, 2, "unt-reference", x->reference);
	close_message(x, x->w.seg.end);
}

static void read_une(struct interchange *x)
{
	cut_message(x);
	if (!x->group_open) {
		interchange_warn(x, "une-stray", x->w.seg.pos,
				 "UNE without a UNG");
		return;
	}
	x->group_open = false;
	interchange_count(x, 1, "une-count", x->nr_in_group);
	interchange_reference(x, 2, "une-reference", x->group_reference);
}

static void read_unz(struct interchange *x)
{
	cut_message(x);
	cut_group(x);
	x->ended = x->stop = true;
	interchange_count(x, 1, "unz-count",
			  x->nr_groups ? x->nr_groups : x->nr_messages);
	interchange_reference(x, 2, "unz-reference", x->control);
}

static void read_segment(struct interchange *x)
{
	switch (x->w.seg.code) {
	case EDI_TAG('U', 'N', 'B'):
		if (x->w.seg.pos == x->unb)
			read_unb(x);
		break;
	case EDI_TAG('U', 'N', 'G'):
		cut_message(x);
		read_ung(x);
		break;
	case EDI_TAG('U', 'N', 'H'):
		cut_message(x);
		open_message(x);
		break;
	case EDI_TAG('U', 'N', 'T'):
		read_unt(x);
		break;
	case EDI_TAG('U', 'N', 'E'):
		read_une(x);
		break;
	case EDI_TAG('U', 'N', 'Z'):
		read_unz(x);
		break;
	default:
		if (!x->open || x->w.seg.pos == x->w.seg.term)
			break;
		x->nr_segments++;
		/* what is no segment is blanked, and may not count then */
		if (x->kind && !(x->w.seg.odd & EDI_BAD_TAG))
			x->kind->segment(&x->w);
	}
}

/* UNB without a message that could be read is recorded as one that cannot. */
static void note_empty(struct interchange *x, size_t end)
{
	struct payload *out = x->out;
	struct parsed *p;

	if (out->nr_parsed > x->first)
		return;
	p = arena_push(x->w.arena, &out->parsed, &out->nr_parsed, sizeof(*p));
	p->message = x->header;
	p->whole = (struct span){ x->una_unb.pos,
				  (uint32_t)(end - x->una_unb.pos) };
	err_at(&p->error, ERR_SYNTAX, x->una_unb.pos,
	       "the interchange holds no message (UNH)");
}

static void end_interchange(struct interchange *x)
{
	size_t end = x->r.pos;

	x->w.seg.pos = (uint32_t)end;
	cut_message(x);
	if (!x->ended) {
		cut_group(x);
		interchange_warn(x, "unz-missing", end ? end - 1 : 0,
				 "the interchange has no UNZ");
	}
	note_empty(x, end);
	head_close(x);
}

/*
 * Does the segment at hand begin the next interchange, or hold its begin
 * behind noise? This one has no UNZ. The next may have other separators: then
 * its UNB is no tag here.
 */
static bool begins_another(const struct interchange *x)
{
	const struct walk *w = &x->w;
	struct edi_start next;
	uint32_t code = w->seg.code;
	/* a UNA that no UNB follows is blanked, and no tag then */
	bool odd = w->seg.odd & EDI_BAD_TAG || code == EDI_TAG('U', 'N', 'A');

	if (w->seg.pos == x->unb || !(odd || code == EDI_TAG('U', 'N', 'B')))
		return false;
	return edi_find_start(str_slice(w->in, 0, w->seg.end + UNA_REACH),
			      w->seg.pos, &next) &&
	       (next.una == w->seg.pos || (odd && next.una < w->seg.end));
}

/*
 * The codes by which a tag without a terminator before it was known for one:
 * without them the archive copy would read otherwise.
 */
static void claim_shape(struct walk *w)
{
	for (unsigned c = 1; c <= 3 && edi_has_shape(w->seg.code); c++) {
		struct piece v = piece_at(w, 1, c);

		if (w->seg.code != EDI_TAG('S', 'S', 'R') &&
		    w->seg.code != EDI_TAG('T', 'I', 'F') &&
		    v.text.len <= SHAPE_MAX)
			piece_claim(w, v);
	}
}

size_t envelope_read(struct payload *out, const struct edi_start *start,
		     struct arena *a)
{
	struct interchange *x = arena_alloc(a, sizeof(*x));
	struct walk *w = &x->w;
	bool damaged = start->damaged;

	x->out = out;
	x->first = out->nr_parsed;
	x->una_unb.pos = (uint32_t)start->una;
	x->unb = start->unb;
	w->arena = a;
	w->in = out->bytes;
	w->mended = arena_alloc(a, sizeof(*w->mended));
	w->claims = &out->claims;
	w->plain = out->plain;
	w->syntax = start->syntax;
	w->today = NO_DATE;
	claims_keep(w->claims, start->una, start->unb - start->una);
	edi_claim_start(w->claims, w->in, start);
	edi_init(&x->r, w->in, start->unb, &start->syntax, a);
	while (!x->stop && edi_next(&x->r, &w->seg)) {
		if (begins_another(x)) {
			x->r.pos = w->seg.pos;
			break;
		}
		if (w->seg.code == EDI_TAG('U', 'N', 'A'))
			w->seg.odd |= EDI_BAD_TAG; /* none that an UNB follows:
						    * blanked it would be one */
		w->mended->nr_text = 0;
		if (!structure_claim(w, &x->r))
			walk_claim_structure(w, &x->r);
		if (x->is_open)
			claim_shape(w);
		read_segment(x);
		interchange_end_head(x);
		if (w->seg.odd)
			interchange_oddities(x);
		if (damaged && w->parsed) {
			interchange_warn(
				x, "una-damaged", start->una,
				"UNA cannot be right; separators were guessed");
			damaged = false;
		}
	}
	end_interchange(x);
	return x->r.pos;
}
