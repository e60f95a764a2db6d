/*
 * t_parse.c - small messages, one thing each
 */
#include "base/buf.h"
#include "parsers/charset.h"
#include "parsers/contact.h"
#include "parsers/flight_key.h"
#include "parsers/message.h"
#include "parsers/record_json.h"
#include "parsers/when.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

static struct arena arena;

static struct payload parse(struct str bytes)
{
	struct payload p;
	struct err e = { 0 };

	ck_assert_msg(payload_parse(&p, bytes, &PARSE_LIMITS_DEFAULT, &arena,
				    &e) == 0,
		      "%s", e.text);
	return p;
}

#define PNR_HEAD                                                          \
	"UNB+IATA:1+X9+PIUXX+261113:0930+R'UNH+1+PNRGOV:13:1:IA'MSG+:22'" \
	"ORG+X9'TVL+141126:0930:141126:1340+CMN+BRU+X9+417'EQN+1'SRC'"    \
	"RCI+X9:QZ7TST::011026:0812'"
#define PAX_HEAD                                                        \
	"UNB+UNOA:4+X9+PIUXX+261114:0915+R'UNH+1+PAXLST:D:12B:UN:IATA'" \
	"BGM+745'TDT+20+X9417'LOC+125+CMN'DTM+189:2611140930:201'"      \
	"LOC+87+BRU'DTM+232:2611141340:201'"
#define LEG  "TVL+141126:0930:141126:1340+CMN+BRU+X9+417:K'RPI+1+HK'"
#define CKIN "DAT'TRI++021:::1'TIF+DOETEST+JON:A:1'"

/* Does the JSON of a message hold all of `want`, cut at '#'? */
static void check_json(const char *message, const char *want)
{
	struct payload p = parse(str_of(message));
	struct buf b = { 0 };
	struct str rest = str_of(want);

	message_write_json(&b, &p.parsed[0]);
	while (rest.ptr) {
		struct str part = str_split(&rest, '#');
		bool absent = str_starts(part, STR("!"));

		if (absent)
			part = str_slice(part, 1, part.len);
		ck_assert_msg((str_find(buf_view(&b), part) < 0) == absent,
			      "%s\n%s '" STR_FMT "' in\n%.*s", message,
			      absent ? "there is" : "no", STR_ARG(part),
			      (int)b.len, b.data);
	}
	buf_release(&b);
	arena_clear(&arena);
}

static const struct {
	const char *tif, *want;
} names[] = {
	{ "YY+MOANMISS:A",
	  "\"surname\":\"YY\",\"given\":\"MOAN\",\"title\":\"MISS\"" },
	{ "DOETEST+JOHNMR:A", "\"given\":\"JOHN\",\"title\":\"MR\"" },
	{ "DOETEST+INGA PETRA MRS:A",
	  "\"given\":\"INGA PETRA\",\"title\":\"MRS\"" },
	{ "DOETEST+MRJONATHON:A", "\"given\":\"JONATHON\",\"title\":\"MR\"" },
	{ "DOETEST+TOBIASMSTR:IN",
	  "\"given\":\"TOBIAS\",\"title\":\"MSTR\"#\"type\":\"INF\"" },
	{ "DOETEST+NINA MS::2",
	  "\"given\":\"NINA\",\"title\":\"MS\"#\"type\":\"UNN\"" },
	{ "DOETEST+JOHN DR MR:A", "\"given\":\"JOHN\",\"title\":\"DR MR\"" },
	/* what is glued may be part of the name: kept beside it ... */
	{ "DOETEST+JOHNMR:A", "{\"surname\":\"DOETEST\",\"given\":\"JOHNMR\","
			      "\"source\":\"TIF-GLUED\"}" },
	{ "DOETEST+MRJONATHON DR:A", "\"given\":\"MRJONATHON\"" },
	{ "DOETEST+JOHN MR:A", "\"given\":\"JOHN\"#!GLUED" },
	/* ... but no title that the law may take */
	{ "DOETEST+JOHNATHANREV:A", "\"given\":\"JOHNATHAN\"#!GLUED" },
	/* ... nor where another source knows the name without it */
	{ "DOETEST+INGAPETRAMRS:A'SSR+DOCS:HK:1:X9:::CMN:BRU:////17APR82/F//"
	  "DOETEST/INGA/PETRA",
	  "\"given\":\"INGA PETRA\",\"source\":\"DOCS\"#!GLUED" },
	/* names, not titles */
	{ "SMITHJR+AMR:A",
	  "\"surname\":\"SMITHJR\",\"given\":\"AMR\",\"title\":null" },
	{ "SMITHJR+ADA:A", "\"surname\":\"SMITHJR\"#{\"surname\":\"SMITH\","
			   "\"given\":\"ADA\",\"source\":\"TIF-SUFFIX\"}" },
	{ "DOETEST+JOHNJR:A",
	  "\"given\":\"JOHN\",\"title\":\"JR\"#{\"surname\":"
	  "\"DOETEST\",\"given\":\"JOHNJR\",\"source\":"
	  "\"TIF-GLUED\"}" },
	{ "SMITH III+ADA:A", "\"surname\":\"SMITH III\"#!SUFFIX" },
	{ "TIII+ADA:A", "!SUFFIX" },
	{ "DOETEST+ALEXANDR:A", "\"given\":\"ALEXANDR\",\"title\":null" },
	{ "DOETEST+DRAGAN:A", "\"given\":\"DRAGAN\",\"title\":null" },
	{ "DOETEST+MRINAL:A", "\"given\":\"MRINAL\",\"title\":null" },
	{ "DOETEST+MRSUSAN:A", "\"given\":\"MRSUSAN\",\"title\":null" },
	{ "DOETEST+WILLIAMS:A", "\"given\":\"WILLIAMS\",\"title\":null" },
	{ "DOETEST+MD HASAN:A", "\"given\":\"MD HASAN\",\"title\":null" },
	{ "DOETEST+KA HON:A", "\"given\":\"KA HON\",\"title\":null" },
	{ "DOETEST+MISS:A", "\"given\":\"MISS\",\"title\":null" },
	{ "DOETEST", "\"surname\":\"DOETEST\",\"given\":null" },
	/* two travellers of one surname; a group is none */
	{ "DOETEST+ADA:A:1+BO:C:2",
	  "\"given\":\"ADA\"#\"given\":\"BO\"#\"type\":\"CHD\"" },
	{ "SEETHE WORLD:G:12", "\"group_name\":\"SEETHE "
			       "WORLD\",\"group_size\":12#\"travellers\":[]" },
};

START_TEST(names_lose_their_titles_and_nothing_else)
{
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		char m[500];

		snprintf(m, sizeof(m), PNR_HEAD "TIF+%s'UNT+9+1'UNZ+1+R'",
			 names[i].tif);
		check_json(m, names[i].want);
	}
}
END_TEST

static const struct {
	const char *text, *want;
} docs[] = {
	{ "/P/UTO/L898902C3/UTO/17APR82/F/15APR31/DOETEST/JON/PETRA",
	  "\"birth_date\":\"1982-04-17\",\"sex\":\"F\",\"nationality\":\"UTO\"#"
	  "[{\"type\":\"P\",\"number\":\"L898902C3\",\"canonical\":"
	  "\"L898902C3\",\"issuer\":\"UTO\","
	  "\"expires\":\"2031-04-15\"}]#"
	  "\"given\":\"JON PETRA\",\"source\":\"DOCS\"" },
	{ "/////14JUL71/M//DOETEST/JON",
	  "\"birth_date\":\"1971-07-14\",\"sex\":\"M\"#\"documents\":[]" },
	{ "//P/P00000001/14JUL71/M/28MAY23/DOETEST/JON",
	  "\"birth_date\":\"1971-07-14\",\"sex\":\"M\"#"
	  "[{\"type\":\"P\",\"number\":\"P00000001\",\"canonical\":"
	  "\"P00000001\",\"issuer\":null,"
	  "\"expires\":\"2023-05-28\"}]" },
	{ "//DE/C4F000001/DE/23AUG77/M/01JAN30/DOETEST/JON",
	  "\"nationality\":\"DEU\"#\"type\":null,\"number\":\"C4F000001\","
	  "\"canonical\":\"C4F000001\","
	  "\"issuer\":\"DEU\"" },
	{ "/P/UTO/L898902C3/UTO//M/15APR31/DOETEST/JON",
	  "\"birth_date\":null,\"sex\":\"M\"#\"expires\":\"2031-04-15\"" },
	{ "P/UTO/L898902C3/UTO/17APR1982/U/15APR2031/DOETEST/JON/H",
	  "\"birth_date\":\"1982-04-17\",\"sex\":null#\"given\":\"JON\","
	  "\"title\":null#\"expires\":\"2031-04-15\"" },
	{ "/P/UTO/L898902C3/UTO/17APR82/M/15APR31/DOETEST/JON-1DOETEST/JON",
	  "\"number\":\"L898902C3\"#!-1DOE" },
	/* an infant's document does not become the adult's */
	{ "/P/UTO/L1/UTO/03FEB26/MI/02FEB31/DOETEST/TOBIAS",
	  "\"given\":\"TOBIAS\"#\"type\":\"INF\"#\"birth_date\":\"2026-02-03\","
	  "\"sex\":\"M\"#"
	  "\"infant_of\":\"1\"#\"type\":\"ADT\",\"ref\":\"1\",\"birth_date\":"
	  "null" },
	{ "", "\"documents\":[]" },
	{ "/", "\"documents\":[]" },
	{ "/P", "\"documents\":[]" },
};

START_TEST(documents_are_read_however_slashes_fall)
{
	for (size_t i = 0; i < ARRAY_SIZE(docs); i++) {
		char m[600];

		snprintf(m, sizeof(m),
			 PNR_HEAD "TIF+DOETEST+JON:A:1'SSR+DOCS:HK:1:X9:::::%s"
				  "+::1'UNT+9+1'UNZ+1+R'",
			 docs[i].text);
		check_json(m, docs[i].want);
	}
}
END_TEST

static const struct {
	const char *tbd, *want;
} bags[] = {
	{ "TBD+++MP:0741234123456'", "\"bags\":[]#\"bag_pool\":\"MP\"" },
	{ "TBD++3:33:700++HP:SIN-168+618:0123456789:2:ICN'",
	  "{\"tag\":\"0123456789\",\"carrier\":\"618\",\"destination\":\"ICN\"}"
	  ","
	  "{\"tag\":\"0123456790\",\"carrier\":\"618\",\"destination\":\"ICN\"}"
	  ",{}]#"
	  "\"bag_weight\":33,\"bag_pool\":\"HP\"" },
	{ "TBD++5:155:701+++KL: 8074902824:2:MSP+KL: 8074902826:3:JFK'",
	  "\"tag\":\"8074902825\"#\"tag\":\"8074902828\"#\"bag_weight\":70."
	  "307" },
	{ "TBD++2:29:700++MP+618:0000290138:1:SIN+618: 0000290139:3:SIN'",
	  "\"0000290138\"#\"0000290139\"#!0000290140" },
	{ "TBD++01:0:701+++UA:0684::KWI:006'", "\"tag\":\"0684\"#!bag_weight" },
	{ "TBD++0:0:700'", "\"bags\":[]" },
	{ "TBD++999999999:1:700'", "\"bags\":[{},{}" },
	{ "TBD++1:1:700+++X9:1:999'",
	  "\"bags\":[{\"tag\":\"1\",\"carrier\":\"X9\"}]" },
	/* counted on one leg, tagged on the next: two bags, then three */
	{ "TBD++2:20:700'TBD++2:20:700+++X9:0001:1:VIE+X9:0007:1:VIE'",
	  "\"bags\":[{\"tag\":\"0001\"#\"tag\":\"0007\",\"carrier\":\"X9\","
	  "\"destination\":\"VIE\"}]#\"bag_weight\":20" },
	{ "TBD++1+++X9:0001'TBD++3+++X9:0001:3'",
	  "\"0001\"#\"0002\"#\"tag\":\"0003\",\"carrier\":\"X9\"}]" },
	{ "TBD'", "\"bags\":[]" },
	{ "SSD+039G++++Y'", "{\"number\":\"39G\",\"origin\":\"CMN\","
			    "\"destination\":\"BRU\",\"cabin\":\"Y\"}" },
	{ "SSD+XXX++++Y'", "\"seats\":[]" },
};

START_TEST(bags_and_seats_at_check_in)
{
	for (size_t i = 0; i < ARRAY_SIZE(bags); i++) {
		char m[600];

		snprintf(m, sizeof(m),
			 PNR_HEAD "TIF+DOETEST+JON:A:1'" LEG CKIN
				  "%sUNT+9+1'UNZ+1+R'",
			 bags[i].tbd);
		check_json(m, bags[i].want);
		check_json(m, "\"boarding\":\"021\",\"status\":\"checked_in\"");
	}
}
END_TEST

static const struct {
	const char *segments, *want;
} pnrs[] = {
	/* a traveller exists without any document */
	{ "TIF+DOETEST+JON:A:1'" LEG,
	  "\"surname\":\"DOETEST\"#\"bags\":null#\"status\":\"booked\"" },
	{ "TIF+DOETEST+JON:A:1'TVL+141126:0930:141126:1340+CMN+BRU+X9+417:K'"
	  "RPI+1+HX'",
	  "\"status\":\"cancelled\"#\"cancelled\":true" },
	{ "ORG'", "!\"cancelled\"" },
	/* arrival: a time in place of the date, a time alone, the next day */
	{ "TVL+280918:1220:1505+FRA+IAD+UA+988'",
	  "\"departs\":\"2018-09-28T12:20\",\"arrives\":\"2018-09-28T15:05\"" },
	{ "TVL+280918:1220::1505+FRA+IAD+UA+988'",
	  "\"arrives\":\"2018-09-28T15:05\"" },
	{ "TVL+280918:2220::0505:1+FRA+IAD+UA+988'",
	  "\"arrives\":\"2018-09-29T05:05\"" },
	{ "TVL+++++ARNK'", "\"number\":\"ARNK\"" },
	{ "TVL++LHR+ORD++OPEN'", "\"number\":\"OPEN\",\"origin\":\"LHR\"" },
	{ "MON+B:1:EUR'TKT+9992400000017:T'MON+:235.85:+:250.00:'",
	  "\"base\":{\"amount\":235.85,\"currency\":null}#\"total\":{"
	  "\"amount\":250,\"currency\":null}" },
	{ "TKT+:1'MON+T:AWARD'", "\"kind\":\"1\",\"award\":true" },
	{ "TKT+1'FOP+MS+CC:::MA:XXXXXXXX0338:0219'",
	  "{\"form\":\"MS\"},{\"form\":\"CC\",\"vendor\":\"MA\",\"account\":"
	  "\"XXXXXXXX0338\",\"expires\":\"0219\"}" },
	{ "TIF+DOETEST+JON:A:001'SSR+SEAT:HK:1:X9:::CMN:BRU++14C::1:N'",
	  "\"number\":\"14C\"" },
	{ "TIF+DOETEST+JON:A:1'TIF+ROETEST+BO:A:2'" LEG
	  "SSR+SEAT:DK:2:X9:::CMN:BRU:.03BN03AN'",
	  "\"seats\":[{\"number\":\"3B\"#\"seats\":[{\"number\":\"3A\"" },
	{ "SSR+CTCM:HK:1:X9:::::/212600000001/EN-1DOE/JON+::1'TIF+DOE+JON:A:1'",
	  "\"kind\":\"mobile\",\"value\":\"212600000001\"" },
	{ "SSR+CTCE:HK:1:X9:::::/INGA..X//EXAMPLE.INVALID'",
	  "\"value\":\"INGA_X@EXAMPLE.INVALID\"" },
	{ "IFT+CTCE SOME.NAME//EXAMPLE.INVALID'",
	  "\"value\":\"SOME.NAME@EXAMPLE.INVALID\"" },
	{ "IFT+4:28::X9+X9 CTCBOG 571-600 5820-H-COTOURIST'",
	  "\"value\":\"571-600 5820\"#!COTOURIST" },
	/* an agency's, and whoever may be called in an emergency */
	{ "IFT+4:28::X9+X9 CTCBOG 571-600 5820-A-COTOURIST'", "!5820" },
	{ "IFT+4:28::X9+CTC 571-600 5820-T'", "!5820" },
	{ "IFT+4:28::X9+CTCT CMN 212 522 000 000 SAMPLE TRAVEL'", "!212" },
	{ "IFT+4:28::X9+CTC 571-600 5820-ANNA'", "\"value\":\"571-600 5820\"" },
	{ "SSR+CTCT:HK:1:X9:::::/212600000001'", "!2126" },
	{ "SSR+PCTC:HK:1:X9:::::/OTTO TEST/UT212600000001'", "!OTTO#!2126" },
	{ "ADD++701:1 ROAD:TOWN:::US:1:212600000001'", "!ROAD#!2126" },
	{ "ADD++702:1 ROAD:TOWN:::US:1:212600000001'", "!ROAD#!2126" },
	{ "ADD++700:::::::EK CTC M 5432109876'",
	  "\"kind\":\"mobile\",\"value\":\"5432109876\"" },
	{ "ADD++700:1 ROAD:TOWN:::US:1:H5555555555 W 1 555 5555'",
	  "\"home\",\"value\":\"5555555555\"#\"business\",\"value\":\"1 555 "
	  "5555\"" },
	{ "TIF+DOE+JON:A:1'SSR+TKNE:HK:1:X9:::CMN:BRU:INF9992400000017C2+::1'",
	  "\"number\":\"9992400000017\"" },
	{ "TIF+DOE+JON:A:1'SSR+INFT:HK:1:X9:::CMN:BRU:DOE/TIMMSTR 03FEB26+::1'",
	  "\"given\":\"TIM\",\"title\":\"MSTR\"#\"birth_date\":\"2026-02-03\"#"
	  "\"infant_of\":\"1\"" },
	{ "TIF+DOE+JON:A:1'SSR+CHLD:HK:1:X9:::::/12MAR18+::1'",
	  "\"type\":\"CHD\"#\"2018-03-12\"" },
	{ "TIF+DOE+JON:A:1'SSR+WCHR:HK:1:X9'SSR+KSML:HK:1:X9'SSR+ZZZZ:HK:1:X9'",
	  "\"ssr\":[]" },
	{ "TIF+DOE+JON:A:1'" LEG
	  "ABI+4'DAT+T:061026:1201'SAC+++X'TIF+OLD+NAME:A:9'"
	  "SSR+DOCS:HK:1:X9:::::/P/UTO/L1/UTO/17APR82/F/15APR31/OLD/NAME'",
	  "!OLD#!L1" },
	{ "EQN+2'RCI+X9:QZ9TST::061026:1200'",
	  "\"split_from\":\"QZ9TST\"#\"travellers\":2" },
	{ "TIF+DOE+JON:A:1'FTI+SQ:314655277:::::G'",
	  "\"carrier\":\"SQ\",\"number\":\"314655277\",\"tier\":\"G\"" },
	{ "TIF+DOE+JON:A:1'SSR+DOCO:HK:1:X9:::::/UTOPOLIS/V/VISA1/RABAT/"
	  "02JAN26/BEL'",
	  "\"birth_place\":\"UTOPOLIS\"#{\"number\":\"VISA1\",\"canonical\":"
	  "\"VISA1\",\"country\":"
	  "\"BEL\",\"place\":\"RABAT\",\"issued\":\"2026-01-02\"}" },
	{ "TIF+DOE+JON:A:1'SSR+DOCO:HK:1:X9::::://R/1234567///US'",
	  "\"visas\":[]#!1234567" },
};

START_TEST(bookings_say_what_they_say)
{
	for (size_t i = 0; i < ARRAY_SIZE(pnrs); i++) {
		char m[800];

		snprintf(m, sizeof(m), PNR_HEAD "%sUNT+9+1'UNZ+1+R'",
			 pnrs[i].segments);
		check_json(m, pnrs[i].want);
	}
}
END_TEST

static const struct {
	const char *segments, *want;
} lists[] = {
	{ "NAD+FL+++DOETEST:JANEMRS'DTM+329:000101'",
	  "\"given\":\"JANE\",\"title\":\"MRS\"#\"2000-01-01\"#\"type\":"
	  "\"UNN\"" },
	{ "NAD+FL+++DOETEST'DTM+329:820400'", "\"birth_date\":\"1982-04\"" },
	{ "NAD+FL+++DOETEST'DTM+329:19820417:102'",
	  "\"birth_date\":\"1982-04-17\"" },
	{ "NAD+FL+++DOETEST'DTM+329:821399'",
	  "\"birth_date\":null#bad-value#!821399" },
	{ "NAD+FL+++DOETEST'DOC+P+L1'DTM+36:'", "\"expires\":null" },
	{ "NAD+FL+++DOETEST'DOC++448763368'LOC+91+D'",
	  "{\"type\":null,\"number\":\"448763368\",\"canonical\":\"448763368\","
	  "\"issuer\":\"DEU\"" },
	{ "NAD+FL+++DOETEST'DOC++'DTM+36:310101'", "\"documents\":[]" },
	{ "NAD+FL+++DOETEST'DOC+P+L1'LOC+91+UTO'DTM+36:310101'DTM+36:320101'",
	  "\"expires\":\"2032-01-01\"" },
	{ "NAD+FL+++DOETEST'ATT+2++U'", "\"sex\":null#!bad-value" },
	{ "NAD+FL+++DOETEST'FTX+BAG+++NULL'", "\"bags\":null" },
	{ "NAD+FL+++DOETEST'MEA+CT++2'", "\"bags\":[{},{}]" },
	{ "NAD+FL+++DOETEST'MEA+CT++:0'", "\"bags\":[]" },
	{ "NAD+FL+++DOETEST'COM+x@y:EM++123456:TE'",
	  "\"email\",\"value\":\"x@y\"#\"phone\",\"value\":\"123456\"" },
	{ "NAD+FL+++DOETEST'LOC+180+:::AMBER HILL GBR'",
	  "\"birth_place\":\"AMBER HILL GBR\"" },
	{ "NAD+FL+++DOETEST'LOC+180+GBR+:::LONDON+:::GREATER LONDON'",
	  "\"birth_place\":\"LONDON, GREATER "
	  "LONDON\",\"birth_country\":\"GBR\"" },
	{ "NAD+FL+++DOETEST'NAT+2+FRA'NAT+2+UTO'",
	  "\"nationality\":\"FRA\",\"second_nationality\":\"UTO\"" },
	{ "NAD+FL+++DOETEST'RFF+AVF:AB12CD'RFF+AVF'RFF+SEA:014C'RFF+YZY:"
	  "7842836432717C2'",
	  "\"locator\":\"AB12CD\"#\"14C\"#\"7842836432717\"" },
	{ "NAD+DDT+++X:Y+++++'", "\"type\":\"CRW\"" },
	{ "NAD+FL+++DOETEST'CNT+42:2'", "cnt-count" },
	{ "NAD+FM+++X:Y'CNT+41+1'", "!cnt-count" },
	/* what nobody knows is skipped with a note, once, and without a value */
	{ "NAD+FL+++DOETEST'RFF+QQ:SECRET'NAD+FL+++ROETEST'RFF+QQ:SECRET'",
	  "DOETEST#ROETEST#code-unknown#!SECRET#!QQ" },
	{ "NAD+FL+++DOETEST'LOC+999+BRU'", "code-unknown" },
	{ "NAD+FL+++DOETEST'COM+12345:QQ'", "code-unknown#!12345" },
	{ "NAD+QQ+++DOETEST'NAD+FL+++ROETEST'", "code-unknown#!DOETEST" },
	{ "NAD+FL+++DOETEST'XYZ+SECRET'", "segment-unknown#!SECRET#!XYZ" },
	{ "NAD+FL+++DOETEST'RFF+AEA:SECRET'RFF+TN:1'GEI+4+ZZZ'",
	  "!code-unknown#!SECRET" },
	{ "NAD+FL+++DOETEST'GEI+4+'RFF'", "!code-unknown" },
	{ "NAD+FL+++DOETEST'RFF+CR:FF42'",
	  "\"frequent_flyers\":[{\"number\":\"FF42\"}]" },
	{ "NAD+FL+++DOETEST'RFF+AVF:AB12CD'RFF+AVF:ZZ99ZZ'RFF+AVF:AB12CD'",
	  "\"locator\":\"AB12CD\",\"locators\":[{\"value\":\"ZZ99ZZ\"}]" },
	{ "NAD+FL+++DOETEST'GIS+4+173'", "\"verified\":true" },
	{ "NAD+FL+++DOETEST'FTX+BAG+23++999'FTX+BAG+7++998'",
	  "\"bag_weight\":23" },
	{ "NAD+FL+++DOETEST'FTX+BAG+23++999'MEA+WT++KGM:31'",
	  "\"bag_weight\":31" },
};

START_TEST(lists_say_what_they_say)
{
	for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
		char m[800];

		snprintf(m, sizeof(m), PAX_HEAD "%sUNT+9+1'UNZ+1+R'",
			 lists[i].segments);
		check_json(m, lists[i].want);
	}
}
END_TEST

/* Of the day 2026-11-13; the last year of each rule, and the next. */
static const struct {
	const char *text;
	enum when_century century;
	int year;
} years[] = {
	{ "131126", WHEN_PAST, 2026 },	 { "141126", WHEN_PAST, 1926 },
	{ "010127", WHEN_PAST, 1927 },	 { "311299", WHEN_PAST, 1999 },
	{ "010156", WHEN_EXPIRY, 2056 }, { "010157", WHEN_EXPIRY, 1957 },
	{ "010111", WHEN_EXPIRY, 2011 }, { "010145", WHEN_WINDOW, 2045 },
	{ "010146", WHEN_WINDOW, 1946 }, { "010199", WHEN_NEAR, 2099 },
	{ "01012031", WHEN_PAST, 2031 },
};

START_TEST(two_digits_of_a_year_are_read_by_rule)
{
	struct date today = { 2026, 11, 13 }, d;

	for (size_t i = 0; i < ARRAY_SIZE(years); i++) {
		ck_assert(when_date(str_of(years[i].text), WHEN_DMY,
				    years[i].century, today, &d));
		ck_assert_msg(d.year == years[i].year, "%s: %d, not %d",
			      years[i].text, d.year, years[i].year);
	}
	/* a birth of which the day is unknown, this year's or not */
	ck_assert(when_date(STR("260000"), WHEN_YMD, WHEN_PAST, today, &d));
	ck_assert_int_eq(d.year, 2026);
	ck_assert(when_date(STR("261200"), WHEN_YMD, WHEN_PAST, today, &d));
	ck_assert_int_eq(d.year, 1926);
	ck_assert(when_text_date(STR("14NOV26"), WHEN_PAST, today, &d));
	ck_assert_int_eq(d.year, 1926);
	ck_assert(!when_date(STR("310226"), WHEN_DMY, WHEN_PAST, today, &d));
	ck_assert(!when_date(STR("26111"), WHEN_YMD, WHEN_PAST, today, &d));
}
END_TEST

START_TEST(names_come_as_utf_8)
{
	static const struct {
		const char *syntax, *bytes, *want;
	} sets[] = {
		{ "UNOA", "YY\xc9", "YY\xc3\x89" },
		{ "UNOA", "YY\xc3\x89", "YY\xc3\x89" },
		{ "UNOE", "\xb8\xb2\xb0\xbd",
		  "\xd0\x98\xd0\x92\xd0\x90\xd0\x9d" },
		{ "UNOD", "\xa3", "\xc5\x81" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(sets); i++)
		ck_str_is(charset_decode(
				  charset_of_syntax(str_of(sets[i].syntax)),
				  str_of(sets[i].bytes), &arena),
			  sets[i].want);
	arena_clear(&arena);
}
END_TEST

START_TEST(utf_16_is_read_as_its_text)
{
	static const char text[] = PAX_HEAD "NAD+FL+++DOETEST'";
	char wide[2 * sizeof(text) + 2] = { '\xff', '\xfe' };
	struct payload p;

	for (size_t i = 0; i + 1 < sizeof(text); i++)
		wide[2 + 2 * i] = text[i];
	p = parse((struct str){ wide, 2 * sizeof(text) });
	ck_assert_uint_eq(p.bytes.len, sizeof(text) - 1);
	ck_str_is(p.parsed[0].message.travellers[0].surname, "DOETEST");
	arena_clear(&arena);
}
END_TEST

START_TEST(a_payload_has_a_limit)
{
	struct str s = STR(PAX_HEAD "NAD+FL+++DOETEST'");

	for (int more = -1; more <= 1; more++) {
		struct parse_limits limits = { s.len + (size_t)more };
		struct payload p;
		struct err e = { 0 };
		int rc = payload_parse(&p, s, &limits, &arena, &e);

		ck_assert_int_eq(rc, more < 0 ? ERR_LIMIT : 0);
	}
	arena_clear(&arena);
}
END_TEST

START_TEST(what_is_no_interchange_is_refused)
{
	static const struct str bad[] = {
		STR_INIT(""),	      STR_INIT("\0\0\0"),    STR_INIT("hello"),
		STR_INIT("\xff\xfe"), STR_INIT("UNA:+.? '"),
	};

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct payload p;
		struct err e = { 0 };

		ck_assert_int_eq(payload_parse(&p, bad[i],
					       &PARSE_LIMITS_DEFAULT, &arena,
					       &e),
				 ERR_SYNTAX);
	}
	arena_clear(&arena);
}
END_TEST

START_TEST(one_bad_message_leaves_the_others)
{
	struct payload p = parse(STR(
		"UNB+UNOA:4+A+B+261114:0916+R'UNH+1+CUSRES:D:05B:UN'BGM+962'"
		"UNT+3+1'UNH+2+PAXLST:D:05B:UN'UNT+2+2'UNZ+2+R'"
		"UNB+UNOA:4+A+B'UNZ+0+R'" PAX_HEAD "NAD+FL+++DOETEST'"));

	ck_assert_uint_eq(p.nr_parsed, 4);
	ck_assert_int_eq(p.parsed[0].error.code, ERR_VALUE);
	ck_assert_int_eq(p.parsed[1].error.code, ERR_SYNTAX);
	ck_assert_int_eq(p.parsed[2].error.code, ERR_SYNTAX);
	ck_assert_int_eq(p.parsed[3].error.code, 0);
	ck_assert_uint_eq(p.parsed[3].message.nr_travellers, 1);
	arena_clear(&arena);
}
END_TEST

START_TEST(a_flight_has_one_key)
{
	struct payload p = parse(STR(PAX_HEAD)), q = parse(STR(PNR_HEAD));
	struct flight f = p.parsed[0].message.flight;
	struct flight_key a, b;
	struct err e = { 0 };

	ck_assert_int_eq(flight_key_make(&a, &f, &e), 0);
	ck_assert_int_eq(flight_key_make(&b, &q.parsed[0].message.flight, &e),
			 0);
	ck_assert_str_eq(a.text, "X9-417-2026-11-14-CMN");
	ck_assert_str_eq(a.text, b.text);
	f.number = STR("0417");
	ck_assert_int_eq(flight_key_make(&b, &f, &e), 0);
	ck_assert_str_eq(a.text, b.text);
	f.origin = STR_NONE;
	ck_assert_int_eq(flight_key_make(&b, &f, &e), ERR_VALUE);
	arena_clear(&arena);
}
END_TEST

START_TEST(legs_follow_the_route)
{
	check_json(
		"UNB+UNOA:4+A+B+261114:0916+R'UNH+1+PAXLST:D:05B:UN'"
		"BGM+745'TDT+20+BA0123+++BA'LOC+92+MIA'DTM+189:2611140930:201'"
		"LOC+125+JFK'DTM+232:2611141200:201'DTM+189:2611141400:201'"
		"LOC+87+BRU'DTM+232:2611150200:201'NAD+FL+++DOETEST'",
		"\"flight\":{\"carrier\":\"BA\",\"number\":\"123\","
		"\"origin\":\"JFK\",\"destination\":\"BRU\"#"
		"\"flights\":[{\"carrier\":\"BA\",\"number\":\"123\","
		"\"origin\":\"MIA\",\"destination\":\"JFK\"");
	check_json("UNB+UNOA:4+A+B+261114:0916+R'UNH+1+PAXLST:D:05B:UN'"
		   "BGM+266+CLNB'TDT+20+BAW12+++BAW'LOC+87+BRU'LOC+125+JFK'"
		   "NAD+FL+++DOETEST'",
		   "\"carrier\":\"BAW\",\"number\":\"12\",\"origin\":\"JFK\"#"
		   "\"status\":\"not_on_board\"#\"function\":\"266:CLNB\"");
	/* a time behind a place that cannot be read is not the last one's */
	check_json("UNB+UNOA:4+A+B+261114:0916+R'UNH+1+PAXLST:D:05B:UN'"
		   "BGM+745'TDT+20+X9417'LOC+125+CMN'DTM+189:2611140930:201'"
		   "LOC+87+BRUSSELS'DTM+189:2611150000:201'"
		   "DTM+232:2611141340:201'NAD+FL+++DOETEST'",
		   "\"departs\":\"2026-11-14T09:30\",\"arrives\":null");
	/* the carrier of the US dialect; elsewhere it is an aircraft */
	check_json("UNB+UNOA:4+A+B+261114:0916+R'UNH+1+PAXLST:001:000:ZZ'"
		   "TDT++417+40+X9'LOC+5+MACMN'PDT+P/1+DOE:JON'",
		   "\"carrier\":\"X9\",\"number\":\"417\"");
	check_json("UNB+UNOA:4+A+B+261114:0916+R'UNH+1+PAXLST:D:05B:UN'"
		   "BGM+745'TDT+20+X9417+4+747'LOC+125+CMN'NAD+FL+++DOE'",
		   "\"carrier\":\"X9\",\"number\":\"417\"");
}
END_TEST

UNIT_MAIN("parse", names_lose_their_titles_and_nothing_else,
	  documents_are_read_however_slashes_fall, bags_and_seats_at_check_in,
	  bookings_say_what_they_say, lists_say_what_they_say,
	  two_digits_of_a_year_are_read_by_rule, names_come_as_utf_8,
	  utf_16_is_read_as_its_text, a_payload_has_a_limit,
	  what_is_no_interchange_is_refused, one_bad_message_leaves_the_others,
	  a_flight_has_one_key, legs_follow_the_route)
