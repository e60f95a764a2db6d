/*
 * retention_due.c - which duty a day has next
 */
#include "engine/retention.h"

int retention_rules_load(struct retention_rules *r, const struct config *c,
			 struct err *e)
{
	int nr;

	*r = (struct retention_rules){ .names = str_of(c->regime) };
	if (regimes_load(&r->all, c->regimes, e))
		return config_file_error(e);
	nr = regimes_choose(r->regime, r->all, r->names, e);
	if (nr < 0)
		return nr;
	r->nr = (size_t)nr;
	for (size_t i = 0; i < r->nr; i++) {
		const struct regime *x = r->regime[i];

		r->by_link |= x->link_required;
		if (period_is_set(x->review_every))
			r->review_every = x->review_every;
	}
	return 0;
}

void retention_rules_release(struct retention_rules *r)
{
	regimes_free(r->all);
	r->all = NULL;
}

const char *retention_act_name(enum retention_act act)
{
	static const char *const name[] = {
		[RETENTION_MASK] = "mask",
		[RETENTION_DELETE] = "delete",
		[RETENTION_FINISH] = "finish",
		[RETENTION_LAPSED] = "lapsed",
	};

	return name[act];
}

/* The earlier one; 0 is none. */
static int32_t earlier(int32_t a, int32_t b)
{
	return a && (!b || a < b) ? a : b;
}

static int32_t number(struct date d)
{
	return date_is_set(d) ? (int32_t)date_to_days(d) : 0;
}

struct retention_duty retention_due(const struct retention_rules *r,
				    const struct retention_day *d,
				    int32_t today)
{
	struct retention law =
		retention_dates(r->regime, r->nr, date_from_days(d->day));
	int32_t gone = earlier(d->delete_on, number(law.delete_on));
	int32_t mask =
		earlier(d->mask_on, earlier(number(law.mask_on),
					    number(law.delete_unlinked_on)));

	switch (d->stage) {
	case RETENTION_CLOSED:
		return (struct retention_duty){ RETENTION_FINISH, today };
	case RETENTION_MASKED:
		if (r->by_link && d->linked < d->people.v &&
		    (!gone || gone > today))
			return (struct retention_duty){ RETENTION_LAPSED,
							today };
		return (struct retention_duty){ RETENTION_DELETE, gone };
	case RETENTION_ACTIVE:
		break;
	}
	if (gone && (gone <= today || !mask || gone <= mask))
		return (struct retention_duty){ RETENTION_DELETE, gone };
	return (struct retention_duty){ RETENTION_MASK, mask };
}
