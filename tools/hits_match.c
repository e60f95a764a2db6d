/*
 * hits_match.c - a list hit: the traveller beside the person sought
 */
#include "tools/hits_person.h"
#include "tools/hits_view.h"

enum { WORD_WIDTH = 24, SIMILARITY_WIDTH = 12, WEIGHT_WIDTH = 8 };

/* The classes of doc/matching.md, section 5. */
static const struct {
	struct str class;
	const char *means;
} classes[] = {
	{ STR("A"), "  a document of the traveller is one of the entry, "
		    "whatever the name" },
	{ STR("B"), "  the name is alike and the full birth date agrees" },
	{ STR("C"), "  the name is alike; birth date or document agree only "
		    "in part" },
	{ STR("D"), "  a rare name alone; no birth date to compare" },
};

static const char *class_means(const struct json_node *match)
{
	struct str class = json_node_text(json_node_get(match, "class"));

	for (size_t i = 0; i < ARRAY_SIZE(classes); i++)
		if (str_eq(class, classes[i].class))
			return classes[i].means;
	return "";
}

/* The record repeats list and id; where they are the same once is enough. */
static void take_same(struct hits_sheet *s, const struct json_node *match,
		      const char *match_key, const struct json_node *record,
		      const char *key)
{
	struct str a = json_node_text(json_node_get(match, match_key));
	struct str b = json_node_text(json_node_get(record, key));

	if (a.ptr && b.ptr && str_eq(a, b))
		hits_take(s, record, key);
}

static void put_entry(struct hits_sheet *s, const struct json_node *evidence,
		      const struct json_node *match)
{
	const struct json_node *record = json_node_get(match, "record");

	buf_z(s->out, "LIST HIT\n");
	hits_row(s, "list", match, "list", "");
	hits_row(s, "entry", match, "entry", "");
	take_same(s, match, "list", record, "list");
	take_same(s, match, "entry", record, "id");
	hits_row(s, "reference", record, "reference", "  of the list's owner");
	hits_row(s, "offence", record, "offence", "");
	hits_row(s, "class", match, "class", class_means(match));
	hits_row(s, "name score", match, "score", " of 1000");
	hits_row(s, "total", match, "total", "  the score less what disagrees");
	hits_row(s, "threshold", record, "threshold", "  of the list");
	hits_row(s, "rarity", match, "rarity",
		 "  about 100 for each rare word that met");
	hits_row(s, "semantics", evidence, "semantics", "  of the engine");
}

/* The number of the name that met, or NO_NAME_MET. */
static int64_t met(const struct json_node *match, const char *key)
{
	int64_t n;

	return json_node_int(json_node_get(match, key), &n) && n >= 0
		       ? n
		       : NO_NAME_MET;
}

static bool entry_names(struct hits_sheet *s, struct buf *to,
			const struct json_node *record, int64_t star)
{
	const struct json_node *list = hits_list(s, record, "names");
	bool found = false;

	for (size_t i = 0; i < json_node_nr(list); i++) {
		const struct json_node *n = json_node_at(list, i);

		if (json_node_kind(n) != JSON_KIND_OBJECT)
			continue;
		found |= (int64_t)i == star;
		hits_put_name(s, to, n);
		buf_z(to, i ? " (alias)" : "");
		buf_z(to, (int64_t)i == star ? " *\n" : "\n");
	}
	if (!json_node_nr(list))
		buf_z(to, "none\n");
	return found;
}

/* True: both names that were compared are there, with a star. */
static bool put_names(struct hits_sheet *s, const struct json_node *traveller,
		      const struct json_node *match)
{
	const struct json_node *record = json_node_get(match, "record");
	struct buf left = { 0 }, right = { 0 }, none = { 0 };
	bool c = hits_person_names(s, &left, traveller,
				   met(match, "carried_name"));
	bool l = entry_names(s, &right, record, met(match, "listed_name"));

	if (c)
		hits_take(s, match, "carried_name");
	if (l)
		hits_take(s, match, "listed_name");
	hits_columns(s, "names", &left, &right, &none);
	buf_release(&left);
	buf_release(&right);
	return c && l;
}

/* "agree      +50" */
static void put_verdict(struct hits_sheet *s, struct buf *to,
			const struct json_node *match, const char *feature)
{
	const struct json_node *line =
		json_node_get(json_node_get(match, "lines"), feature);
	struct buf cell = { 0 };

	if (json_node_kind(line) != JSON_KIND_OBJECT)
		return;
	hits_put(s, &cell, line, "verdict");
	hits_cell(to, &cell, 10);
	hits_put_points(s, to, line, "points");
	buf_byte(to, '\n');
	buf_release(&cell);
}

static void put_side(struct hits_sheet *s, struct buf *to,
		     const struct json_node *parent, const char *key)
{
	hits_put(s, to, parent, key);
	buf_byte(to, '\n');
}

static void entry_births(struct hits_sheet *s, struct buf *to,
			 const struct json_node *record)
{
	put_side(s, to, record, "birth_dates");
}

static void entry_nationalities(struct hits_sheet *s, struct buf *to,
				const struct json_node *record)
{
	put_side(s, to, record, "nationalities");
}

static void birth(struct hits_sheet *s, struct buf *to,
		  const struct json_node *traveller)
{
	put_side(s, to, traveller, "birth_date");
}

static void sex(struct hits_sheet *s, struct buf *to,
		const struct json_node *person)
{
	put_side(s, to, person, "sex");
}

static void entry_birth_place(struct hits_sheet *s, struct buf *to,
			      const struct json_node *record)
{
	put_side(s, to, record, "birth_place");
}

/* clang-format off */
static const struct feature {
	const char *label, *word; /* the word is watch_feature_word()'s */
	void (*carried)(struct hits_sheet *, struct buf *,
			const struct json_node *);
	void (*listed)(struct hits_sheet *, struct buf *,
		       const struct json_node *);
} features[] = {
	{ "birth date",  "birth_date",  birth, entry_births },
	{ "sex",         "sex",         sex, sex },
	{ "nationality", "nationality", hits_person_nationality,
	  entry_nationalities },
	{ "birth place", "birth_place", hits_person_birth_place,
	  entry_birth_place },
	{ "documents",   "document",    hits_person_documents,
	  hits_person_documents },
};
/* clang-format on */

static void put_sides(struct hits_sheet *s, const struct json_node *traveller,
		      const struct json_node *match)
{
	const struct json_node *record = json_node_get(match, "record");
	struct buf left = { 0 }, right = { 0 }, verdict = { 0 };
	bool starred;

	buf_z(&left, "TRAVELLER");
	buf_z(&right, "SOUGHT");
	buf_byte(s->out, '\n');
	hits_columns(s, "", &left, &right, &verdict);
	starred = put_names(s, traveller, match);
	for (size_t i = 0; i < ARRAY_SIZE(features); i++) {
		features[i].carried(s, &left, traveller);
		features[i].listed(s, &right, record);
		put_verdict(s, &verdict, match, features[i].word);
		hits_columns(s, features[i].label, &left, &right, &verdict);
	}
	put_side(s, &left, traveller, "locator");
	hits_columns(s, "locator", &left, &right, &verdict);
	if (starred)
		buf_z(s->out, "  * the two names that were compared\n");
	buf_release(&left);
	buf_release(&right);
	buf_release(&verdict);
}

static void put_word(struct hits_sheet *s, const struct json_node *a)
{
	const struct json_node *crossed = json_node_get(a, "crossed");
	struct buf cell = { 0 };

	buf_z(s->out, "  ");
	hits_put(s, &cell, a, "carried");
	hits_cell(s->out, &cell, WORD_WIDTH);
	buf_z(s->out, "~ ");
	hits_put(s, &cell, a, "listed");
	hits_cell(s->out, &cell, WORD_WIDTH);
	hits_put(s, &cell, a, "similarity");
	hits_cell(s->out, &cell, SIMILARITY_WIDTH);
	hits_put(s, &cell, a, "weight");
	hits_cell(s->out, &cell, WEIGHT_WIDTH);
	if (json_node_get(a, "method")) { /* not in older evidence */
		hits_put(s, s->out, a, "method");
		buf_z(s->out, ": ");
	}
	hits_put(s, s->out, a, "carried_as");
	buf_z(s->out, " ~ ");
	hits_put(s, s->out, a, "listed_as");
	if (json_node_kind(crossed) == JSON_KIND_BOOL) {
		hits_take(s, a, "crossed");
		if (json_node_is_true(crossed))
			buf_z(s->out, ", surname met given name");
	}
	buf_byte(s->out, '\n');
	buf_release(&cell);
}

/* "AL (particle), TAREK (word)" */
static void put_alone(struct hits_sheet *s, const struct json_node *match,
		      const char *key, const char *label)
{
	const struct json_node *list = hits_list(s, match, key);
	const char *before = "";

	hits_label(s, label);
	for (size_t i = 0; i < json_node_nr(list); i++) {
		const struct json_node *n = json_node_at(list, i);

		if (json_node_kind(n) != JSON_KIND_OBJECT)
			continue;
		buf_z(s->out, before);
		hits_put(s, s->out, n, "part");
		buf_z(s->out, " (");
		hits_put(s, s->out, n, "kind");
		buf_z(s->out, ")");
		before = ", ";
	}
	buf_z(s->out, *before ? "\n" : "none\n");
}

/* "capitals, title": what reading the name did; not in older evidence. */
static void put_steps(struct hits_sheet *s, const struct json_node *match,
		      const char *key, const char *label)
{
	const struct json_node *list = json_node_get(match, key);

	if (!list)
		return;
	list = hits_list(s, match, key);
	hits_label(s, label);
	for (size_t i = 0; i < json_node_nr(list); i++) {
		buf_z(s->out, i ? ", " : "");
		hits_value(s->out, json_node_at(list, i));
		hits_take_at(s, list, i);
	}
	buf_z(s->out, json_node_nr(list) ? "\n" : "as it is\n");
}

static void put_words(struct hits_sheet *s, const struct json_node *match)
{
	const struct json_node *list = hits_list(s, match, "alignment");

	hits_heading(s, "WORDS THAT MET");
	if (!json_node_nr(list)) {
		buf_z(s->out, "  none: the names are not why this is a hit\n");
	} else {
		buf_fmt(s->out, "  %-*s  %-*s%-*s%-*s%s\n", WORD_WIDTH,
			"carried", WORD_WIDTH, "listed", SIMILARITY_WIDTH,
			"similarity", WEIGHT_WIDTH, "weight", "read as");
	}
	for (size_t i = 0; i < json_node_nr(list); i++)
		if (json_node_kind(json_node_at(list, i)) == JSON_KIND_OBJECT)
			put_word(s, json_node_at(list, i));
	if (!json_node_nr(list) && !json_node_get(match, "carried_alone"))
		return;
	if (json_node_get(match, "carried_steps")) {
		hits_heading(s, "HOW THE NAMES WERE READ");
		put_steps(s, match, "carried_steps", "carried");
		put_steps(s, match, "listed_steps", "listed");
	}
	hits_heading(s, "WORDS LEFT ALONE");
	put_alone(s, match, "carried_alone", "carried");
	put_alone(s, match, "listed_alone", "listed");
}

/* What each word of the listed names weighs: a score rests on it. */
static void put_weights(struct hits_sheet *s, const struct json_node *record)
{
	const struct json_node *list = json_node_get(record, "names");
	struct buf lines = { 0 };

	for (size_t i = 0; i < json_node_nr(list); i++) {
		const struct json_node *n = json_node_at(list, i);

		if (json_node_kind(n) != JSON_KIND_OBJECT)
			continue;
		hits_put(s, &lines, n, "weights");
		buf_fmt(&lines, "  of the words of name %zu\n", i + 1);
	}
	if (lines.len)
		hits_column(s, "weights", &lines);
	buf_release(&lines);
}

void hits_view_match(struct hits_sheet *s, const struct json_node *evidence)
{
	const struct json_node *match = json_node_get(evidence, "match");
	const struct json_node *record = json_node_get(match, "record");

	put_entry(s, evidence, match);
	hits_view_flight(s, evidence);
	put_sides(s, json_node_get(evidence, "traveller"), match);
	put_words(s, match);
	hits_heading(s, "THE REST OF THE ENTRY");
	hits_row(s, "valid until", record, "valid_until", "");
	put_weights(s, record);
}
