#include "tools/gen_person.h"

#include "base/country.h"
#include "tools/gen_wanted.h"

#include <stdio.h>
#include <string.h>

/* Years of life that a type of traveller has at least and at most. */
static struct date birth_date(char type, struct date on, struct rng *r)
{
	int64_t today = date_to_days(on);

	switch (type) {
	case 'I':
		return date_from_days(today - rng_range(r, 20, 700));
	case 'C':
		return date_from_days(today - rng_range(r, 750, 17 * 365));
	default:
		return date_from_days(today -
				      rng_range(r, 19 * 365 + 10, 78 * 365));
	}
}

/* As a document's machine-readable lines have it: no marks. */
static void without_marks(char *name)
{
	char *to = name;

	for (const char *p = name; *p; p++)
		if (*p != '\'')
			*to++ = *p == '-' ? ' ' : *p;
	*to = 0;
}

static void joined(char *out, const char *name)
{
	for (; *name; name++)
		if (*name != ' ')
			*out++ = *name;
	*out = 0;
}

static const char *title_of(const struct gen_person *p, struct rng *r)
{
	if (p->type != 'A')
		return p->sex == 'M' ? "MSTR" : "MISS";
	if (rng_chance(r, 12))
		return "DR";
	if (p->sex == 'M')
		return "MR";
	return rng_chance(r, 300) ? "MS" : "MRS";
}

static void give_document(struct gen_person *p,
			  const struct gen_person_ask *ask, struct rng *r)
{
	static const char letters[] = "ABCDEFGHJKLMNPRSTUVWXYZ";
	char one = letters[rng_below(r, sizeof(letters) - 1)];
	char two = letters[rng_below(r, sizeof(letters) - 1)];
	bool card = ask->inside_eu && country_is_eu(str_of(p->nation)) &&
		    rng_chance(r, 400);

	p->doc_type = card ? 'I' : 'P';
	if (rng_chance(r, 500))
		snprintf(p->doc_number, sizeof(p->doc_number), "%c%c%06d", one,
			 two, rng_range(r, 100000, 999999));
	else
		snprintf(p->doc_number, sizeof(p->doc_number), "%c%08d", one,
			 rng_range(r, 10000000, 99999999));
	p->expires =
		date_from_days(date_to_days(ask->on) + rng_range(r, 200, 3500));
}

static void pick_names(struct gen_person *p, const struct gen_person_ask *ask,
		       struct rng *r)
{
	char second[GEN_NAME];
	enum gen_list list = p->sex == 'M' ? LIST_MEN : LIST_WOMEN;

	if (ask->surname)
		snprintf(p->surname, GEN_NAME, "%s", ask->surname);
	else
		gen_pick_name(p->surname, ask->culture, LIST_SURNAMES, r);
	gen_pick_name(p->given, ask->culture, list, r);
	if (rng_chance(r, 250)) {
		size_t len = strlen(p->given), more;

		gen_pick_name(second, ask->culture, list, r);
		more = strlen(second) + 1;
		if (strcmp(second, p->given) != 0 &&
		    len + 1 + more < GEN_NAME) {
			p->given[len] = ' ';
			memcpy(p->given + len + 1, second, more);
		}
	}
}

static void be_identity(struct gen_person *p, const struct gen_identity *id)
{
	snprintf(p->surname, GEN_NAME, "%s", id->surname);
	snprintf(p->given, GEN_NAME, "%s", id->given);
	p->born = id->born;
	p->sex = id->sex ? id->sex : 'M';
	if (*id->nation)
		snprintf(p->nation, sizeof(p->nation), "%.3s", id->nation);
	/* the variants that are promised to be found send no document */
	snprintf(p->doc_number, sizeof(p->doc_number), "%s", id->doc_number);
	p->doc_type = 'P';
}

void gen_person_make(struct gen_person *p, const struct gen_person_ask *ask,
		     struct rng *r)
{
	char nation[GEN_NAME];
	int tries = 0;

	p->type = ask->type;
	p->culture = ask->culture;
	p->sex = rng_chance(r, 500) ? 'M' : 'F';
	gen_pick_name(nation, ask->culture, LIST_NATIONS, r);
	snprintf(p->nation, sizeof(p->nation), "%.3s", nation);
	p->adult = -1;
	do {
		pick_names(p, ask, r);
		p->born = birth_date(p->type, ask->on, r);
	} while (ask->wanted && gen_wanted_near(ask->wanted, p) &&
		 ++tries < 100);
	give_document(p, ask, r);
	if (ask->identity)
		be_identity(p, ask->identity);
	if (!ask->keeps_marks) {
		without_marks(p->surname);
		without_marks(p->given);
	}
	joined(p->tif_surname, p->surname);
	joined(p->tif_given, p->given);
	p->title = title_of(p, r);
	if (ask->identity && ask->identity->has_title)
		p->title = "";
	p->docs_since =
		ask->identity || rng_chance(r, 850) ? PHASE_48H : PHASE_24H;
}
