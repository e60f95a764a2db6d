#include "tools/database.h"

#include "db/migrate.h"

#include <stdio.h>

int tool_settings(struct config *out, const char *file, const char *conninfo,
		  struct arena *a, struct err *e)
{
	if (config_load(out, file, a, e))
		return e->code;
	if (conninfo)
		out->database = conninfo;
	return 0;
}

int database_open(struct pg **out, const struct config *c, struct err *e)
{
	struct pg_settings s = { .conninfo = c->database,
				 .application = "paxgate tool" };

	return pg_open(out, &s, e);
}

int database_open_checked(struct pg **out, const struct config *c,
			  struct err *e)
{
	int rc = database_open(out, c, e);

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
