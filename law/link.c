#include "law/link.h"

static const struct row {
	const char *code, *help;
} rows[] = {
#define LINK(code, help) { code, help },
#include "law/link.def"
#undef LINK
};

const char *link_code(size_t i)
{
	return i < ARRAY_SIZE(rows) ? rows[i].code : NULL;
}

const char *link_help(size_t i)
{
	return i < ARRAY_SIZE(rows) ? rows[i].help : NULL;
}

bool link_is_known(struct str code)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (str_eq(code, str_of(rows[i].code)))
			return true;
	return false;
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

bool link_is_reason(struct str s)
{
	if (str_empty(s) || s.len > LINK_REASON_MAX || !is_letter(s.ptr[0]))
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!is_letter(s.ptr[i]) && s.ptr[i] != '-')
			return false;
	return true;
}

bool link_is_case(struct str s)
{
	if (str_empty(s) || s.len > LINK_CASE_MAX)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (!is_letter(c) && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') && c != '-' && c != '/' &&
		    c != '.' && c != '_')
			return false;
	}
	return true;
}

bool link_review_is_good(struct date today, struct date review,
			 struct period every)
{
	const struct period year = { 12, 0 };
	int64_t now = date_to_days(today), day = date_to_days(review);
	int64_t last = date_to_days(period_after(today, year));
	int64_t mine = period_is_set(every)
			       ? date_to_days(period_after(today, every))
			       : last;

	return day > now && day <= last && day <= mine;
}
