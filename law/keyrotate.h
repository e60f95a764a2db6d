/*
 * keyrotate.h - the engine's key pair gives way to a new one
 *
 *	key_pair_rotate("engine.key", "engine.pub", &e);
 *	key_pair_load(&pair, ...);	opens boxes for both
 *	key_folder_rewrap(folder, &done, &e);
 *	...				producers take the new public half
 *	key_pair_retire("engine.key", &e);
 *
 * The old secret half stays in "engine.key.old" until it is retired, since
 * payloads on the topic are sealed to it. Each step survives a crash: done
 * again it goes on where it ended.
 *
 * Threads: none may use the files meanwhile: stop the engines.
 */
#ifndef LAW_KEYROTATE_H
#define LAW_KEYROTATE_H

#include "law/keyfile.h"

/*
 * Make a new pair and put it in place of the one there is, which is kept.
 * Returns 0; ERR_USAGE when an older one is not retired yet; ERR_IO.
 */
MUST_CHECK int key_pair_rotate(const char *secret_path, const char *public_path,
			       struct err *e);

/*
 * Overwrite and remove the older secret half. Returns 0; ERR_USAGE when there
 * is none; ERR_IO.
 */
MUST_CHECK int key_pair_retire(const char *secret_path, struct err *e);

/* Is one waiting to be retired? */
MUST_CHECK bool key_pair_has_old(const char *secret_path);

#endif
