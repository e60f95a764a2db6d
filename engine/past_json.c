#include "engine/past_json.h"

#include "rules/derived_past.h"

void past_write_json(struct json *j, const char *key, const struct past *p)
{
	json_open(j, key, '{');
	json_int(j, "days", p->days);
	for (size_t i = 0; i < PAST_COUNTS; i++) {
		if (p->n[i] < 0)
			json_null(j, past_names[i]);
		else
			json_int(j, past_names[i], p->n[i]);
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
		const struct json_node *m = json_node_get(n, past_names[i]);

		v = PAST_UNKNOWN;
		if (!m ||
		    (json_node_kind(m) != JSON_KIND_NULL &&
		     (!json_node_int(m, &v) || !is_count(v, 0, PAST_MOST))))
			return false;
		p->n[i] = (int32_t)v;
	}
	return true;
}
