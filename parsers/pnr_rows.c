/*
 * pnr_rows.c - what a PNRGOV says, as rows
 *
 * To read one more component: a row (and, if the member is new, a row in
 * record.def). Rows of one tag stand together. A component without a row is
 * not kept: law/redact.c blanks it.
 */
#include "parsers/convert.h"
#include "parsers/pnr.h"

static void header_count(struct walk *w)
{
	struct number n = { 0 };
	struct piece v = piece_at(w, 1, 1);

	if (piece_is_set(v) && convert_int(w, v, &n)) {
		pnr_of(w)->pnrs_stated = (uint32_t)n.v;
		pnr_of(w)->pnrs_stated_at = piece_span(w, v).pos;
	}
}

#define ANY_PNR (~(unsigned)PNR_HEADER)
#define SALE	(PNR_PERSON | GR1)

const struct seg_row pnr_rows[] = {
	/* clang-format off */
	/* tag  qual  phases	  el co  fills				   conversion */
	{ "MSG", NULL, PNR_HEADER, 1, 2, INTO(MESSAGE, message, function), convert_short, NULL },
	{ "EQN", NULL, PNR_HEADER, .fn = header_count },
	{ "EQN", NULL, GR8,	   1, 1, INTO(SPLIT, split, travellers),   convert_int, NULL },
	{ "RCI", NULL, GR8,	   .fn = pnr_split_locator },
	{ "RCI", NULL, ANY_PNR & ~(unsigned)(GR8 | PNR_HISTORY), .fn = pnr_read_locators },
	{ "DAT", NULL, ANY_PNR,	   .fn = pnr_read_dates },
	{ "ORG", NULL, GR1,	   1, 1, INTO(AGENCY, agency, system),	   convert_short, NULL },
	{ "ORG", NULL, GR1,	   1, 2, INTO(AGENCY, agency, city),	   convert_airport, NULL },
	{ "ORG", NULL, GR1,	   2, 1, INTO(AGENCY, agency, number),	   convert_code, NULL },
	{ "ORG", NULL, GR1,	   2, 2, INTO(AGENCY, agency, office),	   convert_code, NULL },
	{ "ORG", NULL, GR1,	   3, 1, INTO(AGENCY, agency, location),   convert_airport, NULL },
	{ "ORG", NULL, GR1,	   4, 1, INTO(AGENCY, agency, carrier),	   convert_short, NULL },
	{ "ORG", NULL, GR1,	   5, 1, INTO(AGENCY, agency, kind),	   convert_short, NULL },
	{ "ORG", NULL, GR1,	   6, 1, INTO(AGENCY, agency, country),	   convert_country, NULL },
	{ "ORG", NULL, GR1,	   6, 2, INTO(AGENCY, agency, currency),   convert_short, NULL },
	{ "ORG", NULL, GR1,	   7, 1, INTO(AGENCY, agency, agent),	   convert_code, NULL },
	{ "SSR", NULL, ANY_PNR,	   .fn = ssr_collect },
	{ "SSR", NULL, PNR_HISTORY, .fn = pnr_history_service },
	{ "IFT", NULL, ANY_PNR,	   .fn = pnr_read_text },
	{ "IFT", NULL, 0,	   1, 1, CONSTANT, NULL },
	{ "IFT", NULL, 0,	   1, 2, CONSTANT, NULL },
	{ "ADD", NULL, ANY_PNR,	   .fn = pnr_read_address },
	{ "REF", NULL, PNR_PERSON, 1, 2, INTO(TRAVELLER, traveller, carrier_id), convert_code, NULL },
	{ "FTI", NULL, PNR_PERSON, .fn = pnr_read_frequent_flyer },
	{ "TKT", NULL, GR3,	   1, 1, INTO(TICKET, ticket, number),	   convert_code, NULL },
	{ "TKT", NULL, GR3,	   1, 2, INTO(TICKET, ticket, kind),	   convert_short, NULL },
	{ "TKT", NULL, GR3,	   1, 3, INTO(TICKET, ticket, booklets),   convert_int, NULL },
	{ "MON", NULL, GR3 | GR4,  .fn = pnr_read_money },
	{ "PTK", NULL, GR3 | GR4,  .fn = pnr_read_pricing },
	{ "TXD", NULL, GR3 | GR4,  .fn = pnr_read_taxes },
	{ "FAR", NULL, PNR_PERSON, .fn = pnr_read_fare },
	{ "EBD", NULL, ANY_PNR & ~(unsigned)PNR_HISTORY, .fn = pnr_read_excess },
	{ "FOP", NULL, GR4,	   .fn = pnr_open_payments },
	{ "TRA", NULL, PNR_FLIGHT, 1, 1, INTO(LEG, leg, operating_carrier), convert_carrier, NULL },
	{ "TRA", NULL, PNR_FLIGHT, 2, 1, INTO(LEG, leg, operating_number), convert_flight_number, NULL },
	{ "TRA", NULL, PNR_FLIGHT, 2, 2, INTO(LEG, leg, operating_class),  convert_short, NULL },
	{ "TRA", NULL, PNR_FLIGHT, .fn = pnr_operating_flight },
	{ "RPI", NULL, PNR_FLIGHT, 1, 1, INTO(LEG, leg, party),		   convert_int, NULL },
	{ "RPI", NULL, PNR_FLIGHT, 2, 1, INTO(LEG, leg, status),	   convert_short, NULL },
	{ "RPI", NULL, GR12,	   2, 1, INTO(HISTORY, history, status),   convert_short, NULL },
	{ "APD", NULL, PNR_FLIGHT, 1, 1, INTO(LEG, leg, aircraft),	   convert_short, NULL },
	{ "TIF", NULL, GR7,	   .fn = pnr_checkin_name },
	{ "TIF", NULL, PNR_HISTORY, .fn = pnr_history_name },
	{ "SSD", NULL, GR7,	   .fn = pnr_read_seat },
	{ "TBD", NULL, GR7,	   .fn = pnr_read_bags },
	{ "TBD", NULL, PNR_HISTORY, .fn = pnr_history_bags },
	{ "LTS", NULL, ANY_PNR,	   .fn = lts_collect },
	{ "SAC", NULL, GR11,	   .fn = pnr_history_action },
	/* clang-format on */
};

const size_t pnr_rows_nr = ARRAY_SIZE(pnr_rows);
