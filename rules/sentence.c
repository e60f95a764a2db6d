#include "rules/sentence.h"

#include <string.h>

/* What an element of a collection is called, by its record. */
static const struct noun {
	const char *record, *one;
} nouns[] = {
	{ "ssr", "special service" },
	{ "split", "division" },
	{ "history", "change" },
	{ "bag", "piece of baggage" },
	{ "locator", "record locator" },
	{ "frequent_flyer", "frequent-flyer entry" },
	{ "traveller", "person" },
	{ "comparison", "compared item" },
};

/* Members whose name alone does not read as a noun. */
static const struct member_words {
	const char *record, *name; /* record NULL: of any */
	const char *words;
} members[] = {
	{ NULL, "departs", "departure" },
	{ NULL, "arrives", "arrival" },
	{ NULL, "ssr", "special services" },
	{ NULL, "frequent_flyers", "frequent-flyer entries" },
	{ "booking", "history", "changes of itinerary" },
	{ "booking", "splits", "divisions" },
	{ "booking", "created_at", "moment of creation" },
	{ "booking", "changed_at", "moment of the last change" },
	{ "booking", "ticketed_at", "moment of ticketing" },
	{ "trip", "legs", "number of legs" },
	{ "stop", "length", "length of stay" },
};

/* Conditions that are one field. */
static const struct fact {
	const char *record, *name;
	const char *is, *is_not; /* behind "the stop" */
} facts[] = {
	{ "stop", "via", "is passed through", "is not passed through" },
	{ "stop", "turns_back", "is where the journey turns back",
	  "is not where the journey turns back" },
	{ "booking", "cancelled", "is cancelled", "is not cancelled" },
	{ "ticket", "award", "is paid with miles", "is not paid with miles" },
	{ "ticket", "non_refundable", "cannot be refunded", "can be refunded" },
	{ "comparison", "differs", "differs between booking and API data",
	  "does not differ between booking and API data" },
};

static const struct verb {
	const char *of_numbers, *of_moments;
} verbs[] = {
	[CMP_EQ] = { "is", "is" },
	[CMP_NE] = { "is not", "is not" },
	[CMP_LT] = { "is less than", "is before" },
	[CMP_LE] = { "is at most", "is not after" },
	[CMP_GT] = { "is more than", "is after" },
	[CMP_GE] = { "is at least", "is not before" },
};

static void put_noun(struct buf *out, const char *record)
{
	for (size_t i = 0; i < ARRAY_SIZE(nouns); i++) {
		if (strcmp(nouns[i].record, record))
			continue;
		buf_z(out, nouns[i].one);
		return;
	}
	buf_z(out, record);
}

/* "agency.country" as "agency country", "lead_time" as "lead time". */
static void put_words(struct buf *out, struct str path)
{
	for (size_t i = 0; i < path.len; i++) {
		char c = path.ptr[i];

		buf_byte(out, c == '_' || c == '.' ? ' ' : c);
	}
}

/* "the booking", "the payment". Returns the path behind it. */
static struct str put_owner(struct buf *out, const struct expr *n,
			    const char *element)
{
	struct str rest = n->text;

	buf_z(out, "the ");
	if (n->base == BASE_ELEMENT)
		put_noun(out, element);
	else
		buf_str(out, str_split(&rest, '.'));
	return rest;
}

/* "the booking's legs", "the payment's form". */
static void put_path(struct buf *out, const struct expr *n, const char *element)
{
	struct str rest;

	if (n->base == BASE_OTHERS) {
		buf_z(out, "the other persons of the booking");
		return;
	}
	rest = put_owner(out, n, element);
	buf_z(out, "'s ");
	for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
		if (!str_eq(rest, str_of(members[i].name)) ||
		    (members[i].record &&
		     strcmp(members[i].record, n->field->record)))
			continue;
		buf_z(out, members[i].words);
		return;
	}
	put_words(out, rest);
}

/* The collections around, for whose element a member speaks. */
struct speaking {
	struct buf *out;
	const char *record[EXPR_MAX_NESTING];
	uint8_t nr;
};

static void say(struct speaking *s, const struct expr *n);

static const char *element_of(const struct speaking *s, const struct expr *n)
{
	return n->base == BASE_ELEMENT ? s->record[n->depth] : NULL;
}

static void say_path(struct speaking *s, const struct expr *n)
{
	put_path(s->out, n, element_of(s, n));
}

static const struct unit {
	char letter;
	const char *word;
} units[] = { { 's', "second" },
	      { 'm', "minute" },
	      { 'h', "hour" },
	      { 'd', "day" },
	      { 'w', "week" } };

/* "48 hours" */
static void say_duration(struct buf *out, struct str text)
{
	struct str nr = str_slice(text, 0, text.len - 1);

	buf_str(out, nr);
	for (size_t i = 0; i < ARRAY_SIZE(units); i++)
		if (units[i].letter == text.ptr[text.len - 1])
			buf_fmt(out, " %s%s", units[i].word,
				str_eq(nr, STR("1")) ? "" : "s");
}

static void say_literal(struct buf *out, const struct expr *n)
{
	if (n->type == TYPE_DURATION)
		say_duration(out, n->text);
	else if (n->type == TYPE_TEXT)
		buf_fmt(out, "\"" STR_FMT "\"", STR_ARG(n->text));
	else
		buf_str(out, n->text);
}

static void say_list(struct buf *out, const struct expr *n)
{
	for (const struct expr *k = n->child; k; k = k->next) {
		if (k != n->child)
			buf_z(out, k->next ? ", " : " or ");
		say_literal(out, k);
	}
}

static void say_bool(struct speaking *s, const struct expr *n, bool negated)
{
	for (size_t i = 0; i < ARRAY_SIZE(facts); i++) {
		const struct fact *f = &facts[i];

		if (strcmp(f->record, n->field->record) ||
		    strcmp(f->name, n->field->name))
			continue;
		put_owner(s->out, n, element_of(s, n));
		buf_fmt(s->out, " %s", negated ? f->is_not : f->is);
		return;
	}
	say_path(s, n);
	buf_z(s->out, negated ? " is not true" : " is true");
}

/*
 * A condition within another: between parentheses where `and` and `or` would
 * run together. A field alone is one, too.
 */
static void say_side(struct speaking *s, const struct expr *n,
		     enum expr_kind around)
{
	bool open = (n->kind == EXPR_AND || n->kind == EXPR_OR) &&
		    n->kind != around;

	if (n->kind == EXPR_FIELD && n->type == TYPE_BOOL) {
		say_bool(s, n, false);
		return;
	}
	buf_z(s->out, open ? "(" : "");
	say(s, n);
	buf_z(s->out, open ? ")" : "");
}

static void say_pair(struct speaking *s, const struct expr *n)
{
	say_side(s, n->arg[0], n->kind);
	buf_z(s->out, n->kind == EXPR_AND ? ", and " : ", or ");
	say_side(s, n->arg[1], n->kind);
}

static bool is_moment(enum type t)
{
	return t == TYPE_DATE || t == TYPE_TIME;
}

static void say_compare(struct speaking *s, const struct expr *n)
{
	const struct verb *v = &verbs[n->cmp];

	say(s, n->arg[0]);
	buf_fmt(s->out, " %s ",
		is_moment(n->arg[0]->type) ? v->of_moments : v->of_numbers);
	say(s, n->arg[1]);
}

/* Tests that have a verb, and their opposites. */
static const struct test_verb {
	enum expr_kind kind;
	const char *is, *is_not;
} tests[] = {
	{ EXPR_IN, "is one of", "is none of" },
	{ EXPR_BETWEEN, "is from", "is not from" },
	{ EXPR_CONTAINS, "contains", "does not contain" },
	{ EXPR_STARTS_WITH, "begins with", "does not begin with" },
	{ EXPR_ENDS_WITH, "ends with", "does not end with" },
	{ EXPR_MATCHES, "matches the pattern", "does not match the pattern" },
	{ EXPR_KNOWN, "is known", "is not known" },
};

static const struct test_verb *verb_of(enum expr_kind kind)
{
	for (size_t i = 0; i < ARRAY_SIZE(tests); i++)
		if (tests[i].kind == kind)
			return &tests[i];
	return NULL;
}

static void say_test(struct speaking *s, const struct expr *n, bool negated)
{
	const struct test_verb *v = verb_of(n->kind);

	say(s, n->arg[0]);
	buf_fmt(s->out, " %s", negated ? v->is_not : v->is);
	if (n->kind == EXPR_KNOWN)
		return;
	buf_byte(s->out, ' ');
	if (n->kind == EXPR_IN)
		say_list(s->out, n->arg[1]);
	else if (n->kind == EXPR_MATCHES)
		buf_str(s->out, n->text);
	else
		say(s, n->arg[1]);
	if (n->kind != EXPR_BETWEEN)
		return;
	buf_z(s->out, " to ");
	say(s, n->arg[2]);
}

static void say_not(struct speaking *s, const struct expr *n)
{
	const struct expr *of = n->arg[0];

	if (verb_of(of->kind)) {
		say_test(s, of, true);
	} else if (of->kind == EXPR_FIELD) {
		say_bool(s, of, true);
	} else {
		buf_z(s->out, "it is not so that ");
		say_side(s, of, EXPR_NOT);
	}
}

/* How each function is said: before the collection, before and after the body. */
static const struct function_words {
	const char *before, *body;
} functions[] = {
	[EXPR_ANY] = { "for at least one of ", ", " },
	[EXPR_ALL] = { "for each of ", ", " },
	[EXPR_NONE] = { "for none of ", ", " },
	[EXPR_COUNT] = { "the number of ", " for which " },
	[EXPR_SUM] = { "the sum, over ", ", of " },
	[EXPR_MIN] = { "the least, among ", ", of " },
	[EXPR_MAX] = { "the greatest, among ", ", of " },
	[EXPR_AVG] = { "the average, over ", ", of " },
	[EXPR_DISTINCT] = { "the number of different values, among ", ", of " },
};

static void say_collection(struct speaking *s, const struct expr *n)
{
	const struct function_words *w = &functions[n->kind];

	buf_z(s->out, w->before);
	say_path(s, n->arg[0]);
	if (!n->arg[1])
		return;
	buf_z(s->out, w->body);
	s->record[s->nr++] = n->arg[0]->record;
	say_side(s, n->arg[1], n->kind);
	s->nr--;
}

static void say_sum(struct speaking *s, const struct expr *n)
{
	static const char *const words[] = {
		[EXPR_ADD] = " plus ",
		[EXPR_SUB] = " minus ",
		[EXPR_MUL] = " times ",
		[EXPR_DIV] = " divided by ",
	};
	const struct expr *right = n->arg[1];
	bool open = right->kind >= EXPR_ADD && right->kind <= EXPR_DIV;

	say(s, n->arg[0]);
	buf_z(s->out, words[n->kind]);
	buf_z(s->out, open ? "(" : "");
	say(s, right);
	buf_z(s->out, open ? ")" : "");
}

static void say_of(struct speaking *s, const char *what, const struct expr *n)
{
	buf_z(s->out, what);
	say(s, n->arg[0]);
}

static void say_value(struct speaking *s, const struct expr *n)
{
	switch (n->kind) {
	case EXPR_LITERAL:
		say_literal(s->out, n);
		break;
	case EXPR_FIELD:
	case EXPR_COLLECTION:
		say_path(s, n);
		break;
	case EXPR_NOW:
		buf_z(s->out, "the moment of screening");
		break;
	case EXPR_COUNTRY:
		say_of(s, "the country of ", n);
		break;
	case EXPR_ABS:
		say_of(s, "the size, whatever its sign, of ", n);
		break;
	case EXPR_TO_DATE:
	case EXPR_TO_DECIMAL:
		say(s, n->arg[0]);
		break;
	default:
		say_sum(s, n);
	}
}

static void say(struct speaking *s, const struct expr *n)
{
	if (verb_of(n->kind))
		say_test(s, n, false);
	else if (n->kind >= EXPR_ANY && n->kind <= EXPR_DISTINCT)
		say_collection(s, n);
	else if (n->kind == EXPR_AND || n->kind == EXPR_OR)
		say_pair(s, n);
	else if (n->kind == EXPR_NOT)
		say_not(s, n);
	else if (n->kind == EXPR_COMPARE)
		say_compare(s, n);
	else
		say_value(s, n);
}

void sentence_write(struct buf *out, const struct expr *n)
{
	struct speaking s = { .out = out };

	say_side(&s, n, n->kind);
}
