/*
 * t_pnrgov.c - PNRGOV, group by group: a row for each component that is read,
 * and for what is left out on purpose
 *
 * Each row is also held to the properties of tests/fuzz/properties.h: reading
 * the blanked copy, and slices, gives the same.
 */
#include "tests/fuzz/properties.h"
#include "tests/unit/unit.h"

#include <time.h>

static struct arena arena;

#define HEAD                                                              \
	"UNB+IATA:1+X9+PIUXX+261113:0930+R'UNH+1+PNRGOV:13:1:IA'MSG+:22'" \
	"ORG+X9'TVL+141126:0930:141126:1340+CMN+BRU+X9+417'EQN+1'SRC'"    \
	"RCI+X9:QZ7TST::011026:0812'"
#define ONE    "TIF+DOETEST+JON:A:1'"
#define TWO    ONE "TIF+ROETEST+BO:A:2'"
#define FAMILY "TIF+DOETEST+JON:A:1:1'TIF+DOETEST+TIM:IN:2'"
#define LEG    "TVL+141126:0930:141126:1340+CMN+BRU+X9+417:K'RPI+1+HK'"
#define HIST   LEG "ABI+4+05XX28:GS+CMN++X9'DAT+T:061026:1201'"

struct row {
	const char *segments, *want; /* parts at '#'; "!": is not there */
};

static void check_json(const char *message, const char *want)
{
	struct parse_limits limits = PARSE_LIMITS_DEFAULT;
	struct payload p;
	struct err e = { 0 };
	struct buf b = { 0 };
	struct str rest = str_of(want);

	ck_assert_int_eq(
		payload_parse(&p, str_of(message), &limits, &arena, &e), 0);
	message_write_json(&b, &p.parsed[0]);
	while (rest.ptr) {
		struct str part = str_split(&rest, '#');
		bool absent = str_starts(part, STR("!"));

		if (absent)
			part = str_slice(part, 1, part.len);
		ck_assert_msg((str_find(buf_view(&b), part) < 0) == absent,
			      "%.900s\n%s '" STR_FMT "' in\n%.*s", message,
			      absent ? "there is" : "no", STR_ARG(part),
			      (int)(b.len < 3000 ? b.len : 3000), b.data);
	}
	buf_release(&b);
	arena_clear(&arena);
}

static void check_rows(const struct row *rows, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		struct buf b = { 0 };

		buf_z(&b, HEAD);
		buf_z(&b, rows[i].segments);
		buf_z(&b, "UNT+9+1'UNZ+1+R'");
		buf_byte(&b, '\0');
		check_json(b.data, rows[i].want);
		check_payload((struct str){ b.data, b.len - 1 }, STR(""));
		buf_release(&b);
	}
}

/* clang-format off */
static const struct row people[] = {
	{ "ORG+1A:MUC+12345678:111111+AMS+LH+A+NL:NLG:NL+0001AASU'" ONE,
	  "{\"system\":\"1A\",\"city\":\"MUC\",\"number\":\"12345678\","
	  "\"office\":\"111111\",\"location\":\"AMS\",\"kind\":\"A\","
	  "\"country\":\"NLD\",\"currency\":\"NLG\",\"carrier\":\"LH\","
	  "\"agent\":\"0001AASU\"}" },
	{ "ORG+:+:++++:+'" ONE, "\"agency\":{}" },
	{ "TIF+DOETEST:I+JON:A:1::PETER:PAUL MR'", "\"given\":\"JON PETER PAUL\",\"title\":\"MR\"" },
	/* FTI: a reference says whose card it is */
	{ TWO "FTI+X9:990001112:1::GOLD'",
	  "\"given\":\"JON\"#\"frequent_flyers\":[{\"carrier\":\"X9\","
	  "\"number\":\"990001112\",\"tier\":\"GOLD\"}]" },
	/* status and number, no miles */
	{ ONE "FTI+X9:990001112:::45210:GOLD'", "\"number\":\"990001112\",\"tier\":\"GOLD\"#!45210" },
	{ ONE "FTI+X9:990001112:::45210 MILES'", "\"number\":\"990001112\"}" },
	{ ONE "FTI+BA'", "\"frequent_flyers\":[{\"carrier\":\"BA\"}]" },
	/* FAR: type, discount, bases; no age, no type the law may take */
	{ ONE "FAR+C+9+1:20:US+++YEE3M+YEE4M'",
	  "\"fares\":[{\"type\":\"CHD\",\"basis\":\"YEE3M\",\"discount\":20},"
	  "{\"type\":\"CHD\",\"basis\":\"YEE4M\",\"discount\":20}]" },
	{ ONE "FAR+IN+1'", "\"fares\":[{\"type\":\"INF\"}]" },
	{ ONE "FAR+CLG+44++++SFLY'", "\"fares\":[{\"basis\":\"SFLY\"}]#!CLG" },
	{ "TIF+DOETEST+JON::1'FAR+C+9'", "\"type\":\"CHD\",\"ref\":\"1\"" },
	/* EBD: of the traveller, of the booking; pieces or weight */
	{ ONE "EBD+GBP:20.00+2::N'",
	  "\"excess_bags\":[{\"rate\":{\"amount\":20,\"currency\":\"GBP\"},\"pieces\":2}]" },
	{ "EBD+USD:50+:10:701'" ONE, "\"weight\":4.536" },
	{ "EBD+USD:50+12::700'" ONE, "\"weight\":12}#!\"pieces\"" },
	/* emergency contacts are nobody's business */
	{ ONE "ADD++701:1 ROAD:TOWN'", "!ROAD" },
	{ "IFT+4:4+32 2 555 0199'" ONE, "\"kind\":\"home\",\"value\":\"32 2 555 0199\"" },
};

static const struct row sale[] = {
	{ ONE "TKT+0271420067693:T:2'", "\"number\":\"0271420067693\",\"kind\":\"T\",\"booklets\":2" },
	{ ONE "TKT+1:T'MON+B:1:EUR+E:2:MAD+T:3:MAD+C:4:EUR'",
	  "\"base\":{\"amount\":1,\"currency\":\"EUR\"},\"equivalent\":{\"amount\":2,"
	  "\"currency\":\"MAD\"},\"total\":{\"amount\":3,\"currency\":\"MAD\"}#!\"amount\":4" },
	{ ONE "TKT+1:T'PTK+NR++150610:2200+DL+006+ATL'",
	  "\"deadline\":\"2010-06-15T22:00Z\",\"carrier\":\"DL\",\"city\":\"ATL\",\"non_refundable\":true" },
	{ ONE "TKT+1:T'MON+T:9:GBP'TXD++5:GB::9+3.10:::AY6+2::SGD:OO+1:::EXEMPTED'",
	  "\"taxes\":[{\"code\":\"9\",\"amount\":{\"amount\":5,\"currency\":\"GBP\"},\"country\":\"GBR\"},"
	  "{\"code\":\"AY\",\"amount\":{\"amount\":3.1,\"currency\":\"GBP\"}},"
	  "{\"code\":\"OO\",\"amount\":{\"amount\":2,\"currency\":\"SGD\"}}#!EXEMPT" },
	{ ONE "TKT+1:T'IFT+4:15:9+ LHR DL X/JFK DL YVR GBP/IT END ROE0.618831 XT3.10AY6 8.50+YQ3.40'",
	  "\"fare_calculation\":\"LHR DL X/JFK DL YVR GBP/IT END ROE0.618831 XT3.10AY6 8.50YQ3.40\"" },
	{ ONE "IFT+4:15:9+LHR DL X/JFK'TKT+1:T'TKT+2:T'",
	  "\"fare_calculation\":\"LHR DL X/JFK\"},{\"number\":\"2\",\"kind\":\"T\"}" },
	{ ONE "IFT+4:15:9+LHR DL X/JFK'" "TIF+ROETEST+BO:A:2'TKT+1:T'", "!JFK" },
	{ ONE "TKT+1:T'IFT+4:15:9+MUSLIM PILGRIM'", "\"fare_calculation\"" },
	{ ONE "TKT+1:T'FOP+CC::416.00:AX:373212341234123:1211:77:SO:1:V:OTTO PAYERTEST'",
	  "\"account\":\"4123\",\"expires\":\"1211\",\"holder\":\"OTTO PAYERTEST\"" },
	{ ONE "TKT+1:T'FOP+CC::1:AX'IFT+4:43+OTTO PAYERTEST+9 LEDGER STREET+212600000009'",
	  "\"holder\":\"OTTO PAYERTEST\",\"address\":\"9 LEDGER STREET\"#!2126" },
	/* of the ticket alone, not of a service beside the flight */
	{ ONE "TKT+1:1'FOP+CC::1:AX'TKT+2'FOP+CA::2'", "\"form\":\"CC\"#\"form\":\"CA\"" },
	{ ONE "TKT+1:4'FOP+CC::1:AX:373212341234123:1211'IFT+4:43+OTTO PAYERTEST'ADD++702:9 LEDGER STREET'",
	  "\"payments\":[]#!LEDGER#!OTTO#!4123" },
	{ "IFT+4:43+OTTO PAYERTEST'" ONE, "!OTTO" }, /* nothing was paid */
};

static const struct row travel[] = {
	/* codeshare: up to 13.1, behind RCI too, and from 14.1 on */
	{ ONE "TVL+141126:0930:141126:1340+CMN+BRU+DL:X9+9362:K'TVL+++++417:M'",
	  "\"carrier\":\"DL\",\"number\":\"9362\",\"operating_carrier\":\"X9\",\"operating_number\":\"417\","
	  "\"booking_class\":\"K\",\"operating_class\":\"M\"" },
	{ ONE "TVL+141126:0930:141126:1340+CMN+BRU+DL:X9+9362:K'RCI+X9:QZ7TST'TVL+++++417:M'",
	  "\"operating_number\":\"417\"" },
	{ ONE "TVL+141126:0930:141126:1340+CMN+BRU+DL:X9+9362:K'TRA+X9+417:M:A'",
	  "\"operating_carrier\":\"X9\",\"operating_number\":\"417A\",\"booking_class\":\"K\",\"operating_class\":\"M\"" },
	/* the flight of the message, though sold under another number */
	{ ONE "TVL+141126:0930:141126:1340+CMN+BRU+DL:X9+9362:K'TRA+X9+417:M'DAT'TRI++021:::1'",
	  "\"boarding\":\"021\",\"status\":\"checked_in\"" },
	{ ONE LEG "APD+747'RCI+1A:AAAAAA::011026:0812'", "\"aircraft\":\"747\"#{\"system\":\"1A\",\"value\":\"AAAAAA\"" },
	/* check-in */
	{ ONE LEG "DAT+2:141126:0702'ORG+X9:CMN+1'TRI++ICN-229:::1'TIF+DOETEST+JON:A:1'SSD+014A++++J'",
	  "\"checked_in_at\":\"2026-11-14T07:02Z\"#{\"number\":\"14A\",\"origin\":\"CMN\",\"destination\":\"BRU\","
	  "\"cabin\":\"J\"}#\"boarding\":\"ICN-229\"#\"agency\":{}" },
	{ ONE LEG "SSR+SEAT:HK:1:X9:::CMN:BRU+14A::1'DAT'TRI++1:::1'SSD+014A++++J'",
	  "\"seats\":[{\"number\":\"14A\",\"origin\":\"CMN\",\"destination\":\"BRU\",\"cabin\":\"J\"}]" },
	{ ONE LEG "DAT'TRI++1:::1'TBD++2:20:700++HP:5+LH:3020523456:2:CPH:220:A:WCHR:WCHR'",
	  "{\"tag\":\"3020523456\",\"carrier\":\"LH\",\"destination\":\"CPH\",\"issuer\":\"220\"}#"
	  "\"bag_pool\":\"HP\",\"bag_pool_ref\":\"5\"#!WCHR" },
	{ ONE LEG "DAT'TRI++1:::1'TBD+++MP:0741234123456'", "\"bag_pool\":\"MP\",\"bag_pool_ref\":\"0741234123456\"" },
	{ ONE LEG "DAT+3:L FT WW D014357 12AUG121423Z 1D5723'", "\"checked_in_at\":\"2012-08-12T14:23Z\"" },
	/* no flights: services */
	{ ONE "MSG+2'TVL+290110:1050:310110:0900+ATL++ZE+:FCAR'",
	  "{\"kind\":\"car\",\"company\":\"ZE\",\"place\":\"ATL\",\"from\":\"2010-01-29T10:50\",\"until\":\"2010-01-31T09:00\"}" },
	{ ONE "MSG+8'TVL+100910:1600:120910+MCI:HYATT REGENCY CROWN++HY+918W2:ROH'",
	  "\"kind\":\"hotel\",\"company\":\"HY\",\"place\":\"MCI\",\"name\":\"HYATT REGENCY CROWN\"" },
	{ ONE "MSG+14'TVL+100910+MCI'", "\"kind\":\"14\"" },
	/* divided bookings, several of them */
	{ ONE LEG "EQN+2'RCI+X9:QZ8TST::110513:114800+X9:QZ9TST::110513:1148'",
	  "\"split_from\":\"QZ8TST\",\"splits\":[{\"system\":\"X9\",\"locator\":\"QZ8TST\",\"created_at\":\"2013-05-11T11:48:00Z\",\"travellers\":2},"
	  "{\"system\":\"X9\",\"locator\":\"QZ9TST\"" },
};

static const struct row services[] = {
	/* at each level: of the booking, the traveller, the flight */
	{ "SSR+CTCH:HK:1:X9:::::/212600000001'" TWO, "\"contacts\":[{\"kind\":\"home\",\"value\":\"212600000001\"}],\"addresses\"" },
	{ "SSR+CTCF:HK:1:X9:::::212600000001+::2'" TWO, "\"given\":\"BO\"#\"contacts\":[{\"kind\":\"fax\",\"value\":\"212600000001\"}]" },
	/* several references: each of them; a name behind the text */
	{ TWO LEG "SSR+CTCM:HK:1:X9:::::212600000001+::1+::2'",
	  "\"given\":\"JON\"#\"contacts\":[{\"kind\":\"mobile\",\"value\":\"212600000001\"}],\"seats\"#"
	  "\"contacts\":[],\"addresses\":[],\"ssr\"" },
	{ TWO LEG "SSR+CTCM:HK:1:X9:::::212600000001-1ROETEST/BO'", "\"contacts\":[],\"addresses\":[],\"ssr\"#\"value\":\"212600000001\"" },
	{ TWO LEG "SSR+CTCM:HK:1:X9:::::212600000001-1OTHER/BO'", "\"contacts\":[{\"kind\":\"mobile\"#!OTHER" },
	{ TWO LEG "SSR+UMNR:HK:1:X9:::CMN:BRU:UM09+::1+::2'",
	  "\"ssr\":[{\"code\":\"UMNR\",\"status\":\"HK\",\"carrier\":\"X9\",\"traveller\":\"1\",\"age\":9},"
	  "{\"code\":\"UMNR\",\"status\":\"HK\",\"carrier\":\"X9\",\"traveller\":\"2\",\"age\":9}]" },
	{ ONE "SSR+YPTA:HK:1:X9:::::UM12 DIABETIC'", "\"code\":\"YPTA\"#\"age\":12}" },
	/* of a minor what Annex I lists, of others nothing */
	{ ONE "SSR+UMNR:HK:1:X9:::::UM09 GIRL SPEAKS ENGLISH FRENCH/LIKES FOOTBALL, GUARDIAN OTTO TEST 32 2 555 0199, SEAT NEAR CREW'",
	  "\"age\":9,\"text\":\"GIRL SPEAKS ENGLISH FRENCH GUARDIAN OTTO TEST 32 2 555 0199\"#!FOOTBALL#!CREW" },
	{ ONE "SSR+UMNR:HK:1:X9:::::um09 aunt ada test ada test ada test ada test ada'", "\"text\":\"aunt ada test ada test ada test ada test\"}" },
	{ ONE "SSR+UMNR:HK:1:X9:::::UM17 BOY'", "\"age\":17,\"text\":\"BOY\"" },
	{ ONE "SSR+UMNR:HK:1:X9:::::UM18 BOY'", "\"code\":\"UMNR\"#!\"age\"#!BOY" },
	{ ONE "SSR+UMNR:HK:1:X9:::::UM09 BOY'SSR+DOCS:HK:1:X9:::::/P/UTO/L898902C3/UTO/12NOV08/M/15APR31/DOETEST/JON'", "\"ssr\":[]#!BOY" },
	{ ONE "SSR+UMNR:HK:1:X9:::::UM17 BOY'SSR+DOCS:HK:1:X9:::::/P/UTO/L898902C3/UTO/01DEC08/M/15APR31/DOETEST/JON'", "\"age\":17,\"text\":\"BOY\"" },
	/* short forms of a text's place */
	{ ONE "SSR+CTCE:HK:1:UA:/X//EXAMPLE.INVALID+::001'", "\"value\":\"X@EXAMPLE.INVALID\"" },
	{ ONE "SSR+FQTV:HK:1:X9:::::/LH123456-DOETEST/JON'", "\"carrier\":\"LH\",\"number\":\"123456\"" },
	{ ONE "SSR+FQTV:HK:1:X9:::::/LH'", "\"frequent_flyers\":[{\"carrier\":\"LH\"}]" },
	{ ONE "SSR+FQTV:HK::DL'", "\"frequent_flyers\":[]" },
	/* the infant's ticket, visa and address */
	{ FAMILY "SSR+TKNE:HK:1:X9:::::INF9992400000017C2+::1'",
	  "\"given\":\"TIM\"#\"tickets\":[{\"number\":\"9992400000017\"}],\"fares\":[],\"status\":\"booked\",\"infant_of\":\"1\"" },
	{ FAMILY "SSR+DOCA:HK:1:X9:::::/D/AUS/13 SHORE AVENUE/BROADBEACH/QLD/4215/I+::1'",
	  "\"type\":\"INF\",\"ref\":\"2\"#\"addresses\":[{\"kind\":\"destination\",\"street\":\"13 SHORE AVENUE\",\"city\":\"BROADBEACH\","
	  "\"region\":\"QLD\",\"postcode\":\"4215\",\"country\":\"AUS\"}],\"contacts\":[],\"seats\":[],\"bags\":null,\"excess_bags\":[],"
	  "\"frequent_flyers\":[],\"tickets\":[],\"fares\":[],\"status\":\"booked\",\"infant_of\":\"1\"" },
	{ FAMILY "SSR+DOCO:HK:1:X9:::::/UTOPOLIS/V/VISA1/RABAT/02JAN26/BEL/I+::1'", "\"ref\":\"2\",\"birth_date\":null,\"sex\":null,"
	  "\"nationality\":null,\"birth_place\":\"UTOPOLIS\"" },
	{ ONE "SSR+DOCA:HK:1:X9:::::/D/AUS/13 SHORE AVENUE/BROADBEACH/QLD/4215/I+::1'", "!SHORE" },
	/* one letter, two, a zone's filler; States that are no more */
	{ ONE "SSR+DOCS:HK:1:X9:::::/P/D<</C4F000001/D/23AUG77/M/01JAN30/DOETEST/JON'", "\"nationality\":\"DEU\"#\"issuer\":\"DEU\"" },
	{ ONE "SSR+DOCS:HK:1:X9:::::/X/P/D/C4F000001/D/23AUG77/M/01JAN30/DOETEST/JON'",
	  "\"nationality\":\"DEU\"#{\"type\":\"P\",\"number\":\"C4F000001\",\"canonical\":\"C4F000001\",\"issuer\":\"DEU\"" },
	{ ONE "SSR+DOCS:HK:1:X9:::::/P/ZAR/L898902C3/YU/23AUG77/M/01JAN30/DOETEST/JON'", "\"nationality\":\"YUG\"#\"issuer\":\"COD\"" },
	/* the number as sent, and its one form; twice with other gaps is once */
	{ ONE "SSR+DOCS:HK:1:X9:::::/P/UTO/l 8989-02/UTO/23AUG77/M/01JAN30/DOETEST/JON'SSR+DOCS:HK:1:X9:::::/P/UTO/L898902/UTO/23AUG77/M/01JAN30/DOETEST/JON'",
	  "\"documents\":[{\"type\":\"P\",\"number\":\"l 8989-02\",\"canonical\":\"L898902\",\"issuer\":\"UTO\",\"expires\":\"2030-01-01\"}]" },
	{ ONE "SSR+DOCS:HK:1:X9:::::/P/UTO/00000/UTO/23AUG77/M/01JAN30/DOETEST/JON'", "\"number\":\"00000\",\"issuer\"" },
	{ ONE "SSR+DOCO:HK:1:X9:::::/UTOPOLIS/V/visa-00017/RABAT/02JAN26/BE'", "{\"number\":\"visa-00017\",\"canonical\":\"VISA00017\",\"country\":\"BEL\"" },
	/* older forms */
	{ ONE "SSR+PSPT:HK:1:X9:::::L898902C3/UT/17APR82/DOETEST/JON/M'",
	  "\"birth_date\":\"1982-04-17\",\"sex\":\"M\"#{\"type\":\"P\",\"number\":\"L898902C3\"#\"issuer\":\"UTO\"" },
	{ ONE "SSR+FOID:HK:1:X9:::::PPL898902C3-1DOETEST/JON'", "{\"type\":\"P\",\"number\":\"L898902C3\"" },
	{ ONE "SSR+FOID:HK:1:X9:::::/NI00112233'", "{\"type\":\"I\",\"number\":\"00112233\"" },
	{ ONE "SSR+FOID:HK:1:X9:::::CC4111111111111111'", "\"documents\":[]#!4111" },
	/* baggage, without its text; animals; no code that tells of health */
	{ ONE LEG "SSR+SPEQ:HK:2:X9:::CMN:BRU:GOLF FOR ONCOLOGY CUP+::1'SSR+PETC:HK:1:X9'SSR+SVAN:HK:1:X9'SSR+EXST:HK:1:X9'",
	  "\"bag_requests\":[{\"code\":\"SPEQ\",\"status\":\"HK\",\"pieces\":2,\"traveller\":\"1\"},"
	  "{\"code\":\"PETC\",\"status\":\"HK\",\"pieces\":1,\"traveller\":\"1\"}]#!GOLF#!SVAN#!EXST" },
	{ ONE LEG "SSR+RQST:HK:1:X9:::CMN:BRU+14A::1:N:W'", "\"number\":\"14A\"" },
	{ ONE "SSR+OTHS:HK:1:X9:::::ANY TEXT'SSR+CKIN:NN:1:X9:::::BAGS'SSR+PCTC:HK:1:X9:::::ANNA/UT 212600000001'"
	  "SSR+CTCR:HK:1:X9:::::REFUSED'SSR+LANG:HK:1:X9:::::UT'",
	  "!ANY#!BAGS#!ANNA#!REFUSED#\"ssr\":[]#\"contacts\":[]" },
};

static const struct row history[] = {
	{ ONE HIST "SAC+++X'TVL+121126:0930+CMN+BRU+X9+415:M'RPI+1+HK'SAC+++A'TVL+141126:0930+CMN+BRU+X9+417:M'RPI+1+HK'",
	  "\"history\":[{\"at\":\"2026-10-06T12:01Z\",\"item\":\"leg\",\"action\":\"cancelled\",\"office\":\"05XX28\",\"city\":\"CMN\","
	  "\"carrier\":\"X9\",\"number\":\"415\",\"origin\":\"CMN\",\"destination\":\"BRU\",\"departs\":\"2026-11-12T09:30\",\"status\":\"HK\"},"
	  "{\"at\":\"2026-10-06T12:01Z\",\"item\":\"leg\",\"action\":\"added\"" },
	/* a name is a fact; the name is not kept, nor made a traveller */
	{ ONE HIST "SAC+++X'TIF+OLDTEST+ADA:A:9'TIF+OLDTEST+BO:A:8'SAC+++A'TIF+DOETEST+JON:A:1'",
	  "\"history\":[{\"at\":\"2026-10-06T12:01Z\",\"item\":\"name\",\"action\":\"cancelled\",\"office\":\"05XX28\",\"city\":\"CMN\"},"
	  "{\"at\":\"2026-10-06T12:01Z\",\"item\":\"name\",\"action\":\"added\",\"office\":\"05XX28\",\"city\":\"CMN\"}]#!OLDTEST" },
	{ ONE HIST "SAC+++A'SSR+DOCS:HK:1:X9:::::/P/UTO/L1/UTO/17APR82/F/15APR31/OLD/NAME'SSR+KSML:HK:1:X9'TBD++2:20:700+++X9:0001'",
	  "\"item\":\"service\"#\"code\":\"DOCS\"#\"item\":\"bags\"#\"documents\":[]#!KSML#!0001#!OLD" },
	/* an entry in the middle of a leg: the list may move, the leg stays open */
	{ ONE HIST "SAC+++X'TVL+121126:0930+CMN+BRU+X9+415:M'SSR+DOCS:HK:1:X9'RPI+1+HX'",
	  "\"number\":\"415\"#\"departs\":\"2026-11-12T09:30\",\"status\":\"HX\"}#\"item\":\"service\"" },
	{ ONE HIST "SAC+++XF'IFT+4:19+XF MC 0 VANDENTEST KEVIN 20 00'", "\"history\":[]#!VANDEN" },
	{ ONE LEG "ABI+4++++TZ'SAC+++A'TIF+DOETEST+JON'", "\"history\":[{\"item\":\"name\",\"action\":\"added\"}]" },
	/* who made one change did not make the next */
	{ ONE HIST "SAC+++A'TIF+A'ABI+1+:LHRRR+LON'SAC+++X'TIF+A'",
	  "{\"item\":\"name\",\"action\":\"cancelled\",\"office\":\"LHRRR\",\"city\":\"LON\"}" },
};
#define DOCS_TEXT(number, name) "P/UTO/" number "/UTO/17APR82/F/15APR31/" name "//H/X9 417 D 14NOV CMNBRU/" name " MR(ADT)"

static const struct row lines[] = {
	/* what no segment says: the document of who travels, not the rest */
	{ ONE LEG "LTS+0/O/SR/SSR DOCSX9HK1 " DOCS_TEXT("L898902C3", "DOETEST/JON PETER") "'",
	  "\"birth_date\":\"1982-04-17\",\"sex\":\"F\"#\"number\":\"L898902C3\"#\"given\":\"JON PETER\",\"source\":\"DOCS\"#!ADT)" },
	{ ONE LEG "LTS+0/O/SR/SSR DOCSX9HK1 " DOCS_TEXT("L898902C3", "OLDTEST/ADA") "'", "\"documents\":[]#!OLDTEST" },
	{ ONE LEG "SSR+DOCS:HK:1:X9:::::////17APR82/F//DOETEST/JON'LTS+0/O/SR/SSR DOCSX9HK1 " DOCS_TEXT("L898902C3", "DOETEST/JON") "'",
	  "\"documents\":[]" },
	{ ONE LEG "LTS+0/O/SR/SSR DOCSX9HK1 " DOCS_TEXT("L1111111", "DOETEST/JON") "'LTS+0/8/C/SR/SSR DOCSX9HK1 " DOCS_TEXT("L1111111", "DOETEST/JON")
	  "'LTS+8/A/SR/SSR DOCSX9HK1 " DOCS_TEXT("L2222222", "DOETEST/JON") "'",
	  "\"documents\":[{\"type\":\"P\",\"number\":\"L2222222\"#!L1111111" },
	{ ONE LEG "LTS+SSR FQTVX9HK/ LH123456 S/KFES/DOETEST/JON MR'", "\"carrier\":\"LH\",\"number\":\"123456\"" },
	{ TWO LEG "LTS+0/O/SR/SSR TKNEX9HK1 9992400000017C1/ROETEST/BO MR'",
	  "\"given\":\"BO\"#\"tickets\":[{\"number\":\"9992400000017\"}],\"fares\":[],\"status\":\"booked\"}]}]" },
	{ TWO LEG "LTS+0/O/SR/SSR FQTVX9HK/ LH123456 S/KFES'", "!123456" }, /* whose? */
	{ ONE LEG "LTS+0/O/SR/SSR WCHRX9HK1/DOETEST/JON'LTS+14/A/7/RX NEEDS A WHEELCHAIR'", "!WCHR#!WHEEL" },
	/* contacts of the traveller, not of the agency */
	{ ONE LEG "LTS+0/O/SR/SSR CTCMX9HK1 212600000001/DOETEST/JON MR'", "\"kind\":\"mobile\",\"value\":\"212600000001\"" },
	{ ONE LEG "LTS+0/O/5/APM-212600000001'LTS+0/O/6/APE-INGA//EXAMPLE.INVALID'LTS+0/O/7/AP BRU 32 2 555 0199-SAMPLE TRAVEL-A'",
	  "{\"kind\":\"mobile\",\"value\":\"212600000001\"},{\"kind\":\"email\",\"value\":\"INGA@EXAMPLE.INVALID\"}]#!555 0199" },
	/* payment and ticket */
	{ ONE LEG "LTS+0/O/9/FP CCVI4111111111111111/1228/N77'", "\"payments\":[{\"form\":\"CC\",\"vendor\":\"VI\",\"account\":\"1111\",\"expires\":\"1228\"}]#!41111" },
	{ ONE LEG "LTS+0/O/9/FP/CASH'LTS+0/O/10/FA/PAX 999-2400000017/ETX9/01OCT26'", "\"form\":\"CA\"#\"number\":\"9992400000017\"" },
	/* who booked; who changed what, when */
	{ ONE LEG "LTS+0/Z/X E RETAIL CR-SINX908AA 32393340 SU 0001AA/DS-9CCFDE59 19MAR1354Z'", "\"agency\":{\"number\":\"32393340\",\"office\":\"SINX908AA\"}#!0001AA" },
	{ ONE LEG "LTS+3/A/NM/DOETEST/JONMR'LTS+2/3/C/NM/OLDTEST/ADAMRS'LTS+3/Z/RF CR-BRUX90100 00000000 GS 9999WS 25MAY0309Z'",
	  "\"history\":[{\"at\":\"2026-05-25T03:09Z\",\"item\":\"name\",\"action\":\"added\",\"office\":\"BRUX90100\"},"
	  "{\"at\":\"2026-05-25T03:09Z\",\"item\":\"name\",\"action\":\"cancelled\",\"office\":\"BRUX90100\"}]#!OLDTEST" },
	{ ONE LEG "LTS+5/A/SS/X9 417 K 14NOV 6 CMNBRU HK1 0930 1340/HK'LTS+6/Z/ 26OCT1201Z'",
	  "\"history\":[{\"item\":\"leg\",\"action\":\"added\",\"carrier\":\"X9\",\"number\":\"417\",\"origin\":\"CMN\",\"destination\":\"BRU\",\"departs\":\"2026-11-14\"}]" },
	{ ONE LEG "LTS+0/O/SS/X9 417 K 14NOV 6 CMNBRU HK1'LTS+0/O/NM/DOETEST/JONMR'LTS+4/10/R/SR/SSR BSCTX9HK1/KK'", "\"history\":[]" },
	/* separators that nobody released; nothing at all */
	{ ONE LEG "LTS+0/O/SR/SSR DOCSX9HK1 P/UTO/L898902C3+UTO/17APR82:F/15APR31/DOETEST/JON'LTS'LTS+'LTS+SSR '", "\"surname\"" },
};
/* clang-format on */

#define ROWS(name, table)                             \
	START_TEST(name)                              \
	{                                             \
		check_rows(table, ARRAY_SIZE(table)); \
	}                                             \
	END_TEST

ROWS(agents_travellers_and_fares, people)
ROWS(tickets_and_payments, sale)
ROWS(flights_check_in_and_divisions, travel)
ROWS(services_of_every_level, services)
ROWS(what_was_changed_is_told_not_who_was_there, history)
ROWS(lines_of_text_fill_gaps_and_go, lines)

/* At the limit and above it. */
START_TEST(names_of_many_are_not_compared)
{
	for (unsigned nr = 1024; nr <= 1025; nr++) {
		struct buf b = { 0 };

		buf_z(&b, HEAD "SSR+CHLD:HK:1:X9:::::/12MAR18-1DOETEST/A7'");
		for (unsigned i = 0; i < nr; i++)
			buf_fmt(&b, "TIF+DOETEST+A%u:A:%u'", i, i);
		buf_z(&b, "UNT+9+1'UNZ+1+R'");
		buf_byte(&b, '\0');
		check_json(b.data, nr == 1024 ? "2018-03-12#!booking-size"
					      : "!2018-03-12#booking-size");
		buf_release(&b);
	}
}
END_TEST

/* Processor time of reading `nr` bookings. */
static double seconds_of(unsigned nr)
{
	struct parse_limits limits = PARSE_LIMITS_DEFAULT;
	struct payload p;
	struct err e = { 0 };
	struct buf b = { 0 };
	clock_t begin;

	buf_z(&b, HEAD);
	for (unsigned i = 0; i < nr; i++)
		buf_fmt(&b,
			"SRC'RCI+X9:QZ%04u'TIF+DOETEST+JON:A:1'SSR+DOCS:HK:1:"
			"X9:::::/P/UTO/L%08u/UTO/17APR82/F/15APR31/DOETEST/"
			"JON+::1'" LEG "LTS+3/A/NM/DOETEST/JONMR'",
			i % 10000, i);
	begin = clock();
	ck_assert_int_eq(payload_parse(&p, buf_view(&b), &limits, &arena, &e),
			 0);
	ck_assert_uint_eq(p.parsed[0].message.nr_bookings, nr + 1);
	buf_release(&b);
	arena_clear(&arena);
	return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

/* Eight times as many take about eight times as long; 64 were quadratic. */
START_TEST(bookings_take_linear_time)
{
	double few = 1e9, many = 1e9, s;

	for (int i = 0; i < 5; i++) { /* the best of each: others work, too */
		few = (s = seconds_of(1000)) < few ? s : few;
		many = (s = seconds_of(8000)) < many ? s : many;
	}
	ck_assert_msg(many < 24 * few, "%f s and %f s", few, many);
}
END_TEST

UNIT_MAIN("pnrgov", agents_travellers_and_fares, tickets_and_payments,
	  flights_check_in_and_divisions, services_of_every_level,
	  what_was_changed_is_told_not_who_was_there,
	  lines_of_text_fill_gaps_and_go, names_of_many_are_not_compared,
	  bookings_take_linear_time)
