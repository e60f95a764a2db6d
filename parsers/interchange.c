/*
 * interchange.c - what does not agree in an envelope: warnings, no more
 */
#include "parsers/interchange.h"

void interchange_warn(struct interchange *x, const char *code, size_t byte,
		      const char *text)
{
	if (x->w.parsed)
		diag_add(x->w.parsed, x->w.arena, DIAG_WARNING, code, byte,
			 "%s", text);
}

/* Trailer values tell nothing new; they stay unless noise is glued to them. */
static struct piece trailer_value(struct interchange *x, unsigned elem)
{
	struct piece v = piece_at(&x->w, elem, 1);

	if (v.text.len <= REFERENCE_MAX)
		piece_claim(&x->w, v);
	return v;
}

void interchange_count(struct interchange *x, unsigned elem, const char *code,
		       uint32_t counted)
{
	struct piece v = trailer_value(x, elem);
	int64_t stated;

	if (!piece_is_set(v) || !str_to_i64(v.text, &stated)) {
		interchange_warn(x, code, x->w.seg.pos, "there is no count");
		return;
	}
	if (stated != counted && x->w.parsed)
		diag_add(x->w.parsed, x->w.arena, DIAG_WARNING, code,
			 piece_span(&x->w, v).pos, "%s states %lld, counted %u",
			 x->w.seg.tag, (long long)stated, counted);
}

void interchange_reference(struct interchange *x, unsigned elem,
			   const char *code, struct str expected)
{
	struct piece v = trailer_value(x, elem);

	if (!piece_is_set(v))
		interchange_warn(x, code, x->w.seg.pos,
				 "there is no reference");
	else if (!str_eq(v.text, expected))
		interchange_warn(x, code, piece_span(&x->w, v).pos,
				 "the reference is not that of the header");
}

/* What was odd about a segment, as warnings. */
void interchange_oddities(struct interchange *x)
{
	static const struct {
		unsigned odd;
		const char *code, *text;
		bool at_end; /* of the segment, not at its tag */
	} notes[] = {
		{ EDI_UNTERMINATED, "segment-unterminated",
		  "the message ends inside this segment", false },
		{ EDI_TOO_MANY, "segment-parts",
		  "more than 4096 components; the rest is dropped", false },
		{ EDI_LOST, "terminator-lost",
		  "here a terminator is missing; the next tag ends the segment",
		  true },
		{ EDI_DANGLING, "release-dangling",
		  "the release character before this byte protects nothing",
		  true },
		{ EDI_QUOTE, "terminator-quote",
		  "a quote stands for the terminator, here and maybe further "
		  "on",
		  true },
		{ EDI_BAD_TAG, "segment-tag", "this is not a segment", false },
	};
	unsigned odd = x->w.seg.odd & ~x->told;

	if (odd & EDI_BAD_TAG && x->w.seg.pos == x->w.seg.term)
		odd &= ~(unsigned)EDI_BAD_TAG; /* a stray terminator */
	for (size_t i = 0; odd && i < ARRAY_SIZE(notes); i++)
		if (odd & notes[i].odd)
			interchange_warn(x, notes[i].code,
					 notes[i].at_end ? x->w.seg.term
							 : x->w.seg.pos,
					 notes[i].text);
	if (x->w.parsed)
		x->told |= x->w.seg.odd & EDI_QUOTE;
}
