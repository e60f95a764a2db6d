#include "rules/refuse.h"

#include <string.h>

#define ART_6_4 "Directive (EU) 2016/681 Art. 6(4)"

/* Why a field is closed, by what it would tell. */
static const struct {
	const char *record, *name; /* NULL: the whole record */
	const char *why;
} closed[] = {
	{ "traveller", "birth_place", "a place of birth tells origin" },
	{ "traveller", "birth_country", "a country of birth tells origin" },
	{ "traveller", "title", "a title may tell religion" },
	{ "traveller", "names", "a form of name tells origin" },
	{ "name", NULL, "a form of name tells origin" },
	{ "ssr", "text", "free text may tell health or religion" },
	{ "booking", "group_name",
	  "a party's name may tell religion or "
	  "politics" },
	{ "visa", "place", "a place of issue tells origin" },
};

int refuse_field(const struct field *f, size_t pos, struct err *e)
{
	const char *why = "it does not describe how the journey was booked or "
			  "made";

	if (f->use != USE_NEVER)
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(closed); i++)
		if (!strcmp(closed[i].record, f->record) &&
		    (!closed[i].name || !strcmp(closed[i].name, f->name)))
			why = closed[i].why;
	return err_at(e, ERR_LEGAL, pos,
		      ART_6_4 " closes '%s.%s' to profiles: %s; use features "
			      "of booking, payment, route or baggage",
		      f->record, f->name, why);
}

int refuse_no_reason(const struct field *f, size_t pos, struct err *e)
{
	return err_at(e, ERR_LEGAL, pos,
		      ART_6_4 " and C-817/19, 197: '%s.%s' may be used only "
			      "with a written reason; add 'reason:' to the "
			      "clause",
		      f->record, f->name);
}

int refuse_disguise(const struct field *f, size_t pos, struct err *e)
{
	return err_at(e, ERR_LEGAL, pos,
		      "Directive (EU) 2016/681 Art. 6(3)(a): '%s.%s' "
		      "identifies a person, so a fixed value belongs on a "
		      "watchlist; a profile may compare it with other fields "
		      "only",
		      f->record, f->name);
}

/* Whole words, in lower case; `_` joins two. */
static const struct {
	const char *trait;
	const char *words[24];
} proxies[] = {
	{ "religion or belief",
	  { "religion",	    "faith",	"belief",     "meal",	 "meals",
	    "special_meal", "diet",	"halal",      "kosher",	 "hajj",
	    "umrah",	    "ramadan",	"eid",	      "easter",	 "christmas",
	    "lent",	    "passover", "yom_kippur", "sabbath", "diwali",
	    "vesak",	    "pilgrim",	"pilgrimage" } },
	{ "race or ethnic origin",
	  { "race", "ethnicity", "ethnic_origin", "skin_colour", "colour",
	    "name_origin", "origin_of_name", "name_language", "language",
	    "languages", "mother_tongue", "birth_place", "place_of_birth",
	    "birthplace", "birth_country", "country_of_birth" } },
	{ "political opinion or trade union membership",
	  { "politics", "political_opinion", "party_membership", "union",
	    "trade_union" } },
	{ "health, sexual life or sexual orientation",
	  { "health", "disability", "wheelchair", "medical", "pregnant",
	    "sexual_orientation", "orientation", "sexual_life", "gay" } },
};

static const char *proxy_of(struct str word)
{
	for (size_t i = 0; i < ARRAY_SIZE(proxies); i++)
		for (size_t k = 0;
		     k < ARRAY_SIZE(proxies[i].words) && proxies[i].words[k];
		     k++)
			if (str_eq_nocase(word, str_of(proxies[i].words[k])))
				return proxies[i].trait;
	return NULL;
}

int refuse_proxy(struct str word, size_t pos, struct err *e)
{
	const char *trait = proxy_of(word);

	if (!trait)
		return 0;
	return err_at(e, ERR_LEGAL, pos,
		      ART_6_4 ": '" STR_FMT "' stands for %s; criteria may "
			      "not rest on it, not even indirectly",
		      STR_ARG(word), trait);
}

int refuse_ssr_code(struct str code, size_t pos, struct err *e)
{
	static const char *const health[] = {
		"WCHR", "WCHS", "WCHC", "WCHP", "WCBD", "WCBW", "WCMP",
		"WCOB", "MEDA", "STCR", "OXYG", "BLND", "DEAF", "DPNA",
		"MAAS", "LEGL", "LEGR", "LEGB", "PPOC", "ESAN", "SVAN",
	};
	bool meal = code.len == 4 && str_ends(code, STR("ML"));

	for (size_t i = 0; i < ARRAY_SIZE(health); i++)
		if (str_eq(code, str_of(health[i])))
			meal = true;
	if (!meal)
		return 0;
	return err_at(e, ERR_LEGAL, pos,
		      ART_6_4 " and Art. 13(4): service '" STR_FMT "' tells "
			      "health or religion; it is deleted on receipt "
			      "and no profile may ask for it",
		      STR_ARG(code));
}
