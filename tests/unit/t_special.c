#include "base/buf.h"
#include "law/special.h"
#include "tests/unit/unit.h"

#include <string.h>

#include <stdio.h>

static const char *found(struct str text, char release)
{
	const struct special *s = special_find(text, release);

	return s ? special_category_name(s->category) : "none";
}

static const struct {
	const char *code, *category;
} codes[] = {
	{ "KSML", "religion" },
	{ "MOML", "religion" },
	{ "DBML", "health" },
	{ "VOML", "ethnic" },
	{ "VGML", "belief" },
	{ "SPML", "policy" },
	{ "XYML", "policy" },
	{ "WCHR", "health" },
	{ "DPNA", "health" },
	{ "MEDA", "health" },
	{ "LANG", "policy" },
	{ "wchc", "health" },
	{ "WC\r\nHS", "health" },
	{ " KSML ", "religion" },
	{ "BBML", NULL },
	{ "CHML", NULL },
	{ "INML", NULL },
	{ "SFML", NULL },
	{ "UMNR", NULL },
	{ "DOCS", NULL },
	{ "INFT", NULL },
	{ "ML", NULL },
	{ "", NULL },
	{ "KSMLX", NULL },
	{ "WCH", NULL },
	{ "1ML", NULL },
};

START_TEST(service_codes_have_their_category)
{
	for (size_t i = 0; i < ARRAY_SIZE(codes); i++) {
		const struct special *s = special_ssr(str_of(codes[i].code));

		if (!codes[i].category)
			ck_assert_msg(!s, "%s", codes[i].code);
		else
			ck_assert_msg(s && str_eq(str_of(special_category_name(
							  s->category)),
						  str_of(codes[i].category)),
				      "%s", codes[i].code);
	}
	ck_assert_ptr_null(special_ssr(STR_NONE));
}
END_TEST

static const struct {
	const char *text, *category;
} texts[] = {
	{ "NEEDS WHEELCHAIR", "health" },
	{ "NEEDSWHEELCHAIR", "health" }, /* a line break stood for the blank */
	{ "NEEDS WHEEL CHAIR", "health" },
	{ "wheel-chair to the gate", "health" },
	{ "WHEE?LCHAIR", "health" },
	{ "Wheel\r\nChair", "health" },
	{ "W H E E L C H A I R", "health" },
	{ "PAX IS DIABETIC", "health" },
	{ "DIABE TIC PAX", "health" },
	{ "diab\xc3\xa9tique", "health" }, /* UTF-8 */
	{ "diab\xe9tique", "health" },	   /* ISO 8859-1 */
	{ "diab\xc3\r\n\xa9tique", "health" },
	{ "H.I.V. POSITIVE", "health" },
	{ "HIV", "health" },
	{ "HIVE", "none" },
	{ "H IV", "none" },
	{ "CANCER PATIENT", "health" },
	{ "CANCEL THE SEAT", "none" },
	{ "CANCELLED 12NOV", "none" },
	{ "LEG IN A CAST", "health" },
	{ "BROADCAST", "none" },
	{ "CASTRO", "none" },
	{ "CA ST", "none" },
	{ "TRAVELS WITH NUN", "religion" },
	{ "NUNEZ TEST", "none" },
	{ "NUNS", "religion" },
	{ "ROMA FAMILY", "ethnic" },
	{ "ROMAN TEST", "none" },
	{ "ROMANIA", "none" },
	{ "VIA ROMA 12", "none" },
	{ "TO ROMA FCO", "none" },
	{ "TO ROMA FCO KOSHER", "religion" },
	{ "MET AT UNION SQUARE", "none" },
	{ "EUROPEAN UNION", "none" },
	{ "UNION SQUARED", "union" },
	{ "UNION DELEGATE", "union" },
	{ "REUNION", "none" },
	{ "HOSPITALITY DESK", "none" },
	{ "HOSPITALISED", "health" },
	{ "ISLAMABAD", "none" },
	{ "ISLAMIC", "religion" },
	{ "BROKEN   LEG", "health" },
	{ "BROKEN\r\nLEG", "health" },
	{ "GUIDE DOG", "health" },
	{ "SSR KSML HK1", "religion" },
	{ "HK1WCHR", "health" },
	{ "100ML BOTTLE", "none" },
	{ "MAAS TEST", "none" }, /* a code, but a name in a text */
	{ "LANG TEST", "none" },
	{ "UM09 GUARDIAN OTTO TEST", "none" },
	{ "ENGLISH AND DUTCH", "none" },
	{ "PASSPORT AUT ISSUED 2020", "none" },
	{ "KINDERROLLSTUHL", "health" },
	{ "NUSSALLERGIE", "health" },
	{ "J\xc3\xbc"
	  "disch",
	  "religion" },
	{ "JUEDISCH", "religion" },
	{ "EN SILLA DE RUEDAS", "health" },
	{ "PELLEGRINAGGIO", "religion" },
	{ "ROLSTOEL", "health" },
	{ "niepe\xc5\x82nosprawny", "health" },
	{ "UMRAH GROUP", "religion" },
	{ "GAY PRIDE", "sexual" },
	{ "GAYLE TEST", "none" },
	{ "POLITICIAN", "political" },
	{ "\xd0\x96"
	  "AIDS",
	  "none" }, /* inside a word of another script */
	{ "", "none" },
	{ "?", "none" },
	{ "\r\n", "none" },
};

START_TEST(words_are_found_and_their_look_alikes_not)
{
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		ck_assert_msg(str_eq(str_of(found(str_of(texts[i].text), '?')),
				     str_of(texts[i].category)),
			      "'%s': got %s, not %s", texts[i].text,
			      found(str_of(texts[i].text), '?'),
			      texts[i].category);
	ck_assert_ptr_null(special_find(STR_NONE, '?'));
}
END_TEST

/*
 * Remarks as agents write them, seven of each language: with inflected forms,
 * one for each category and a second one of health. All have to be found.
 */
static const struct {
	const char *text, *category;
} remarks[] = {
	/* English */
	{ "PAX USES A WALKING STICK", "health" },
	{ "SUFFERS FROM CLAUSTROPHOBIA", "health" },
	{ "LUTHERAN CHOIR", "religion" },
	{ "KURDISH FAMILY OF 4", "ethnic" },
	{ "MEMBER OF THE COMMUNIST PARTY", "political" },
	{ "UNION DELEGATE", "union" },
	{ "TRAVELS WITH SAME-SEX PARTNER", "sexual" },
	/* German */
	{ "PAX HAT SCHWEREN HERZINFARKT GEHABT", "health" },
	{ "REIST MIT BLINDENHUND", "health" },
	{ "EVANGELISCHE KIRCHENGEMEINDE", "religion" },
	{ "ASYLBEWERBER IN BEGLEITUNG", "ethnic" },
	{ "ZUM PARTEITAG", "political" },
	{ "GEWERKSCHAFTSGRUPPE", "union" },
	{ "LESBISCHES PAAR", "sexual" },
	/* French */
	{ "PAX MALENTENDANTE", "health" },
	{ "MARCHE AVEC BEQUILLES", "health" },
	{ "GROUPE CATHOLIQUE", "religion" },
	{ "FAMILLE TZIGANE", "ethnic" },
	{ "REUNION POLITIQUE", "political" },
	{ "DELEGUE SYNDICAL", "union" },
	{ "COUPLE LESBIEN", "sexual" },
	/* Spanish */
	{ "PASAJERO CON DISCAPACIDAD", "health" },
	{ "ALERGICO A LOS FRUTOS SECOS", "health" },
	{ "GRUPO DE PEREGRINOS", "religion" },
	{ "FAMILIA GITANA", "ethnic" },
	{ "CONGRESO COMUNISTA", "political" },
	{ "DELEGADO SINDICAL", "union" },
	{ "PERSONA TRANSEXUAL", "sexual" },
	/* Italian */
	{ "PAX IN CARROZZINA", "health" },
	{ "DONNA IN GRAVIDANZA", "health" },
	{ "GRUPPO CATTOLICO", "religion" },
	{ "RIFUGIATI", "ethnic" },
	{ "CONGRESSO SOCIALISTA", "political" },
	{ "DELEGATO SINDACALE", "union" },
	{ "COPPIA OMOSESSUALE", "sexual" },
	/* Dutch */
	{ "SLECHTZIENDE REIZIGER", "health" },
	{ "REIST MET ZUURSTOFFLES", "health" },
	{ "GROEP VAN DE KERK", "religion" },
	{ "ASIELZOEKERS", "ethnic" },
	{ "POLITIEKE BIJEENKOMST", "political" },
	{ "VAKBONDSLID", "union" },
	{ "HOMOSEKSUEEL STEL", "sexual" },
	/* Polish */
	{ "PASAZER NIEPELNOSPRAWNY", "health" },
	{ "CHORY NA PADACZKE", "health" },
	{ "GRUPA KATOLICKA", "religion" },
	{ "CYGANIE", "ethnic" },
	{ "DZIALACZ POLITYCZNY", "political" },
	{ "ZWIAZKOWIEC", "union" },
	{ "LESBIJKA", "sexual" },
	/* Romanian */
	{ "PASAGER CU DIZABILITATI", "health" },
	{ "FEMEIE INSARCINATA", "health" },
	{ "GRUP DE LA BISERICA", "religion" },
	{ "FAMILIE DE TIGANI", "ethnic" },
	{ "CONGRES POLITIC", "political" },
	{ "LIDER SINDICAL", "union" },
	{ "PERSOANA HOMOSEXUALA", "sexual" },
	/* Portuguese */
	{ "CADEIRA DE RODAS", "health" },
	{ "PASSAGEIRO SURDO", "health" },
	{ "GRUPO DA IGREJA", "religion" },
	{ "FAMILIA CIGANA", "ethnic" },
	{ "PARTIDO COMUNISTA", "political" },
	{ "DELEGADO SINDICAL", "union" },
	{ "CASAL LESBIANA", "sexual" },
	/* Czech */
	{ "CESTUJICI VOZICKAR", "health" },
	{ "TEHOTNA ZENA", "health" },
	{ "KATOLICKA SKUPINA", "religion" },
	{ "CIKANKA", "ethnic" },
	{ "POLITICKA STRANA", "political" },
	{ "ODBORARI", "union" },
	{ "LESBICKY PAR", "sexual" },
	/* Hungarian */
	{ "MOZGASSERULT UTAS", "health" },
	{ "TERHES NO", "health" },
	{ "REFORMATUS CSOPORT", "religion" },
	{ "CIGANYOK", "ethnic" },
	{ "POLITIKAI GYULES", "political" },
	{ "SZAKSZERVEZETI TAG", "union" },
	{ "LESZBIKUS PAR", "sexual" },
	/* Swedish */
	{ "BEHOVER RULLSTOL", "health" },
	{ "SYNSKADAD", "health" },
	{ "FRIKYRKLIG GRUPP", "religion" },
	{ "FLYKTINGAR", "ethnic" },
	{ "POLITISKT PARTI", "political" },
	{ "FACKLIG REPRESENTANT", "union" },
	{ "LESBISKT PAR", "sexual" },
	/* Greek */
	{ "EPIVATIS ME ANAPIRIA", "health" },
	{ "ENGKYOS GYNAIKA", "health" },
	{ "OMADA PROSKYNITON", "religion" },
	{ "PROSFYGES", "ethnic" },
	{ "KOMMOUNISTIKO KOMMA", "political" },
	{ "SYNDIKALISTIS", "union" },
	{ "OMOFYLOFILOS", "sexual" },
};

START_TEST(remarks_of_thirteen_languages_are_found)
{
	for (size_t i = 0; i < ARRAY_SIZE(remarks); i++)
		ck_assert_msg(str_eq(str_of(found(str_of(remarks[i].text), 0)),
				     str_of(remarks[i].category)),
			      "'%s': got %s, not %s", remarks[i].text,
			      found(str_of(remarks[i].text), 0),
			      remarks[i].category);
}
END_TEST

/* Names, places and everyday remarks that begin or sound like rows. */
START_TEST(harmless_remarks_pass)
{
	static const char *const harmless[] = {
		"JUDE TEST",
		"ANNA BAPTISTE",
		"JEAN-BAPTISTE",
		"VOL POUR MONACO",
		"SPITTAL AN DER DRAU",
		"INVALID NUMBER CHECK AGAIN",
		"POLITIE BRUSSEL GEBELD",
		"4 RUE DE L EGLISE PARIS",
		"PLAZA DE LA IGLESIA 3",
		"PIAZZA DELLA CHIESA 9",
		"KRISTEN TEST",
		"SAMER TEST",
		"ASMA TEST",
		"DOV TEST",
		"KOFI TEST",
		"MESQUITA TEST",
		"ROMER TEST",
		"PARTY OF 5",
		"LEGAL DEPT CALLED",
		"GREEN BAG AND BLACK SUITCASE",
		"SALMON",
		"WHITE CAR AT TERMINAL 2",
		"OPERATIONS DESK",
		"CALLED TWICE, NO ANSWER",
		"SEAT NEAR GALLEY",
		"TIGER AIRWAYS",
		"KATALIN TEST",
		"KATARINA TEST",
		"GRAVINA IN PUGLIA",
		"SYDNEY",
		"SIDNEY TEST",
		"INFANTINO TEST",
		"CIARAN TEST",
		"KRYSTYNA TEST",
		"BEIRUT",
		"POLTAVA",
		"ATENAS",
		"ATHENS",
		"COMUNICADO POR TELEFONO",
		"COMMUNICATION SENT",
		"SOCIAL MEDIA",
		"SOCIETE TEST",
		"ACTIVE TICKET",
		"ASYMMETRIC",
		"ZIDANE TEST",
		"MONKEY",
		"BIBLIOTHEK",
		"PRAGUE",
		"PREORDER",
		"MATHILDE TEST",
		"BLINDHEIM",
		"TAUBER TEST",
		"MULE",
		"KERKRADE",
		"KERKSTRAAT 4",
		"KIRCHENER TEST",
		"JUDENBURG",
		"CEGLED",
		"SURDULICA",
		"RAKOS TEST",
		"GEJZA TEST",
		"LESBOS",
		"HERIDAN TEST",
		"STROKESTOWN",
		"PRETEXT",
		"FRATELLI TEST",
		"MONICA TEST",
		"TERHUNE TEST",
		"KORHONEN TEST",
		"APERITIF",
		"ANAPA",
		"TWO BAGS CHECKED",
		"REBOOKED 12NOV",
		"PASSPORT EXPIRED",
		"UM09 GUARDIAN ADA TEST 32 2 555 0199",
	};

	for (size_t i = 0; i < ARRAY_SIZE(harmless); i++) {
		const struct special *s = special_find(str_of(harmless[i]), 0);

		ck_assert_msg(!s, "'%s': %s", harmless[i], s ? s->word : "");
	}
}
END_TEST

/* Every row finds itself: whole, in lower case, broken, released. */
START_TEST(every_row_is_found_however_it_is_written)
{
	static const char *const row[] = {
#define SSR(w, c) w,
#define SSR_CODE(w, c)
#define SSR_FREE(w)
#define TITLE(w, c)
#define TYPE(w, c)
#define WORD(w, c)   w,
#define PREFIX(w, c) w,
#define INFIX(w, c)  w,
#define INNOCENT(w)
#include "law/special.def"
	};

	for (size_t i = 0; i < ARRAY_SIZE(row); i++)
		for (size_t cut = 1; row[i][cut]; cut++) {
			char broken[80], released[80], lower[80];
			size_t n = 0;

			snprintf(broken, sizeof(broken), "ON %.*s\r\n%s.",
				 (int)cut, row[i], row[i] + cut);
			snprintf(released, sizeof(released), "(%.*s?%s)",
				 (int)cut, row[i], row[i] + cut);
			for (; row[i][n]; n++)
				lower[n] = row[i][n] == ' '
						   ? ' '
						   : (char)(row[i][n] + 32);
			ck_assert_msg(special_find(str_of(broken), 0) != NULL,
				      "%s", broken);
			ck_assert_msg(special_find(str_of(released), '?'), "%s",
				      released);
			ck_assert_msg(special_find((struct str){ lower, n }, 0),
				      "%s", row[i]);
		}
}
END_TEST

START_TEST(innocent_words_are_innocent)
{
	static const char *const row[] = {
#define SSR(w, c)
#define SSR_CODE(w, c) w,
#define SSR_FREE(w)    w,
#define TITLE(w, c)
#define TYPE(w, c)
#define WORD(w, c)
#define PREFIX(w, c)
#define INFIX(w, c)
#define INNOCENT(w) w,
#include "law/special.def"
	};

	for (size_t i = 0; i < ARRAY_SIZE(row); i++)
		ck_assert_msg(!special_find(str_of(row[i]), 0), "%s", row[i]);
}
END_TEST

START_TEST(raw_and_cleaned_texts_give_the_same_answer)
{
	static const char alphabet[] = "NUKOSHERH?\r\n .\xc3\x89\xe9";
	unsigned int x = 1;

	for (int round = 0; round < 200000; round++) {
		char raw[24], clean[24];
		size_t n = 0;

		for (size_t i = 0; i < sizeof(raw); i++) {
			x = x * 1103515245u + 12345u;
			raw[i] = alphabet[x / 65536 % (sizeof(alphabet) - 1)];
		}
		for (size_t i = 0; i < sizeof(raw); i++) {
			if (raw[i] == '\r' || raw[i] == '\n')
				continue;
			if (raw[i] == '?')
				do
					i++;
				while (i < sizeof(raw) &&
				       (raw[i] == '\r' || raw[i] == '\n'));
			if (i < sizeof(raw))
				clean[n++] = raw[i];
		}
		ck_assert(special_find((struct str){ raw, sizeof(raw) }, '?') ==
			  special_find((struct str){ clean, n }, 0));
	}
}
END_TEST

START_TEST(titles_and_types_that_tell_a_religion)
{
	static const char *const bad[] = { "REV",	"rev.",	  "RT REV",
					   "R?EV",	"SHEIKH", "DR RABBI",
					   "S\r\nISTER" };
	static const char *const good[] = { "MR",   "MRS",  "DR",
					    "PROF", "SIR",  "CAPT",
					    "MSTR", "REVA", "" };

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		ck_assert_msg(special_title(str_of(bad[i]), '?'), "%s", bad[i]);
	for (size_t i = 0; i < ARRAY_SIZE(good); i++)
		ck_assert_msg(!special_title(str_of(good[i]), '?'), "%s",
			      good[i]);
	ck_assert(special_type(STR("CLG"), 0));
	ck_assert(special_type(STR("pil"), 0));
	ck_assert(!special_type(STR("ADT"), 0));
	ck_assert(!special_type(STR_NONE, 0));
	ck_assert(!special_title(STR_NONE, 0));
}
END_TEST

/*
 * Plain letters and signs are passed over at a glance; with a capital for the
 * release character, which is not in the text, they are read one by one.
 */
START_TEST(a_glance_sees_what_reading_does)
{
	static const char *const pieces[] = {
		"HALAL",    "KOSHER",	  "WHEEL CHAIR", "H.I.V",  "DIABET",
		"PILGRIM",  "DI A BETIC", "MOSLEM",	 "EPILEP", "BLIND",
		"UNION",    "IN",	  "E",		 "A",	   "L",
		"R",	    "S",	  "T",		 " ",	   ".",
		"-",	    "3",	  "O",		 "\r\n",   "n",
		"\xc3\x89", "\xe9",	  "ISLA",	 "ND",	   "WC",
		"HR",	    "M",	  "U",		 "K",
	};
	uint32_t dice = 1, found = 0;
	struct buf text = { 0 };

	for (int n = 0; n < 100000; n++) {
		const struct special *glance, *read;

		buf_clear(&text);
		for (int k = 0; k < 9; k++) {
			dice = dice * 1664525 + 1013904223;
			buf_str(&text, str_of(pieces[(dice >> 16) %
						     ARRAY_SIZE(pieces)]));
		}
		glance = special_find(buf_view(&text), 0);
		read = special_find(buf_view(&text), 'Q');
		ck_assert_msg(glance == read, "'" STR_FMT "': %s, not %s",
			      STR_ARG(buf_view(&text)),
			      glance ? glance->word : "none",
			      read ? read->word : "none");
		found += glance != NULL;
	}
	ck_assert_uint_gt(found, 1000);
	ck_assert_uint_lt(found, 99000);
	buf_release(&text);
}
END_TEST

UNIT_MAIN("special", service_codes_have_their_category,
	  words_are_found_and_their_look_alikes_not,
	  remarks_of_thirteen_languages_are_found, harmless_remarks_pass,
	  every_row_is_found_however_it_is_written, innocent_words_are_innocent,
	  raw_and_cleaned_texts_give_the_same_answer,
	  titles_and_types_that_tell_a_religion,
	  a_glance_sees_what_reading_does)
