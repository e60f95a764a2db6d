/*
 * pax_us.c - the dialect of the United States, older than the guides
 *
 * No BGM and no NAD. A TDT with LOC 005, PT, 008 and DTM 136, 132, whose date
 * and time are elements, then UNS, then a PDT for each person:
 *
 *	PDT+P/L898902C3:310415:UT+DOE:JANE:A:820417:F+PAX+UTCMN:UTBRU'
 *
 * document with its type (P passport, V visa, A alien registration), expiry
 * and issuer; name, birth, sex; PAX, CRW or ITI (in transit); from, to.
 */
#include "parsers/convert.h"
#include "parsers/paxlst.h"
#include "parsers/when.h"

static const struct {
	const char *code, *type;
} persons[] = {
	{ "PAX", "UNN" },
	{ "ITI", "TRN" },
	{ "CRW", "CRW" },
};

void pax_us_section(struct walk *w)
{
	pax_close_transport(w);
	w->phase = PAX_OTHER;
}

/* The type, which is constant; whoever states none is a passenger. */
static const char *read_type(struct walk *w)
{
	struct piece v = piece_at(w, 3, 1);

	for (size_t i = 0; i < ARRAY_SIZE(persons); i++)
		if (piece_is(v, persons[i].code)) {
			piece_claim(w, v);
			return persons[i].type;
		}
	pax_note_unknown(w, v);
	return persons[0].type;
}

/* Rows of PDT read the rest. */
void pax_us_person(struct walk *w)
{
	struct piece number = piece_at(w, 1, 1), type = { 0 };
	ptrdiff_t slash = str_find_byte(number.text, '/');
	struct person name;

	pax_read_name(w, 2, &name);
	pax_begin_traveller(w, &name, read_type(w), NAME_SOURCE("PDT"));
	if (slash >= 0) {
		/* that one alone: further ones are of a number that may go */
		piece_claim(w, piece_slice(w, number, (size_t)slash,
					   (size_t)slash + 1));
		type = piece_split(w, &number, '/');
		number = piece_slice(w, number, 0, number.text.len);
	}
	pax_add_document(w, type, number);
}

bool convert_us_place(struct walk *w, struct piece v, void *member)
{
	if (v.text.len == 5)
		v = piece_slice(w, v, 2, 5);
	return convert_airport(w, v, member);
}

/* DTM+136+261114+0930+M05: of the zone nothing is kept, times are local. */
void pax_us_time(struct walk *w)
{
	struct piece date = piece_at(w, 2, 1), time = piece_at(w, 3, 1);
	struct date d;
	struct moment m;

	if (!piece_is_set(date)) { /* as DTM 189 and 232 are written */
		pax_route_time(w);
		return;
	}
	if (!when_date(date.text, WHEN_YMD, WHEN_NEAR, w->today, &d) ||
	    !date_is_full(d))
		return;
	m = when_moment(d, time.text);
	piece_claim(w, date);
	if (m.precision != MOMENT_DAY)
		piece_claim(w, time);
	pax_set_time(w, m);
}
