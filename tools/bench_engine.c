#include "tools/bench_engine.h"

#include "tools/bench_topic.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static int make_keys(struct config *c, struct arena *a, const char *folder,
		     int number, struct err *e)
{
	c->engine_key = arena_fmt(a, "%s/%d.key", folder, number).ptr;
	c->engine_public = arena_fmt(a, "%s/%d.pub", folder, number).ptr;
	c->key_folder = arena_fmt(a, "%s/%d.days", folder, number).ptr;
	if (mkdir(c->key_folder, 0700) < 0)
		return err_at(e, ERR_IO, 0, "cannot make folder '%s': %s",
			      c->key_folder, strerror(errno));
	return key_pair_create(c->engine_key, c->engine_public, e);
}

int bench_engine_run(struct bench *b, int number,
		     const struct engine_options *o, struct bench_db *db,
		     struct config *c, struct err *e)
{
	struct engine *en = NULL;
	int rc = bench_db_create(db, b->config.database, &b->arena, e);

	*c = b->config;
	c->brokers = "";
	if (rc == 0)
		rc = b->topic ? bench_topic_settings(c, b, number, e)
			      : make_keys(c, &b->arena, b->folder, number, e);
	c->database = db->conninfo;
	if (rc == 0)
		rc = engine_open(&en, c, e);
	if (rc == 0 && o->tick) /* before the first message */
		o->tick(en, o->arg);
	if (rc == 0)
		rc = engine_run(en, o, e);
	if (rc == 0 && o->tick) /* what came behind the last look */
		o->tick(en, o->arg);
	engine_close(en);
	return rc;
}
