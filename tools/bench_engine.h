/*
 * bench_engine.h - the day through the whole engine, for a measurement
 */
#ifndef TOOLS_BENCH_ENGINE_H
#define TOOLS_BENCH_ENGINE_H

#include "engine/engine.h"
#include "tools/bench.h"
#include "tools/bench_db.h"

/*
 * Run the engine over the day, from b->topic or with its embedded broker, with
 * new keys in the scratch folder (`number` names them) and a new database; `c`
 * gets the settings that were used. Drop `db` in any case. Returns 0 or an err_code.
 */
MUST_CHECK int bench_engine_run(struct bench *b, int number,
				const struct engine_options *o,
				struct bench_db *db, struct config *c,
				struct err *e);

#endif
