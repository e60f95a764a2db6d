/*
 * rules_same.h - all that a profile says, as bytes to compare
 */
#ifndef TESTS_RULES_SAME_H
#define TESTS_RULES_SAME_H

#include "rules/canonical.h"
#include "rules/profile.h"

static inline void same_clauses(struct buf *b, const struct clause_list *l)
{
	for (uint32_t i = 0; i < l->nr; i++) {
		const struct clause *c = &l->clause[i];

		buf_fmt(b, "%.*s|%d|%.*s|%.*s|", STR_ARG(c->id), c->points,
			STR_ARG(c->why), STR_ARG(c->reason));
		canonical_write(b, c->when);
	}
	buf_byte(b, '\n');
}

static inline void same_write(struct buf *b, const struct profile *p)
{
	buf_fmt(b, "%.*s|%lld|%.*s|%.*s|%.*s|%u|%d\n", STR_ARG(p->name),
		(long long)p->revision, STR_ARG(p->title), STR_ARG(p->basis),
		STR_ARG(p->author), p->max_share_ppm, p->threshold);
	for (uint32_t i = 0; i < p->nr_offences; i++)
		buf_fmt(b, "%.*s,", STR_ARG(p->offence[i]));
	date_write(b, p->valid.from);
	date_write(b, p->valid.until);
	for (int k = 0; k < NR_SCOPES; k++)
		for (uint32_t i = 0; i < p->scope.nr[k]; i++)
			buf_fmt(b, "%d %.*s,", k,
				STR_ARG(p->scope.words[k][i]));
	same_clauses(b, &p->incriminating);
	same_clauses(b, &p->exonerating);
	for (uint32_t i = 0; i < p->nr_tests; i++)
		buf_fmt(b, "%.*s %u %d %d %d\n", STR_ARG(p->test[i].message),
			p->test[i].traveller, p->test[i].expect_hit,
			p->test[i].has_score, p->test[i].score);
}

#endif
