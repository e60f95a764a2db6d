/*
 * replay_bundle.h - a hit is worked out again from a bundle alone
 */
#ifndef TOOLS_REPLAY_BUNDLE_H
#define TOOLS_REPLAY_BUNDLE_H

#include "base/err.h"

#include <stdbool.h>

/*
 * Replay a bundle and print what differs. No database and no settings are
 * asked; `keys` is the file of public keys to be trusted. Returns the number
 * of differences, ERR_SYNTAX when the file is no bundle, or another error.
 */
MUST_CHECK int replay_bundle(const char *path, const char *keys, bool as_json,
			     struct err *e);

#endif
