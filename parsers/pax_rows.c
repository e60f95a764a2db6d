/*
 * pax_rows.c - what a PAXLST says, as rows
 *
 * To read one more component: a row (and, if the member is new, a row in
 * record.def). Rows of one tag stand together. A component without a row is
 * not kept: law/redact.c blanks it.
 */
#include "parsers/baggage.h"
#include "parsers/contact.h"
#include "parsers/convert.h"
#include "parsers/paxlst.h"

static struct traveller *traveller_of(struct walk *w)
{
	return w->rec[REC_TRAVELLER];
}

/* LOC+180: country, names of places in components 4 of elements 2, 3, 4. */
static void read_birth_place(struct walk *w)
{
	struct traveller *t = traveller_of(w);
	struct piece country = piece_at(w, 2, 1);

	if (piece_is_set(country))
		convert_country(w, country, &t->birth_country);
	for (unsigned e = 2; e <= 4; e++) {
		struct str place = keep_at(w, e, 4);

		if (!place.ptr)
			continue;
		t->birth_place =
			t->birth_place.ptr
				? arena_fmt(w->arena, STR_FMT ", " STR_FMT,
					    STR_ARG(t->birth_place),
					    STR_ARG(place))
				: place;
	}
}

static void read_nationality(struct walk *w)
{
	struct traveller *t = traveller_of(w);
	struct piece v = piece_at(w, 2, 1);
	struct str code = STR_NONE;

	if (!piece_is_set(v) || !convert_country(w, v, &code))
		return;
	if (!t->nationality.ptr || str_eq(t->nationality, code))
		t->nationality = code;
	else
		t->second_nationality = code;
}

/* MEA+CT++:2 or MEA+CT++2 */
static void read_pieces(struct walk *w)
{
	struct piece v = piece_at(w, 3, 2);
	struct number n = { 0 };

	if (!piece_is_set(v))
		v = piece_at(w, 3, 1);
	if (!piece_is_set(v) || !convert_int(w, v, &n))
		return;
	paxlst_of(w)->pieces = n.v;
	traveller_of(w)->known_bags = true;
}

/* MEA+WT++KGM:31; the unit may be missing, and the number in its place. */
static void read_weight(struct walk *w)
{
	struct piece unit = piece_at(w, 3, 1), weight = piece_at(w, 3, 2);
	int64_t milli;

	if (decimal_read(unit.text, &milli)) {
		weight = unit;
		unit = (struct piece){ STR_NONE };
	}
	bag_weight_read(w, weight, unit, &traveller_of(w)->bag_weight);
}

/*
 * FTX+BAG+++X9123456:2: carrier and number of the first tag, how many. Some
 * put the weight in element 2, whose own codes are 1 to 7.
 */
static void read_bag(struct walk *w)
{
	struct piece v = piece_at(w, 4, 1);
	struct str tag, carrier = STR_NONE;
	struct piece weight = piece_at(w, 2, 1);
	struct number kg = { 0 };

	if (weight.text.len > 1 || piece_is(weight, "8") ||
	    piece_is(weight, "9"))
		bag_weight_read(w, weight, (struct piece){ 0 }, &kg);
	paxlst_of(w)->tag_weight += kg.v;
	if (!str_is_alnum(v.text) || piece_is(v, "NULL") || v.text.len > 14)
		return;
	tag = piece_keep(w, v);
	if (!str_is_digits(str_slice(tag, 0, 2)) &&
	    str_is_digits(str_slice(tag, 2, tag.len)))
		carrier = str_slice(tag, 0, 2);
	bags_add_run(w, traveller_of(w), tag, carrier, STR_NONE,
		     bags_run_length(w, piece_at(w, 4, 2)));
}

static void set_verified(struct walk *w, struct piece v)
{
	struct traveller *t = traveller_of(w);

	if (piece_is(v, "173"))
		t->verified = FLAG_YES;
	else if (piece_is(v, "174"))
		t->verified = FLAG_NO;
	else if (!piece_is(v, "ZZZ")) { /* no information */
		pax_note_unknown(w, v);
		return;
	}
	piece_claim(w, v);
}

static void read_verified(struct walk *w)
{
	set_verified(w, piece_at(w, 2, 1));
}

/* GIS+173, as GEI was called before; some write GIS+4+173, too. */
static void read_verified_old(struct walk *w)
{
	struct piece v = piece_at(w, 1, 1);

	if (piece_is(v, "4")) {
		piece_claim(w, v);
		v = piece_at(w, 2, 1);
	}
	set_verified(w, v);
}

static void read_seat(struct walk *w)
{
	struct traveller *t = traveller_of(w);
	struct piece v = piece_at(w, 1, 2);
	struct str number;

	if (!piece_is_set(v) || !seat_read(v.text, &number))
		return;
	piece_claim(w, v);
	for (uint32_t i = 0; i < t->nr_seats; i++)
		if (str_eq(t->seats[i].number, number))
			return;
	LIST_PUSH(w, t, seats)->number = number;
}

/* RFF+CR: the number of a customer, whose programme is not stated. */
static void read_customer(struct walk *w)
{
	struct piece v = piece_at(w, 1, 2);
	struct str number;

	if (piece_is_set(v) && convert_code(w, v, &number))
		LIST_PUSH(w, traveller_of(w), frequent_flyers)->number = number;
}

/* RFF+AVF: the locator; further ones are those of other systems. */
static void read_locator(struct walk *w)
{
	struct traveller *t = traveller_of(w);
	struct piece v = piece_at(w, 1, 2);
	struct str locator;

	if (!piece_is_set(v) || !convert_code(w, v, &locator))
		return;
	if (!t->locator.ptr)
		t->locator = locator;
	else if (!str_eq(t->locator, locator))
		LIST_PUSH(w, t, locators)->value = locator;
}

/* RFF+YZY: number, C and coupon. */
static void read_ticket(struct walk *w)
{
	struct piece v = piece_at(w, 1, 2);
	ptrdiff_t coupon = str_find_byte(v.text, 'C');

	if (coupon > 0)
		v = piece_slice(w, v, 0, (size_t)coupon);
	if (str_is_digits(v.text) && v.text.len >= 10 && v.text.len <= 15)
		LIST_PUSH(w, traveller_of(w), tickets)->number =
			piece_keep(w, v);
}

/* COM+number:TE+address:EM; composites may be empty. */
static void read_contacts(struct walk *w)
{
	static const char *const kinds[][2] = { { "TE", "phone" },
						{ "AL", "mobile" },
						{ "FX", "fax" },
						{ "EM", "email" } };
	struct traveller *t = traveller_of(w);

	for (unsigned e = 1; e <= w->seg.elems; e++) {
		struct piece v = piece_at(w, e, 1), kind = piece_at(w, e, 2);
		size_t i = 0;

		if (!piece_is_set(v))
			continue;
		while (i < ARRAY_SIZE(kinds) && !piece_is(kind, kinds[i][0]))
			i++;
		if (i == ARRAY_SIZE(kinds)) {
			pax_note_unknown(w, kind);
			continue;
		}
		piece_claim(w, kind);
		contact_add(w, CONTACTS_OF(t), kinds[i][1], piece_keep(w, v));
	}
}

/* Of the reporting party, of goods and payments: known, and not kept. */
static void say_nothing(struct walk *w)
{
	(void)w;
}

const struct seg_row pax_rows[] = {
	/* clang-format off */
	/* tag  qual   phases	     el co  fills				      conversion */
	{ "BGM", NULL,  PAX_HEADER,    .fn = pax_read_purpose },
	{ "NAD", NULL,  0,	       .fn = pax_open_party },
	{ "TDT", NULL,  0,	       .fn = pax_open_transport },
	{ "LOC", NULL,  PAX_FLIGHT,    .fn = pax_route_point },
	{ "LOC", "22",  PAX_PERSON,    2, 1, INTO(TRAVELLER, traveller, clears_at),   convert_airport, NULL },
	{ "LOC", "174", PAX_PERSON,    2, 1, INTO(TRAVELLER, traveller, residence),   convert_country, NULL },
	{ "LOC", "178", PAX_PERSON,    2, 1, INTO(TRAVELLER, traveller, origin),      convert_airport, NULL },
	{ "LOC", "179", PAX_PERSON,    2, 1, INTO(TRAVELLER, traveller, destination), convert_airport, NULL },
	{ "LOC", "180", PAX_PERSON,    .fn = read_birth_place },
	{ "LOC", "91",  PAX_TRAVELLER, SKIPPED },
	{ "LOC", "91",  PAX_DOCUMENT,  2, 1, INTO(DOCUMENT, document, issuer),	      convert_country, NULL },
	{ "LOC", "91",  PAX_VISA,      2, 1, INTO(VISA, visa, country),		      convert_country, NULL },
	{ "DTM", "189", PAX_FLIGHT,    .fn = pax_route_time },
	{ "DTM", "232", PAX_FLIGHT,    .fn = pax_route_time },
	{ "DTM", "136", PAX_FLIGHT,    .fn = pax_us_time },
	{ "DTM", "132", PAX_FLIGHT,    .fn = pax_us_time },
	{ "DTM", "554", PAX_FLIGHT,    SKIPPED },
	{ "DTM", "36",  PAX_TRAVELLER, SKIPPED },
	{ "DTM", "182", PAX_TRAVELLER, SKIPPED },
	{ "DTM", "329", PAX_PERSON,    1, 2, INTO(TRAVELLER, traveller, birth_date),  convert_birth, NULL },
	{ "DTM", "36",  PAX_DOCUMENT,  1, 2, INTO(DOCUMENT, document, expires),	      convert_expiry, NULL },
	{ "DTM", "182", PAX_DOCUMENT,  1, 2, INTO(DOCUMENT, document, issued),	      convert_issue, NULL },
	{ "DTM", "36",  PAX_VISA,      1, 2, INTO(VISA, visa, expires),		      convert_expiry, NULL },
	{ "DTM", "182", PAX_VISA,      1, 2, INTO(VISA, visa, issued),		      convert_issue, NULL },
	{ "DTM", NULL,  0,	       1, 3, CONSTANT, NULL },
	{ "ATT", "2",   PAX_PERSON,    3, 1, INTO(TRAVELLER, traveller, sex),	      convert_sex, NULL },
	{ "MEA", "CT",  PAX_PERSON,    .fn = read_pieces },
	{ "MEA", "WT",  PAX_PERSON,    .fn = read_weight },
	{ "GEI", "4",   PAX_PERSON,    .fn = read_verified },
	{ "GIS", NULL,	PAX_PERSON,    .fn = read_verified_old },
	{ "FTX", "BAG", PAX_PERSON,    .fn = read_bag },
	{ "COM", NULL,  PAX_PERSON,    .fn = read_contacts },
	{ "COM", NULL,  PAX_HEADER | PAX_OTHER | PAX_FLIGHT, .fn = say_nothing },
	{ "EMP", "1",   PAX_PERSON,    2, 1, INTO(TRAVELLER, traveller, crew_role),   convert_short, NULL },
	{ "EMP", "1",   PAX_PERSON,    2, 2, CONSTANT, NULL },
	{ "EMP", "1",   PAX_PERSON,    2, 3, CONSTANT, NULL },
	{ "NAT", "2",   PAX_PERSON,    .fn = read_nationality },
	{ "RFF", "TN",	PAX_HEADER | PAX_OTHER, 1, 2, INTO(MESSAGE, message, transaction), convert_code, NULL },
	{ "RFF", "TN",	PAX_HEADER | PAX_OTHER, 1, 5, INTO(MESSAGE, message, revision), convert_int, NULL },
	{ "RFF", "TN",	PAX_PERSON,    SKIPPED },
	{ "RFF", "AVF", PAX_PERSON,    .fn = read_locator },
	{ "RFF", "ABO", PAX_PERSON,    1, 2, INTO(TRAVELLER, traveller, carrier_id),  convert_code, NULL },
	{ "RFF", "SEA", PAX_PERSON,    .fn = read_seat },
	{ "RFF", "YZY", PAX_PERSON,    .fn = read_ticket },
	{ "RFF", "CR",	PAX_PERSON,    .fn = read_customer },
	{ "RFF", "AEA", PAX_PERSON,    SKIPPED },
	{ "RFF", "AF",	PAX_PERSON,    SKIPPED },
	{ "DOC", NULL,  PAX_PERSON,    .fn = pax_open_document },
	{ "DOC", NULL,  PAX_PERSON,    1, 2, CONSTANT, NULL },
	{ "DOC", NULL,  PAX_PERSON,    1, 3, CONSTANT, NULL },
	{ "CNT", NULL,  0,	       .fn = pax_read_count },
	{ "CTA", NULL,  0,	       .fn = say_nothing },
	{ "CPI", NULL,  0,	       .fn = say_nothing },
	{ "QTY", NULL,  0,	       .fn = say_nothing },
	{ "GID", NULL,  0,	       .fn = say_nothing },
	{ "AUT", NULL,  0,	       .fn = say_nothing },
	/* the United States */
	{ "UNS", NULL,  0,	       .fn = pax_us_section },
	{ "PDT", NULL,  0,	       .fn = pax_us_person },
	{ "PDT", NULL,  PAX_DOCUMENT,  1, 2, INTO(DOCUMENT, document, expires),	      convert_expiry, NULL },
	{ "PDT", NULL,  PAX_DOCUMENT,  1, 3, INTO(DOCUMENT, document, issuer),	      convert_country, NULL },
	{ "PDT", NULL,  PAX_VISA,      1, 2, INTO(VISA, visa, expires),		      convert_expiry, NULL },
	{ "PDT", NULL,  PAX_VISA,      1, 3, INTO(VISA, visa, country),		      convert_country, NULL },
	{ "PDT", NULL,  PAX_PERSON,    2, 4, INTO(TRAVELLER, traveller, birth_date),  convert_birth, NULL },
	{ "PDT", NULL,  PAX_PERSON,    2, 5, INTO(TRAVELLER, traveller, sex),	      convert_sex, NULL },
	{ "PDT", NULL,  PAX_PERSON,    4, 1, INTO(TRAVELLER, traveller, origin),      convert_us_place, NULL },
	{ "PDT", NULL,  PAX_PERSON,    4, 2, INTO(TRAVELLER, traveller, destination), convert_us_place, NULL },
	/* clang-format on */
};

const size_t pax_rows_nr = ARRAY_SIZE(pax_rows);
