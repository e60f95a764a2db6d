#include "watchlist/pair.h"

#include "watchlist/nation.h"
#include "watchlist/place.h"

#include <string.h>

/* clang-format off */
/* What a verdict is worth: unknown, agree, partial, disagree. */
static const int16_t points[WATCH_FEATURES][4] = {
	[WATCH_BIRTH]	    = { 0,  50, 10, -250 },
	[WATCH_SEX]	    = { 0,   5,  0, -100 },
	[WATCH_NATIONALITY] = { 0,  10,  5,  -60 },
	[WATCH_PLACE]	    = { 0,  20,  5,  -30 },
	[WATCH_DOCUMENT]    = { 0, 100, 30,    0 },
};

static const char *const class_word[] = { "A", "B", "C", "D", "none" };
static const char *const feature_word[] = {
	"birth_date", "sex", "nationality", "birth_place", "document",
};
static const char *const verdict_word[] = {
	"unknown", "agree", "partial", "disagree",
};

/* clang-format on */

const char *watch_class_word(enum watch_class c)
{
	return class_word[c];
}

const char *watch_feature_word(enum watch_feature f)
{
	return feature_word[f];
}

const char *watch_verdict_word(enum watch_verdict v)
{
	return verdict_word[v];
}

void watch_forms_make(struct watch_forms *out, const struct watch_query *q)
{
	out->nr = q->nr_names;
	for (uint32_t i = 0; i < q->nr_names; i++)
		name_normalise(&out->form[i], q->name[i].surname,
			       q->name[i].given, NAME_CARRIED);
}

bool watch_name_better(const struct name_score *s, uint32_t carried,
		       uint32_t listed, const struct watch_match *best)
{
	if (s->score != best->name.score)
		return s->score > best->name.score;
	if (s->rarity != best->name.rarity)
		return s->rarity > best->name.rarity;
	if (listed != best->listed_name)
		return listed < best->listed_name;
	return carried < best->carried_name;
}

enum watch_verdict watch_sex(char a, char b)
{
	if (!a || !b || a == 'X' || b == 'X')
		return WATCH_UNKNOWN;
	return a == b ? WATCH_AGREE : WATCH_DISAGREE;
}

static bool is_alone_enough(const struct watch_match *m)
{
	return m->total >= ALONE_SCORE && m->name.rarity >= ALONE_RARITY;
}

bool watch_grade(struct watch_match *m, unsigned int threshold)
{
	enum watch_verdict birth = m->line[WATCH_BIRTH].verdict;
	enum watch_verdict document = m->line[WATCH_DOCUMENT].verdict;
	int total = m->name.score;

	for (int i = 0; i < WATCH_FEATURES; i++) {
		m->line[i].points = points[i][m->line[i].verdict];
		if (m->line[i].points < 0)
			total += m->line[i].points;
	}
	m->total = (uint16_t)(total > 0 ? total : 0);
	m->class = WATCH_NO_MATCH;
	if (document == WATCH_AGREE)
		m->class = WATCH_CLASS_A;
	else if (birth == WATCH_DISAGREE)
		m->class = WATCH_NO_MATCH;
	else if (birth == WATCH_AGREE && m->name.score >= threshold)
		m->class = WATCH_CLASS_B;
	else if (document == WATCH_PARTIAL && m->total >= threshold)
		m->class = WATCH_CLASS_C;
	else if (birth == WATCH_PARTIAL && m->total >= threshold &&
		 m->total >= PARTIAL_SCORE)
		m->class = WATCH_CLASS_C;
	else if (birth == WATCH_UNKNOWN && m->total >= threshold &&
		 is_alone_enough(m))
		m->class = WATCH_CLASS_D;
	return m->class != WATCH_NO_MATCH;
}

void watch_place_line(struct watch_match *m, unsigned int threshold,
		      const struct watch_query *q, struct str listed)
{
	struct place carried, entry;

	if (str_empty(listed) ||
	    (str_empty(q->birth_place) && str_empty(q->birth_country)) ||
	    (m->name.score < threshold &&
	     m->line[WATCH_DOCUMENT].verdict != WATCH_AGREE))
		return;
	place_read(&carried, q->birth_place, q->birth_country);
	place_read(&entry, listed, STR_NONE);
	m->line[WATCH_PLACE].verdict = (uint8_t)place_compare(&carried, &entry);
}

bool watch_is_wanted(const struct watch_match *m,
		     const uint16_t least[ENTRY_CLASSES])
{
	return m->class < ENTRY_CLASSES && m->total >= least[m->class];
}

static enum watch_verdict compare_documents(const struct watch_query *q,
					    const struct watch_entry *n)
{
	enum watch_verdict best = WATCH_UNKNOWN;

	for (uint32_t i = 0; i < q->nr_documents; i++) {
		for (uint32_t k = 0; k < n->nr_documents; k++) {
			enum watch_verdict v = document_compare(
				q->document[i].number, q->document[i].issuer,
				n->documents[k].number, n->documents[k].issuer);

			if (best == WATCH_UNKNOWN || v < best)
				best = v;
		}
	}
	return best;
}

/* Everything but the names. */
static void compare_features(struct watch_match *out,
			     const struct watch_query *q,
			     const struct watch_entry *n)
{
	memset(out, 0, sizeof(*out));
	out->line[WATCH_BIRTH].verdict =
		(uint8_t)birth_compare_set(q->birth, n->births, n->nr_births);
	out->line[WATCH_SEX].verdict = (uint8_t)watch_sex(q->sex, n->sex);
	out->line[WATCH_NATIONALITY].verdict = (uint8_t)watch_nationality(
		q->nationality, q->nr_nationalities, n->nationalities,
		n->nr_nationalities);
	out->line[WATCH_DOCUMENT].verdict = (uint8_t)compare_documents(q, n);
}

/* Listed name `k` with every form of the query. */
static void compare_name(struct watch_match *out, struct name_scratch *tmp,
			 const struct watch_forms *carried,
			 const struct name_form *listed, const uint16_t *weight,
			 uint32_t k)
{
	struct name_score s;

	for (uint32_t i = 0; i < carried->nr; i++) {
		name_score(&s, tmp, &carried->form[i], listed, weight);
		if (!watch_name_better(&s, i, k, out))
			continue;
		out->name = s;
		out->carried_name = i;
		out->listed_name = k;
	}
}

bool watch_pair(struct watch_match *out, struct watch_pair_scratch *tmp,
		const struct watch_query *q, const struct watch_entry *n)
{
	compare_features(out, q, n);
	watch_forms_make(&tmp->carried, q);
	for (uint32_t k = 0; k < n->nr_names; k++) {
		name_normalise(&tmp->listed, n->names[k].surname,
			       n->names[k].given, NAME_LISTED);
		compare_name(out, &tmp->name, &tmp->carried, &tmp->listed,
			     n->names[k].weight, k);
	}
	watch_place_line(out, n->threshold, q, n->birth_place);
	return watch_grade(out, n->threshold) && watch_is_wanted(out, n->least);
}

bool watch_pair_of_forms(struct watch_match *out, struct name_scratch *tmp,
			 const struct watch_query *q,
			 const struct watch_forms *carried,
			 const struct watch_entry *n,
			 const struct name_form *listed)
{
	compare_features(out, q, n);
	for (uint32_t k = 0; k < n->nr_names; k++)
		compare_name(out, tmp, carried, &listed[k], n->names[k].weight,
			     k);
	watch_place_line(out, n->threshold, q, n->birth_place);
	return watch_grade(out, n->threshold) && watch_is_wanted(out, n->least);
}
