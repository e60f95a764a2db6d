#include "web/exposition.h"

#include <inttypes.h>

#define PREFIX "paxgate_"

enum { MICRO = 6 }; /* digits of a microsecond */

void exposition_init(struct exposition *x, struct buf *out, bool open)
{
	*x = (struct exposition){ .out = out, .open = open };
}

static void put_head(struct exposition *x, const char *name, const char *behind,
		     const char *type, const char *help)
{
	buf_fmt(x->out, "# HELP " PREFIX "%s%s %s\n# TYPE " PREFIX "%s%s %s\n",
		name, behind, help, name, behind, type);
}

void exposition_family(struct exposition *x, const char *name,
		       enum expose_type type, const char *help)
{
	bool counter = type == EXPOSE_COUNTER;

	x->name = name;
	x->type = type;
	put_head(x, name, counter && !x->open ? "_total" : "",
		 counter ? "counter" : "gauge", help);
}

/* 1234567 with 6 digits: 1.234567. */
static void put_decimal(struct buf *out, int64_t value, int digits)
{
	int64_t unit = 1;

	for (int i = 0; i < digits; i++)
		unit *= 10;
	if (value < 0)
		buf_byte(out, '-');
	if (value < 0)
		value = -value;
	buf_fmt(out, "%" PRId64, value / unit);
	if (digits)
		buf_fmt(out, ".%0*" PRId64, digits, value % unit);
}

void exposition_decimal(struct exposition *x, struct str label, int64_t value,
			int digits)
{
	buf_fmt(x->out, PREFIX "%s%s", x->name,
		x->type == EXPOSE_COUNTER ? "_total" : "");
	if (label.len)
		buf_fmt(x->out, "{" STR_FMT "}", STR_ARG(label));
	buf_byte(x->out, ' ');
	put_decimal(x->out, value, digits);
	buf_byte(x->out, '\n');
}

void exposition_value(struct exposition *x, struct str label, int64_t value)
{
	exposition_decimal(x, label, value, 0);
}

void exposition_histogram(struct exposition *x, const char *name,
			  const struct histogram *h, const char *help)
{
	int64_t sum = 0;
	/* first, so that no bucket is above it */
	int64_t count = atomic_load(&h->count);

	put_head(x, name, "", "histogram", help);
	for (int i = 0; i < HISTOGRAM_BUCKETS; i++) {
		sum += atomic_load(&h->bucket[i]);
		buf_fmt(x->out, PREFIX "%s_bucket{le=\"", name);
		put_decimal(x->out, histogram_bound[i], MICRO);
		buf_fmt(x->out, "\"} %" PRId64 "\n", sum < count ? sum : count);
	}
	buf_fmt(x->out,
		PREFIX "%s_bucket{le=\"+Inf\"} %" PRId64 "\n" PREFIX
		       "%s_count %" PRId64 "\n" PREFIX "%s_sum ",
		name, count, name, count, name);
	put_decimal(x->out, atomic_load(&h->sum_us), MICRO);
	buf_byte(x->out, '\n');
}

void exposition_end(struct exposition *x)
{
	if (x->open)
		buf_z(x->out, "# EOF\n");
}
