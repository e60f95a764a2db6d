/*
 * keys_custodian.h - a custodian's key, and the next pair of the engine, as
 * `paxgate keys` makes them
 */
#ifndef TOOLS_KEYS_CUSTODIAN_H
#define TOOLS_KEYS_CUSTODIAN_H

#include "engine/config.h"

/* What the command line says of him; NULL: not given. */
struct keys_custodian {
	const char *name, *with, *until, *key_file, *passphrase_file;
};

/*
 * Make his pair and enter him in keys.custodians, and tell. As
 * custodian_create().
 */
MUST_CHECK int keys_custodian_create(const struct keys_custodian *k,
				     const struct config *c, struct arena *a,
				     struct err *e);

/* `paxgate keys rotate`; argv[0] is its own name. Returns the exit code. */
int keys_rotate(int argc, char **argv);

#endif
