/*
 * fuzz_text.c - free texts of SSR, IFT and ADD: whatever they say, the
 * travellers of the booking are read, and properties.h holds
 *
 * The first byte chooses the segment, the others are the text. Service
 * characters in it are released; quotes are not put in, for they may stand
 * for a terminator.
 */
#include "tests/fuzz/properties.h"

#define HEAD                                                \
	"UNB+IATA:1+X9+B+261113:0930+R'"                    \
	"UNH+1+PNRGOV:13:1:IA'MSG+:22'"                     \
	"TVL+141126:0930:141126:1340+CMN+BRU+X9+417'EQN+1'" \
	"SRC'RCI+X9:QZ7TST'"
#define PEOPLE "TIF+DOETEST+JOHNMR:A:1'TIF+ROETEST+ANNMRS:A:2'"
#define LEG    "TVL+141126:0930:141126:1340+CMN+BRU+X9+417:K'RPI+2+HK'"
#define TAIL   "UNT+9+1'UNZ+1+R'"

static const struct {
	const char *before, *after;
} places[] = {
	{ HEAD PEOPLE "SSR+DOCS:HK:1:X9:::::", ".+::1'" LEG TAIL },
	{ HEAD PEOPLE "SSR+DOCA:HK:1:X9:::::", ".+::1'" LEG TAIL },
	{ HEAD PEOPLE "SSR+DOCO:HK:1:X9:::::", ".+::1'" LEG TAIL },
	{ HEAD PEOPLE "SSR+FOID:HK:1:X9:::::", ".+::1'" LEG TAIL },
	{ HEAD PEOPLE "SSR+PCTC:HK:1:X9:::::", ".+::1'" LEG TAIL },
	{ HEAD PEOPLE LEG "SSR+INFT:HK:1:X9:::CMN:BRU:", ".+::1'" TAIL },
	{ HEAD PEOPLE LEG "SSR+SEAT:HK:2:X9:::CMN:BRU:", ".'" TAIL },
	{ HEAD PEOPLE LEG "SSR+CHLD:HK:1:X9:::CMN:BRU:", ".+::2'" TAIL },
	{ HEAD PEOPLE LEG "SSR+UMNR:HK:1:X9:::CMN:BRU:", ".+::2'" TAIL },
	{ HEAD "SSR+CTCM:HK:1:X9:::::", ".'" PEOPLE LEG TAIL },
	{ HEAD "SSR+CTCE:HK:1:X9:::::", ".'" PEOPLE LEG TAIL },
	{ HEAD "SSR+OTHS:HK:1:X9:::::", ".'" PEOPLE LEG TAIL },
	{ HEAD "SSR+GRPS:HK:1:X9:::::", ".'" PEOPLE LEG TAIL },
	{ HEAD "IFT+4:28::X9+CTC M ", ".'" PEOPLE LEG TAIL },
	{ HEAD "IFT+4:28::X9+", ".'" PEOPLE LEG TAIL },
	{ HEAD PEOPLE "FOP+CA::268.40'IFT+4:43+", ".'" LEG TAIL },
	{ HEAD "ADD++700:", ".'" PEOPLE LEG TAIL },
	{ HEAD "ADD++:::::::", ".'" PEOPLE LEG TAIL },
};

static bool is_quote(uint8_t c)
{
	return c == 0xe2 || c == 0x92 || c == 0xb4 || c == '`';
}

static bool is_service(uint8_t c)
{
	return c == '+' || c == ':' || c == '\'' || c == '?';
}

static bool has_traveller(const struct booking *b, struct str surname,
			  struct str given)
{
	for (uint32_t i = 0; i < b->nr_travellers; i++)
		if (str_eq(b->travellers[i].surname, surname) &&
		    str_eq(b->travellers[i].given, given))
			return true;
	return false;
}

/* A text is no structure: nothing of it ends a segment or begins one. */
static void check_told(const struct parsed *p)
{
	static const char *const code[] = { "segment-tag", "terminator-lost",
					    "release-dangling", "unt-missing" };

	for (uint32_t d = 0; d < p->nr_diag; d++)
		for (size_t i = 0; i < ARRAY_SIZE(code); i++)
			if (!strcmp(p->diag[d].code, code[i]))
				abort();
}

static void check_people(struct str in)
{
	struct parse_limits limits = PARSE_LIMITS_DEFAULT;
	struct arena arena = { 0 };
	struct payload p;
	struct err e = { 0 };

	if (payload_parse(&p, in, &limits, &arena, &e) || p.nr_parsed != 1 ||
	    p.parsed[0].error.code || p.parsed[0].message.nr_bookings != 1)
		abort();
	if (!has_traveller(p.parsed[0].message.bookings, STR("DOETEST"),
			   STR("JOHN")) ||
	    !has_traveller(p.parsed[0].message.bookings, STR("ROETEST"),
			   STR("ANN")))
		abort();
	check_told(&p.parsed[0]);
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf b = { 0 };
	size_t place;

	if (!size)
		return 0;
	place = data[0] % ARRAY_SIZE(places);
	buf_str(&b, str_of(places[place].before));
	for (size_t i = 1; i < size; i++) {
		if (is_quote(data[i]))
			continue;
		if (is_service(data[i]))
			buf_add(&b, "?", 1);
		buf_add(&b, (const char *)data + i, 1);
	}
	buf_str(&b, str_of(places[place].after));
	check_people(buf_view(&b));
	check_payload(buf_view(&b), STR(""));
	buf_release(&b);
	return 0;
}
