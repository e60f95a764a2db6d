/*
 * bundle_make.h - a hit out of the database into a bundle
 */
#ifndef TOOLS_BUNDLE_MAKE_H
#define TOOLS_BUNDLE_MAKE_H

#include "engine/config.h"
#include "tools/bundle.h"

/*
 * Write the bundle of a hit into a new file, mode 0600. `name` is known to be
 * one of hit_name_read(). Returns 0; ERR_USAGE when the hit or its profile is
 * not there, or the file is; ERR_LEGAL when the day is masked; ERR_INTEGRITY
 * when something does not open; or as pg_run().
 */
MUST_CHECK int bundle_export(struct pg *pg, const struct config *c,
			     const char *name, const char *path, struct err *e);

#endif
