/*
 * verdict.c - clauses add up to a score; a score and two clauses to a hit
 */
#include "base/json_write.h"
#include "rules/cost.h"
#include "rules/eval.h"
#include "rules/profile_set.h"
#include "rules/program.h"
#include "rules/trace.h"

#include <stdlib.h>

struct rules_scratch {
	struct eval eval;
	struct regex_scratch *regex;
	struct trace trace;
	struct program_run run;
};

int rules_scratch_new(struct rules_scratch **out, struct err *e)
{
	struct rules_scratch *s = calloc(1, sizeof(*s));
	int rc;

	if (!s)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	rc = regex_scratch_new(&s->regex, e);
	if (rc) {
		free(s);
		return rc;
	}
	*out = s;
	return 0;
}

void rules_scratch_free(struct rules_scratch *s)
{
	if (!s)
		return;
	regex_scratch_free(s->regex);
	program_run_release(&s->run);
	free(s);
}

void rules_scratch_measure(struct rules_scratch *s, struct rules_costs *c)
{
	s->run.costs = c;
}

uint64_t rules_scratch_evaluated(const struct rules_scratch *s)
{
	return s->run.nr_evaluated;
}

uint64_t rules_scratch_regex_limits(const struct rules_scratch *s)
{
	return regex_limits_reached(s->regex);
}

/* Points of the true clauses; *nr_true counts them. */
static int32_t add_up(struct eval *v, const struct clause_list *l,
		      uint32_t *nr_true)
{
	int32_t score = 0;

	for (uint32_t i = 0; i < l->nr; i++) {
		if (eval_bool(v, l->clause[i].when) != TRI_TRUE)
			continue;
		score += l->clause[i].points;
		(*nr_true)++;
	}
	return score;
}

static bool runs(struct eval *v, const struct profile *p)
{
	return profile_is_valid_at(p, v->subject->screened_at) &&
	       (!p->scope.when || eval_bool(v, p->scope.when) == TRI_TRUE);
}

static void judge(struct verdict *out, struct eval *v, const struct profile *p)
{
	uint32_t ignored = 0;

	*out = (struct verdict){ .profile = p };
	if (!runs(v, p))
		return;
	out->ran = true;
	out->score = add_up(v, &p->incriminating, &out->nr_incriminating);
	out->score += add_up(v, &p->exonerating, &ignored);
	out->hit = out->score >= p->threshold &&
		   out->nr_incriminating >= PROFILE_MIN_INCRIMINATING;
}

uint32_t profile_set_eval(const struct profile_set *set,
			  struct rules_scratch *scratch,
			  const struct subject *subject, struct verdict *out,
			  uint32_t cap)
{
	eval_start(&scratch->eval, profile_set_context(set), subject,
		   scratch->regex);
	return program_eval(profile_set_program(set), &scratch->run,
			    &scratch->eval, true, out, cap);
}

uint32_t profile_set_eval_unmarked(const struct profile_set *set,
				   struct rules_scratch *scratch,
				   const struct subject *subject,
				   struct verdict *out, uint32_t cap)
{
	eval_start(&scratch->eval, profile_set_context(set), subject,
		   scratch->regex);
	return program_eval(profile_set_program(set), &scratch->run,
			    &scratch->eval, false, out, cap);
}

uint32_t profile_set_eval_plain(const struct profile_set *set,
				struct rules_scratch *scratch,
				const struct subject *subject,
				struct verdict *out, uint32_t cap)
{
	uint32_t nr = 0;

	eval_start(&scratch->eval, profile_set_context(set), subject,
		   scratch->regex);
	for (uint32_t i = 0; i < profile_set_nr(set); i++) {
		struct verdict v;

		judge(&v, &scratch->eval, profile_set_get(set, i));
		if (!v.hit)
			continue;
		if (nr < cap)
			out[nr] = v;
		nr++;
	}
	return nr;
}

void profile_eval(struct verdict *out, const struct profile *p,
		  const struct rules_context *context,
		  struct rules_scratch *scratch, const struct subject *subject)
{
	eval_start(&scratch->eval, context, subject, scratch->regex);
	judge(out, &scratch->eval, p);
}

static const char *outcome_word(const struct clause *c, enum tri outcome)
{
	return outcome == TRI_UNKNOWN && c->points < 0 ? "not evaluable"
						       : tri_name(outcome);
}

static void write_clause(struct json *j, struct rules_scratch *s,
			 const struct clause *c)
{
	const struct trace *t = &s->trace;
	enum tri outcome;

	trace_clause(&s->trace);
	s->eval.trace = &s->trace;
	outcome = eval_bool(&s->eval, c->when);
	s->eval.trace = NULL;
	json_open(j, NULL, '{');
	json_str(j, "id", c->id);
	json_int(j, "points", c->points);
	json_z(j, "outcome", outcome_word(c, outcome));
	json_str(j, "why", c->why);
	json_open(j, "values", '[');
	for (uint32_t i = t->clause_first; i < t->nr; i++) {
		json_open(j, NULL, '{');
		json_str(j, "path", t->seen[i].path);
		json_str(j, "value", t->seen[i].value);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_close(j, '}');
}

static void write_clauses(struct json *j, const char *key,
			  struct rules_scratch *s, const struct clause_list *l)
{
	json_open(j, key, '[');
	for (uint32_t i = 0; i < l->nr; i++)
		write_clause(j, s, &l->clause[i]);
	json_close(j, ']');
}

void verdict_write_json(struct buf *out, const struct rules_context *context,
			struct rules_scratch *scratch,
			const struct subject *subject, const struct verdict *v)
{
	const struct profile *p = v->profile;
	struct json j;

	eval_start(&scratch->eval, context, subject, scratch->regex);
	trace_clear(&scratch->trace);
	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_str(&j, "profile", p->name);
	json_int(&j, "revision", p->revision);
	json_bool(&j, "approved", p->state != PROFILE_DRAFT);
	json_int(&j, "score", v->score);
	json_int(&j, "threshold", p->threshold);
	write_clauses(&j, "incriminating", scratch, &p->incriminating);
	write_clauses(&j, "exonerating", scratch, &p->exonerating);
	json_close(&j, '}');
}

/* What is left of a verdict when no clause may read a trait of a person. */
struct traitless {
	int32_t score;
	uint32_t nr_incriminating;
};

static void write_outcomes(struct json *j, struct rules_scratch *s,
			   const struct clause_list *l, struct traitless *t)
{
	for (uint32_t i = 0; i < l->nr; i++) {
		const struct clause *c = &l->clause[i];
		enum tri outcome = eval_bool(&s->eval, c->when);

		json_open(j, NULL, '{');
		json_str(j, "id", c->id);
		json_int(j, "points", c->points);
		json_z(j, "outcome", outcome_word(c, outcome));
		json_close(j, '}');
		if (outcome != TRI_TRUE || c->traits)
			continue;
		t->score += c->points;
		t->nr_incriminating += c->points > 0;
	}
}

void verdict_write_outcomes(struct buf *out,
			    const struct rules_context *context,
			    struct rules_scratch *scratch,
			    const struct subject *subject,
			    const struct verdict *v)
{
	const struct profile *p = v->profile;
	struct traitless t = { 0 };
	struct json j;

	eval_start(&scratch->eval, context, subject, scratch->regex);
	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_int(&j, "score", v->score);
	json_open(&j, "clauses", '[');
	write_outcomes(&j, scratch, &p->incriminating, &t);
	write_outcomes(&j, scratch, &p->exonerating, &t);
	json_close(&j, ']');
	json_bool(&j, "without",
		  t.score >= p->threshold &&
			  t.nr_incriminating >= PROFILE_MIN_INCRIMINATING);
	json_close(&j, '}');
}
