/*
 * on_record.h - whoever looks at personal data is on record before he sees it
 */
#ifndef TOOLS_ON_RECORD_H
#define TOOLS_ON_RECORD_H

#include "db/pg.h"

/*
 * Log that this hit's personal data are shown, to whom (the connection's
 * role), why, and for which offence's code. Call it before.
 */
void on_record_hit(const struct pg *pg, const struct hit_row *hit,
		   const char *why, const char *code);

#endif
