#include "engine/past_json.h"

/* As in profiles: the members of past.* */
static const char *const names[PAST_COUNTS] = {
	[PAST_SAME_PHONE] = "same_phone",
	[PAST_SAME_EMAIL] = "same_email",
	[PAST_SAME_CARD] = "same_card",
	[PAST_SAME_DOCUMENT] = "same_document",
	[PAST_SAME_AGENCY] = "same_agency",
	[PAST_SAME_ADDRESS] = "same_address",
	[PAST_TRIPS] = "trips",
	[PAST_CANCELLATIONS] = "cancellations",
	[PAST_CO_TRAVELLERS] = "co_travellers",
};

void past_write_json(struct json *j, const char *key, const struct past *p)
{
	json_open(j, key, '{');
	json_int(j, "days", p->days);
	for (size_t i = 0; i < PAST_COUNTS; i++) {
		if (p->n[i] < 0)
			json_null(j, names[i]);
		else
			json_int(j, names[i], p->n[i]);
	}
	json_close(j, '}');
}

static bool is_count(int64_t n, int64_t low, int64_t high)
{
	return n >= low && n <= high;
}

bool past_read_json(struct past *p, const struct json_node *n)
{
	int64_t v;

	if (!json_node_int(json_node_get(n, "days"), &v) ||
	    !is_count(v, 1, PAST_DAYS))
		return false;
	p->days = (int32_t)v;
	for (size_t i = 0; i < PAST_COUNTS; i++) {
		const struct json_node *m = json_node_get(n, names[i]);

		v = PAST_UNKNOWN;
		if (!m ||
		    (json_node_kind(m) != JSON_KIND_NULL &&
		     (!json_node_int(m, &v) || !is_count(v, 0, PAST_MOST))))
			return false;
		p->n[i] = (int32_t)v;
	}
	return true;
}
