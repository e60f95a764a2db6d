/*
 * exposition.h - figures as Prometheus and OpenMetrics write them
 *
 *	exposition_init(&x, &buf, open);
 *	exposition_family(&x, "messages", EXPOSE_COUNTER, "messages committed");
 *	exposition_value(&x, "", 17);
 *	exposition_end(&x);
 *
 * Names get "paxgate_" before them; counters "_total" behind. In OpenMetrics 1.0
 * a counter's family is named without it, and the text ends in "# EOF".
 * Threads: none of its own.
 */
#ifndef WEB_EXPOSITION_H
#define WEB_EXPOSITION_H

#include "base/buf.h"
#include "engine/histogram.h"

enum expose_type { EXPOSE_COUNTER, EXPOSE_GAUGE };

struct exposition {
	struct buf *out;
	bool open; /* OpenMetrics; else Prometheus' text format 0.0.4 */
	const char *name;
	enum expose_type type;
};

/* Write to the end of `out`, borrowed. */
void exposition_init(struct exposition *x, struct buf *out, bool open);

/* What the next values are of; `name` is borrowed until the next family. */
void exposition_family(struct exposition *x, const char *name,
		       enum expose_type type, const char *help);

/* A value; `label` is `code="x"`, or empty. */
void exposition_value(struct exposition *x, struct str label, int64_t value);

/* The same in thousandths of a second, and so on: value / 10^`digits`. */
void exposition_decimal(struct exposition *x, struct str label, int64_t value,
			int digits);

/* A whole family: a histogram in seconds. */
void exposition_histogram(struct exposition *x, const char *name,
			  const struct histogram *h, const char *help);

/* No more follows. */
void exposition_end(struct exposition *x);

#endif
