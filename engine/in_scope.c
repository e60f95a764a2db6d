#include "engine/in_scope.h"

#include "rules/reference.h"

enum { STOPS_MAX = 64 };

struct scope_verdict message_scope(const struct message *m,
				   const struct reference *r,
				   const struct scope *scope)
{
	const struct flight *leg = m->nr_flights ? m->flights : &m->flight;
	uint32_t nr = m->nr_flights ? m->nr_flights : 1;
	struct scope_stop stop[STOPS_MAX];

	if (nr > STOPS_MAX / 2)
		return (struct scope_verdict){ SCOPE_UNKNOWN, STR_NONE };
	for (uint32_t i = 0; i < nr; i++) {
		stop[2 * i].airport = leg[i].origin;
		stop[2 * i + 1].airport = leg[i].destination;
	}
	for (uint32_t i = 0; i < 2 * nr; i++)
		stop[i].country = reference_country(r, stop[i].airport);
	return scope_flight(scope, stop, 2 * nr,
			    date_of_moment(m->flight.departs));
}
