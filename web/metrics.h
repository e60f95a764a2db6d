/*
 * metrics.h - the engine, seen from outside: /metrics, /healthz, /readyz
 *
 *	rc = metrics_open(&m, engine, &e);	does nothing with metrics.port 0
 *	...
 *	metrics_close(m);
 *
 * On a loopback address without TLS: counts, times and codes, nothing of a
 * message. What the database and the broker know is asked at most every ten
 * seconds. doc/operations.md says what each figure means.
 *
 * Threads: those of web/http.h.
 */
#ifndef WEB_METRICS_H
#define WEB_METRICS_H

#include "engine/engine.h"

struct metrics;

/* Serve; `en` is borrowed. *out is NULL when nothing is served. ERR_USAGE. */
MUST_CHECK int metrics_open(struct metrics **out, struct engine *en,
			    struct err *e);

/* End, before the engine is closed. NULL is fine. */
void metrics_close(struct metrics *m);

#endif
