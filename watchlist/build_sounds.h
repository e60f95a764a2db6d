/*
 * build_sounds.h - how the texts of a snapshot sound, for the build
 */
#ifndef WATCHLIST_BUILD_SOUNDS_H
#define WATCHLIST_BUILD_SOUNDS_H

#include "base/buf.h"
#include "watchlist/snapshot.h"

/*
 * Fill the sections fold, fold_sig, fold_bucket, fold_text and bones from text
 * and byte, and the texts' folds; new bytes come behind the others. Returns 0
 * or ERR_NOMEM.
 */
MUST_CHECK int build_sounds(struct buf section[SNAP_SECTIONS], struct err *e);

#endif
