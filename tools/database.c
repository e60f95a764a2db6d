#include "tools/database.h"

#include "db/migrate.h"

#include <stdio.h>
#include <stdlib.h>

int database_open(struct pg **out, const char *option, struct err *e)
{
	struct pg_settings s = { .application = "paxgate tool" };

	s.conninfo = option ? option : getenv("PAXGATE_DATABASE");
	if (!s.conninfo || !*s.conninfo)
		return err_at(e, ERR_USAGE, 0,
			      "which database? name it by --database or "
			      "PAXGATE_DATABASE");
	return pg_open(out, &s, e);
}

int database_open_checked(struct pg **out, const char *option, struct err *e)
{
	int rc = database_open(out, option, e);

	if (rc < 0)
		return rc;
	rc = migrate_check(*out, e);
	if (rc < 0) {
		pg_close(*out);
		*out = NULL;
	}
	return rc;
}

int tool_fail(const char *command, const struct err *e)
{
	fprintf(stderr, "paxgate %s: %s\n", command, e->text);
	return err_exit_code(e);
}
