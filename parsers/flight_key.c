#include "parsers/flight_key.h"

#include <stdio.h>

static struct str without_zeros(struct str s)
{
	while (s.len > 1 && s.ptr[0] == '0')
		s = str_slice(s, 1, s.len);
	return s;
}

int flight_key_make(struct flight_key *out, const struct flight *f,
		    struct err *e)
{
	struct str number = without_zeros(f->number);
	struct date day;
	int n;

	if (str_empty(f->carrier))
		return err_at(e, ERR_VALUE, 0, "the flight has no 'carrier'");
	if (str_empty(number))
		return err_at(e, ERR_VALUE, 0, "the flight has no 'number'");
	if (!moment_is_set(f->departs))
		return err_at(e, ERR_VALUE, 0,
			      "the flight has no date of departure, 'departs'");
	if (str_empty(f->origin))
		return err_at(e, ERR_VALUE, 0, "the flight has no 'origin'");
	day = date_of_moment(f->departs);
	n = snprintf(out->text, sizeof(out->text),
		     STR_FMT "-" STR_FMT "-%04d-%02d-%02d-" STR_FMT,
		     STR_ARG(f->carrier), STR_ARG(number), day.year, day.month,
		     day.day, STR_ARG(f->origin));
	if (n < 0 || (size_t)n >= sizeof(out->text))
		return err_at(e, ERR_VALUE, 0,
			      "carrier, number or origin of the flight is too "
			      "long");
	return 0;
}
