#include "tools/gen_recipe.h"

#include "base/cc.h"

/* clang-format off */
#define ONEWAY		  TRIP_ONEWAY
#define RETURN		  TRIP_RETURN
#define CARD		  FORM_CARD
#define CASH		  FORM_CASH
#define MISC		  FORM_MISC
#define MILE		  FORM_MILE
#define HIT		  true
#define MISS		  false
#define MAY_FLY_OFTEN	  FLAG_MAY_FLY_OFTEN
#define FLIES_OFTEN	  FLAG_FLIES_OFTEN
#define MAY_FAIL	  FLAG_MAY_FAIL
#define MAY_CHANGE	  FLAG_MAY_CHANGE
#define MAY_CONNECT	  FLAG_MAY_CONNECT
#define CONNECTS	  FLAG_CONNECTS
#define PAID_BY_OTHER	  FLAG_PAID_BY_OTHER
#define PAID_BY_COMPANION FLAG_PAID_BY_COMPANION
#define AGENCY_ABROAD	  FLAG_AGENCY_ABROAD
#define AT_AIRLINE	  FLAG_AT_AIRLINE
#define SPLIT		  FLAG_SPLIT
#define CHANGED_LATE	  FLAG_CHANGED_LATE
#define BY_CARRIER	  FLAG_BY_CARRIER
#define KIN		  FLAG_KIN
#define GROUP		  FLAG_GROUP
#define UMNR		  FLAG_UMNR
#define HEAVY		  FLAG_HEAVY
#define TURNS_BACK	  FLAG_TURNS_BACK
#define AGENCY_REPORTED	  FLAG_AGENCY_REPORTED

#define PLANT(...)
#define RECIPE(weight, a, a2, c, c2, i, i2, l, l2, trip, s, s2, form, b, b2, flags) \
	{ weight, { a, a2 }, { c, c2 }, { i, i2 }, { l, l2 }, trip, { s, s2 },	    \
	  form, { b, b2 }, flags },
const struct gen_recipe gen_recipes[] = {
#include "tools/gen_recipe.def"
};
#undef RECIPE
#undef PLANT
const int gen_recipes_nr = ARRAY_SIZE(gen_recipes);

#define RECIPE(...)
#define PLANT(profile, hits, who, from, a, c, l, l2, trip, s, s2, form, b, b2, flags) \
	{ profile, hits, who, from,						      \
	  { 0, { a, a }, { c, c }, { 0, 0 }, { l, l2 }, trip, { s, s2 }, form,	      \
	    { b, b2 }, flags } },
const struct gen_pattern gen_patterns[] = {
#include "tools/gen_recipe.def"
};
const int gen_patterns_nr = ARRAY_SIZE(gen_patterns);
/* clang-format on */

const struct gen_recipe gen_listed_recipe = {
	.adults = { 1, 1 },
	.lead = { 240, 2000 },
	.trip = TRIP_RETURN,
	.stay = { 96, 480 },
	.form = FORM_CARD,
	.bags = { 1, 2 },
};
