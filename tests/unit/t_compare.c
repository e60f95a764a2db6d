/*
 * API data beside the booking's: each item differs, agrees, or cannot be told;
 * and the subject has the outcome when both sides are there.
 */
#include "engine/compare.h"
#include "tests/unit/unit.h"

/* One side of the person, as a row of the table writes it. */
struct side {
	const char *surname, *given, *sex, *nationality, *number;
	struct date born, expires;
};

static void make(struct traveller *t, struct document *d, const struct side *s)
{
	*t = (struct traveller){ .surname = str_of(s->surname),
				 .given = str_of(s->given),
				 .sex = str_of(s->sex),
				 .nationality = str_of(s->nationality),
				 .birth_date = s->born,
				 .documents = d,
				 .nr_documents = s->number ? 1 : 0,
				 .known_documents = true };
	*d = (struct document){ .number = str_of(s->number),
				.expires = s->expires };
}

#define DOE "DOETEST", "JANE PETRA"

/* want: N, B, S, C, D, E differ in capitals, agree in small, '?' unknown. */
static const struct {
	struct side pnr, api;
	const char *want;
} rows[] = {
	{ { DOE, "F", "UTO", "L898902C3", { 1982, 4, 17 }, { 2031, 4, 15 } },
	  { DOE, "F", "UTO", "L898902C3", { 1982, 4, 17 }, { 2031, 4, 15 } },
	  "nbscde" },
	{ { "DOE TEST", "jane", "F", "UTO", "l-898902 c3", { 0 }, { 0 } },
	  { DOE, "M", "XXA", "L898902C3", { 1982, 4, 17 }, { 2031, 4, 15 } },
	  "n?SCd?" },
	{ { "ROETEST",
	    "JANE",
	    "F",
	    NULL,
	    "L898902C3",
	    { 1982, 0, 0 },
	    { 2031, 4, 15 } },
	  { DOE, "F", "UTO", "L898902C3", { 1982, 4, 17 }, { 2031, 4, 16 } },
	  "N?s?dE" },
	{ { "DOETEST",
	    NULL,
	    NULL,
	    "UTO",
	    "L898902C4",
	    { 1983, 0, 0 },
	    { 2031, 4, 15 } },
	  { DOE, "F", "UTO", "L898902C3", { 1982, 4, 17 }, { 2031, 4, 15 } },
	  "?B?cD?" },
	{ { "ROETEST", NULL, NULL, NULL, NULL, { 1982, 4, 0 }, { 0 } },
	  { DOE, NULL, NULL, "---", { 1982, 5, 17 }, { 0 } },
	  "NB????" },
	{ { NULL, NULL, NULL, NULL, NULL, { 0 }, { 0 } },
	  { DOE, "F", "UTO", "L898902C3", { 1982, 4, 17 }, { 2031, 4, 15 } },
	  "??????" },
};

START_TEST(each_item_differs_agrees_or_is_unknown)
{
	static const char names[COMPARISON_ITEMS + 1] = "nbscde";

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct traveller pnr, api;
		struct document pnr_doc, api_doc;
		struct subject s = { 0 };

		make(&pnr, &pnr_doc, &rows[i].pnr);
		make(&api, &api_doc, &rows[i].api);
		compare_sides(&s, &pnr, &api);
		ck_assert_uint_eq(s.nr_comparisons, COMPARISON_ITEMS);
		for (size_t k = 0; k < COMPARISON_ITEMS; k++) {
			enum flag got = s.comparison[k].differs;
			char c = got == FLAG_YES  ? (char)(names[k] - 32)
				 : got == FLAG_NO ? names[k]
						  : '?';

			ck_assert_msg(c == rows[i].want[k], "row %zu, %.*s: %c",
				      i, STR_ARG(s.comparison[k].item), c);
		}
	}
}
END_TEST

START_TEST(any_form_of_a_name_and_any_document_will_do)
{
	struct name form[2] = {
		{ .surname = STR("ROETEST"), .given = STR("JANE") },
		{ .surname = STR("DOETEST"), .given = STR("JANE") },
	};
	struct document two[2] = {
		{ .number = STR("OLD00001"), .expires = { 2024, 1, 1 } },
		{ .number = STR("L898902C3"), .expires = { 2031, 4, 15 } },
	};
	struct traveller pnr, api;
	struct document d;
	struct subject s = { 0 };

	make(&pnr, &d, &rows[0].pnr);
	make(&api, &d, &rows[0].api);
	pnr.names = form;
	pnr.nr_names = 2;
	pnr.documents = two;
	pnr.nr_documents = 2;
	compare_sides(&s, &pnr, &api);
	for (size_t k = 0; k < COMPARISON_ITEMS; k++)
		ck_assert_int_eq(s.comparison[k].differs, FLAG_NO);
}
END_TEST

UNIT_MAIN("engine/compare", each_item_differs_agrees_or_is_unknown,
	  any_form_of_a_name_and_any_document_will_do)
