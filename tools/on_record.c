#include "tools/on_record.h"

#include "base/log.h"
#include "db/query.h"

void on_record_hit(const struct pg *pg, const struct hit_row *hit,
		   const char *why, const char *code)
{
	struct log_line l;

	log_begin(&l, LEVEL_INFO, "hit-shown");
	log_z(&l, "hit", hit_name_of(hit->clock_day, hit->hit_id).text);
	log_z(&l, "actor", pg_role(pg));
	log_z(&l, "purpose", why);
	log_z(&l, "offence", code);
	log_end(&l);
}
