/*
 * programs.h - other programs' work: pg_dump, pg_restore, psql
 *
 * Threads: none of ours; a process for each program while a call lasts.
 */
#ifndef ENGINE_PROGRAMS_H
#define ENGINE_PROGRAMS_H

#include "base/err.h"

/*
 * Run programs, the output of each the input of the next, and wait; standard
 * output of the last goes nowhere. `argv` of each ends with NULL, the list with
 * a NULL argv. Their standard error is ours. Returns 0; ERR_IO when one cannot
 * be run or fails: the sentence names it.
 */
MUST_CHECK int programs_run(char *const *const argv[], struct err *e);

#endif
