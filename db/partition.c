#include "db/pg.h"
#include "db/pg_internal.h"

#include <stdio.h>

struct day_digits day_digits_of(int32_t day)
{
	struct date d = date_from_days(day);
	struct day_digits out;

	snprintf(out.text, sizeof(out.text), "%04d%02d%02d", d.year, d.month,
		 d.day);
	return out;
}

int partition_ensure(struct pg *pg, int32_t clock_day, struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	for (uint32_t i = 0; i < PG_DAYS; i++)
		if (clock_day && pg->day[i] == clock_day)
			return 0;
	args_put(&args, COL_DAY, &clock_day);
	rc = pg_run(pg, "making the day's partitions",
		    "SELECT ops.partition_for($1)", &args, NULL, e);
	args_release(&args);
	if (rc < 0 && pg_last_fault(pg) == PG_MASKED) {
		*e = (struct err){ 0 };
		return err_at(e, ERR_LEGAL, 0,
			      "the day %s is masked (PNR Directive, Article "
			      "12(2)): nothing is added to it any more",
			      day_digits_of(clock_day).text);
	}
	if (rc == 0)
		pg->day[pg->nr_day++ % PG_DAYS] = clock_day;
	return rc;
}
