/*
 * row_internal.h - what row.c and row_read.c share
 */
#ifndef DB_ROW_INTERNAL_H
#define DB_ROW_INTERNAL_H

#include "db/row.h"

/* PostgreSQL counts from 2000-01-01. */
enum { EPOCH_DAYS = 10957, US = 1000000 };
#define EPOCH_S ((int64_t)EPOCH_DAYS * SECONDS_PER_DAY)

#endif
