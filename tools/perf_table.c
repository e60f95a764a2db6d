#include "tools/perf_table.h"

#include "base/json.h"

struct table {
	struct buf *out;
	int64_t top, nr_profiles, nr_predicates;
};

/* A number in its column; "-" where there is none. */
static void put_number(struct buf *out, const struct json_node *n,
		       const char *key)
{
	int64_t v;

	if (json_node_int(json_node_get(n, key), &v))
		buf_fmt(out, " %12lld", (long long)v);
	else
		buf_fmt(out, " %12s", "-");
}

static void put_columns(struct buf *out, const struct json_node *n,
			const char *const *key)
{
	for (; *key; key++)
		put_number(out, n, *key);
}

static void put_heading(struct buf *out, const char *const *word)
{
	buf_byte(out, '\n');
	for (; *word; word++)
		buf_fmt(out, " %12s", *word);
	buf_byte(out, '\n');
}

static void put_row(struct table *t, const struct json_node *n,
		    const char *name, int64_t *nr, const char *const *key,
		    const char *const *heading)
{
	if ((*nr)++ == 0)
		put_heading(t->out, heading);
	if (*nr > t->top)
		return;
	put_columns(t->out, n, key);
	buf_fmt(t->out, "  " STR_FMT "\n",
		STR_ARG(json_node_text(json_node_get(n, name))));
}

static bool put_line(struct table *t, const struct json_node *n)
{
	static const char *const whole[] = { "set",	   "predicates",
					     "travellers", "timed",
					     "mean_ns",	   "worst_ns",
					     NULL };
	static const char *const whole_words[] = { "profiles",	 "predicates",
						   "travellers", "timed",
						   "mean ns",	 "worst ns",
						   NULL };
	static const char *const profile[] = {
		"evaluated",	 "hits",	   "mean_ns", "worst_ns",
		"alone_mean_ns", "alone_worst_ns", NULL
	};
	static const char *const profile_words[] = {
		"evaluated",  "hits",	     "mean ns", "worst ns",
		"alone mean", "alone worst", NULL
	};
	static const char *const predicate[] = { "timed",    "true",
						 "unknown",  "mean_ns",
						 "worst_ns", NULL };
	static const char *const predicate_words[] = { "timed",	   "true",
						       "unknown",  "mean ns",
						       "worst ns", NULL };

	if (json_node_get(n, "set")) {
		put_heading(t->out, whole_words);
		put_columns(t->out, n, whole);
		buf_byte(t->out, '\n');
	} else if (json_node_get(n, "profile")) {
		put_row(t, n, "profile", &t->nr_profiles, profile,
			profile_words);
	} else if (json_node_get(n, "predicate")) {
		put_row(t, n, "predicate", &t->nr_predicates, predicate,
			predicate_words);
	} else {
		return false;
	}
	return true;
}

int perf_table_write(struct buf *out, struct str lines, int64_t top,
		     struct err *e)
{
	struct table t = { .out = out, .top = top };
	size_t number = 0;

	while (lines.ptr) {
		struct str line = str_split(&lines, '\n');
		struct json_node *n = NULL;
		bool ok;

		number++;
		if (!line.len)
			continue;
		ok = json_read(&n, line, e) == 0 && put_line(&t, n);
		json_node_free(n);
		if (!ok)
			return err_at(
				e, ERR_SYNTAX, number,
				"line %zu is not of 'profile perf --json'",
				number);
	}
	return 0;
}
