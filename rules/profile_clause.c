#include "rules/profile_clause.h"

#include "rules/derived_past.h"
#include "rules/parse.h"
#include "rules/refuse.h"

#define ART_6_4 "Directive (EU) 2016/681 Art. 6(4)"

static bool is_word(struct str s)
{
	bool letter = false;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
		    c != '_' && c != '-')
			return false;
		letter |= c >= 'a' && c <= 'z';
	}
	return letter && s.len <= 60;
}

/* Is this a name that a constant or a definition may bear? */
static bool check_own_name(struct profile_reader *r, const struct yaml_node *n,
			   const char *what)
{
	struct err e = { 0 };

	if (!is_word(n->key) || str_find_byte(n->key, '-') >= 0) {
		fault_at_key(r->faults, ERR_VALUE, n,
			     "a %s's name is small letters, digits and '_'",
			     what);
		return false;
	}
	if (refuse_proxy(n->key, 0, &e)) {
		fault_at_key(r->faults, e.code, n, "%s", e.text);
		return false;
	}
	if (named_list_find(r->lists, n->key)) {
		fault_at_key(r->faults, ERR_VALUE, n,
			     "a list has this name; give the %s another", what);
		return false;
	}
	for (const struct constant *k = r->constants; k; k = k->next) {
		if (!str_eq(k->name, n->key))
			continue;
		fault_at_key(r->faults, ERR_VALUE, n,
			     "a constant has this name; give the %s another",
			     what);
		return false;
	}
	return true;
}

static void add_constant(struct profile_reader *r, struct str name,
			 const struct expr *value, bool is_definition)
{
	struct constant *k = arena_alloc(r->faults->arena, sizeof(*k));

	*k = (struct constant){ name, is_definition, value, r->constants };
	r->constants = k;
}

static void read_constant(struct profile_reader *r, const struct yaml_node *n)
{
	struct str text = n->text;
	struct err e = { 0 };
	struct expr *value;

	if (!check_own_name(r, n, "constant"))
		return;
	if (n->kind == YAML_SEQ) { /* [A, B] as YAML reads it */
		text = STR("[");
		for (const struct yaml_node *c = n->child; c; c = c->next)
			text = arena_fmt(r->faults->arena, STR_FMT "%s" STR_FMT,
					 STR_ARG(text),
					 c == n->child ? "" : ", ",
					 STR_ARG(c->text));
		text = arena_fmt(r->faults->arena, STR_FMT "]", STR_ARG(text));
	}
	if (n->kind == YAML_MAP ||
	    expr_parse_constant(&value, r->faults->arena, text, &e)) {
		fault_at(r->faults, ERR_VALUE, n,
			 "a constant is a literal or a list of literals%s%s",
			 e.code ? ": " : "", e.text);
		return;
	}
	add_constant(r, n->key, value, false);
}

static bool is_field_name(struct str s)
{
	for (size_t i = 0; i < field_table_nr; i++)
		if (str_eq(s, str_of(field_table[i].name)))
			return true;
	return false;
}

/* A definition sees constants and those before it; its tree is kept raw. */
static void read_definition(struct profile_reader *r, const struct yaml_node *n)
{
	struct check_rules rules = { .arena = r->faults->arena,
				     .constants = r->constants,
				     .lists = r->lists,
				     .has_reason = true };
	struct expr *raw, *checked;
	struct err e = { 0 };

	if (!check_own_name(r, n, "definition"))
		return;
	if (is_field_name(n->key)) {
		fault_at_key(r->faults, ERR_VALUE, n,
			     "a field has this name; give the definition "
			     "another");
		return;
	}
	if (n->kind != YAML_SCALAR) {
		fault_at(r->faults, ERR_VALUE, n,
			 "a definition is an expression, as "
			 "'booking.lead_time < 48h'");
		return;
	}
	if (expr_parse(&raw, rules.arena, r->regexes, n->text, &e) ||
	    expr_parse(&checked, rules.arena, r->regexes, n->text, &e) ||
	    expr_check_definition(checked, &rules, &e))
		fault_in_scalar(r->faults, n, &e);
	else
		add_constant(r, n->key, raw, true);
}

static void read_names(struct profile_reader *r, const struct yaml_node *n,
		       const char *example,
		       void (*read)(struct profile_reader *r,
				    const struct yaml_node *n))
{
	if (n && n->kind != YAML_MAP)
		fault_at(r->faults, ERR_VALUE, n,
			 "expected names and values, as '%s'", example);
	else if (n)
		for (const struct yaml_node *c = n->child; c; c = c->next)
			read(r, c);
}

void read_constants(struct profile_reader *r, const struct yaml_node *n)
{
	read_names(r, n, "hubs: [ADD, PTY]", read_constant);
}

void read_definitions(struct profile_reader *r, const struct yaml_node *n)
{
	read_names(r, n, "late: booking.lead_time < 48h", read_definition);
}

static void read_when(struct profile_reader *r, struct clause *c,
		      const struct yaml_node *map)
{
	const struct yaml_node *n = yaml_get(map, STR("when"));
	struct check_rules rules = { .arena = r->faults->arena,
				     .constants = r->constants,
				     .lists = r->lists,
				     .used = &r->profile->lists,
				     .has_reason = c->reason.len > 0,
				     .traits = &c->traits };
	struct err e = { 0 };

	if (!n || n->kind != YAML_SCALAR) {
		fault_at_key(r->faults, ERR_VALUE, n ? n : map,
			     "'when:' needs an expression, as "
			     "'booking.lead_time < 48h'");
		return;
	}
	c->text = str_trim(n->text);
	if (expr_parse(&c->when, r->faults->arena, r->regexes, n->text, &e) ||
	    expr_check(&c->when, &rules, &e))
		fault_in_scalar(r->faults, n, &e);
	r->profile->traits |= c->traits;
}

static void read_points(struct profile_reader *r, struct clause *c,
			const struct yaml_node *map, int sign)
{
	const struct yaml_node *n = yaml_get(map, STR("points"));
	int64_t v;

	if (!n) {
		fault_at(r->faults, ERR_LEGAL, map,
			 ART_6_4 ": a clause without 'points:' could not be "
				 "explained; give its weight");
		return;
	}
	v = read_int(r->faults, map, "points", -PROFILE_MAX_POINTS,
		     PROFILE_MAX_POINTS, sign);
	if (v * sign <= 0)
		fault_at(r->faults, ERR_VALUE, n,
			 sign > 0 ? "an incriminating clause has points above "
				    "0"
				  : "an exonerating clause has points below "
				    "0");
	c->points = (int32_t)v;
}

static bool has_id(const struct clause_list *l, struct str id)
{
	for (uint32_t i = 0; i < l->nr; i++)
		if (str_eq(l->clause[i].id, id))
			return true;
	return false;
}

static void read_clause(struct profile_reader *r, struct clause_list *out,
			const struct yaml_node *n, int sign)
{
	static const char *const keys[] = { "id",  "points", "when",
					    "why", "reason", NULL };
	struct faults *f = r->faults;
	struct clause c = { 0 }, *to;

	if (!read_map(f, n, keys))
		return;
	c.id = read_needed(f, n, "id", ERR_VALUE, "evidence names it");
	if (c.id.len && !is_word(c.id))
		fault_at(f, ERR_VALUE, yaml_get(n, STR("id")),
			 "an id is small letters, digits, '-' and '_'");
	if (c.id.len &&
	    (has_id(&r->profile->incriminating, c.id) ||
	     has_id(&r->profile->exonerating, c.id) || has_id(out, c.id)))
		fault_at(f, ERR_VALUE, yaml_get(n, STR("id")),
			 "id '" STR_FMT "' stands here twice", STR_ARG(c.id));
	c.why = read_needed(f, n, "why", ERR_LEGAL,
			    ART_6_4 " and C-817/19, 194: say why this "
				    "condition matters");
	c.reason = read_text(f, n, "reason");
	read_points(r, &c, n, sign);
	read_when(r, &c, n);
	to = arena_push(f->arena, &out->clause, &out->nr, sizeof(*to));
	*to = c;
}

void read_clauses(struct profile_reader *r, struct clause_list *out,
		  const struct yaml_node *n, int sign)
{
	struct clause_list list = { 0 };

	if (n->kind != YAML_SEQ) {
		fault_at(r->faults, ERR_VALUE, n,
			 "expected a list of clauses: '- {id: ..., points: "
			 "..., when: ..., why: ...}'");
		return;
	}
	if (n->nr > PROFILE_MAX_CLAUSES) {
		fault_at(r->faults, ERR_LIMIT, n, "at most %d clauses",
			 PROFILE_MAX_CLAUSES);
		return;
	}
	for (const struct yaml_node *c = n->child; c; c = c->next)
		read_clause(r, &list, c, sign);
	*out = list;
}

/* No message states them, so a test supposes some; the others are unknown. */
static void read_past(struct profile_reader *r, struct profile_test *t,
		      const struct yaml_node *n)
{
	if (!n || !read_map(r->faults, n, past_names))
		return;
	t->has_past = true;
	t->past.days = PAST_DAYS;
	for (size_t i = 0; i < PAST_COUNTS; i++)
		t->past.n[i] = (int32_t)read_int(r->faults, n, past_names[i], 0,
						 PAST_MOST, PAST_UNKNOWN);
}

static void read_test(struct profile_reader *r, const struct yaml_node *n)
{
	static const char *const keys[] = { "message", "traveller", "past",
					    "expect",  "score",	    NULL };
	struct profile *p = r->profile;
	struct profile_test t = { .line = n->line }, *to;
	struct str expect;

	if (!read_map(r->faults, n, keys))
		return;
	t.message = read_needed(r->faults, n, "message", ERR_VALUE,
				"name a file in tests/");
	t.traveller =
		(uint32_t)read_int(r->faults, n, "traveller", 1, 100000, 1);
	read_past(r, &t, yaml_get(n, STR("past")));
	expect = read_needed(r->faults, n, "expect", ERR_VALUE,
			     "it is hit or none");
	t.expect_hit = str_eq(expect, STR("hit"));
	if (expect.len && !t.expect_hit && !str_eq(expect, STR("none")))
		fault_at(r->faults, ERR_VALUE, yaml_get(n, STR("expect")),
			 "'expect' is hit or none");
	t.has_score = yaml_get(n, STR("score")) != NULL;
	t.score = (int32_t)read_int(r->faults, n, "score", -100000, 100000, 0);
	if (str_find(t.message, STR("..")) >= 0 ||
	    str_starts(t.message, STR("/")))
		fault_at(r->faults, ERR_VALUE, n,
			 "a test's message is a file in tests/");
	to = arena_push(r->faults->arena, &p->test, &p->nr_tests, sizeof(*to));
	*to = t;
}

void read_tests(struct profile_reader *r, const struct yaml_node *n)
{
	if (!n)
		return;
	if (n->kind != YAML_SEQ) {
		fault_at(r->faults, ERR_VALUE, n,
			 "expected a list: '- {message: a.edi, traveller: 1, "
			 "expect: hit}'");
		return;
	}
	for (const struct yaml_node *c = n->child; c; c = c->next)
		read_test(r, c);
}
