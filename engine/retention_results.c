/*
 * retention_results.c - results of assessments go when they have served
 */
#include "engine/retention.h"

int32_t retention_results_until(const struct retention_rules *r, int32_t today)
{
	int32_t last = 0;

	for (size_t i = 0; i < r->nr; i++) {
		struct period p = r->regime[i]->hit_results;
		int32_t d = today;

		if (!period_is_set(p))
			continue;
		while (date_to_days(period_after(date_from_days(d), p)) > today)
			d--;
		if (d > last)
			last = d;
	}
	return last;
}

int retention_expire_results(int64_t *nr, struct retention_job *j, int32_t day,
			     struct err *e)
{
	int32_t last = retention_results_until(j->rules, j->today);
	struct date d = date_from_days(day);
	struct arena a = { 0 };
	struct audit_event ev = {
		.operation = AUDIT_ERASE,
		.regime = j->rules->names,
		.reason = STR("results-served"),
		.subject = arena_fmt(&a, "day:%04d-%02d-%02d", d.year, d.month,
				     d.day),
	};

	*nr = 0;
	if (last && day <= last)
		(void)!retention_results(nr, j->pg, day, last, j->today, &ev,
					 e);
	arena_release(&a);
	return e->code;
}
