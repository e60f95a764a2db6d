/*
 * fuzz_expression.c - any bytes as an expression: refused with a place in
 * the text, or evaluated on a fixed traveller; what parses is written out in
 * one form, which parses and is checked to the same
 */
#include "rules/canonical.h"
#include "rules/check.h"
#include "rules/eval.h"
#include "rules/expr_write.h"
#include "rules/parse.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct reference *reference(void)
{
	static struct reference *r;
	struct err e = { 0 };

	if (!r && reference_read(&r, STR("ADD,,ETH,Z\nVIE,,AUT,Z\n"),
				 STR("Z,0,60\n"), &e))
		abort();
	return r;
}

static void evaluate(const struct expr *n, struct regex_scratch *regex)
{
	struct rules_context c = { STR("AUT"), reference() };
	struct payment payment = { .form = STR("CA"),
				   .amount = { 1000, STR("EUR"), true } };
	struct leg leg = { .origin = STR("ADD"),
			   .destination = STR("VIE"),
			   .departs = { 1795300000, MOMENT_DAY } };
	struct booking booking = { .payments = &payment,
				   .nr_payments = 1,
				   .known_payments = true,
				   .legs = &leg,
				   .nr_legs = 1,
				   .known_legs = true };
	struct traveller traveller = { .surname = STR("DOETEST") };
	const struct traveller *other = &traveller;
	struct message message = { .flight = { .carrier = STR("X9"),
					       .origin = STR("ADD"),
					       .destination = STR("VIE") } };
	struct subject s = { .message = &message,
			     .flight = &message.flight,
			     .booking = &booking,
			     .traveller = &traveller,
			     .co_traveller = &other,
			     .nr_co_travellers = 1,
			     .screened_at = { 0, MOMENT_DAY } };
	struct eval v;

	eval_start(&v, &c, &s, regex);
	if (eval_bool(&v, n) > TRI_TRUE)
		abort();
}

/* The checked tree's bytes; none when it is refused. False: no syntax. */
static bool forms_of(struct str text, struct buf *written,
		     struct buf *canonical, struct arena *a)
{
	struct check_rules rules = { .arena = a, .has_reason = true };
	struct regex *regexes = NULL;
	struct err e = { 0 };
	struct expr *n;
	bool ok = expr_parse(&n, a, &regexes, text, &e) == 0;

	if (ok)
		expr_write(written, n);
	if (ok && !expr_check(&n, &rules, &e))
		canonical_write(canonical, n);
	regex_free_list(regexes);
	return ok;
}

static void has_one_form(struct str text)
{
	struct buf one = { 0 }, two = { 0 }, c = { 0 }, d = { 0 };
	struct arena a = { 0 };

	/* one that grows beyond the limit is refused when it comes back */
	if (forms_of(text, &one, &c, &a) && one.len <= EXPR_MAX_TEXT &&
	    (!forms_of(buf_view(&one), &two, &d, &a) ||
	     !str_eq(buf_view(&one), buf_view(&two)) ||
	     !str_eq(buf_view(&c), buf_view(&d))))
		abort();
	buf_release(&one);
	buf_release(&two);
	buf_release(&c);
	buf_release(&d);
	arena_release(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct regex_scratch *regex;
	struct str text = { (const char *)data, size };
	struct arena a = { 0 };
	struct check_rules rules = { .arena = &a, .has_reason = size % 2 };
	struct regex *regexes = NULL;
	struct err e = { 0 };
	struct expr *n;

	if (!regex && regex_scratch_new(&regex, &e))
		abort();
	if (!expr_parse(&n, &a, &regexes, text, &e) &&
	    !expr_check(&n, &rules, &e))
		evaluate(n, regex);
	else if (e.pos > size)
		abort();
	regex_free_list(regexes);
	arena_release(&a);
	has_one_form(text);
	return 0;
}
