#include "tools/gen_tables.h"

#include "base/str.h"

#include <math.h>
#include <string.h>

#define AIRPORT(code, city, a3, a2, lat, lon, utc, one, two) \
	{ code, city, a3, a2, lat, lon, utc, { CULTURE_##one, CULTURE_##two } },
const struct gen_airport gen_airports[] = {
#include "tools/gen_airport.def"
};
#undef AIRPORT
const int gen_airports_nr = ARRAY_SIZE(gen_airports);

#define NO_UNA	  HABIT_NO_UNA
#define NO_UNG	  HABIT_NO_UNG
#define TYPE_B	  HABIT_TYPE_B
#define LF	  HABIT_LF
#define CRLF	  HABIT_CRLF
#define PLAIN_MEA HABIT_PLAIN_MEA
#define AIRLINE(code, name, account, crs, pnrgov, paxlst, part, habits) \
	{ code, name, account, crs, pnrgov, paxlst, part, habits },
const struct gen_airline gen_airlines[] = {
#include "tools/gen_airline.def"
};
#undef AIRLINE
const int gen_airlines_nr = ARRAY_SIZE(gen_airlines);

#define CULTURE(id, nations, men, women, surnames) \
	{ nations, men, women, surnames },
static const char *const names[CULTURES][4] = {
#include "tools/gen_names.def"
};
#undef CULTURE

int gen_airport_find(const char *code)
{
	for (int i = 0; i < gen_airports_nr; i++)
		if (!strcmp(gen_airports[i].code, code))
			return i;
	return -1;
}

int gen_airport_of_country(const char *alpha3)
{
	for (int i = 0; i < gen_airports_nr; i++)
		if (!strcmp(gen_airports[i].country, alpha3))
			return i;
	return -1;
}

int gen_flying_minutes(int a, int b)
{
	const double rad = acos(-1) / 1800, km_per_minute = 13.5;
	double la = gen_airports[a].lat * rad, lb = gen_airports[b].lat * rad;
	double turn = (gen_airports[a].lon - gen_airports[b].lon) * rad;
	double c = sin(la) * sin(lb) + cos(la) * cos(lb) * cos(turn);
	double km = 6371 * acos(fmax(-1, fmin(1, c)));

	return (int)((km / km_per_minute + 35) / 5) * 5;
}

void gen_pick_name(char out[GEN_NAME], enum gen_culture c, enum gen_list list,
		   struct rng *r)
{
	struct str rest = str_of(names[c][list]), one;
	uint32_t nr = 1, pick;

	for (size_t i = 0; i < rest.len; i++)
		nr += rest.ptr[i] == ' ';
	pick = rng_below(r, nr);
	do
		one = str_split(&rest, ' ');
	while (pick--);
	for (size_t i = 0; i < one.len; i++)
		out[i] = one.ptr[i] == '_' ? ' ' : one.ptr[i];
	out[one.len] = 0;
}
