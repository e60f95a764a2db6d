/*
 * quarantine.h - a message that cannot be read, without its content
 *
 * What does not parse must not be lost without a word, and its bytes must not
 * be stored: nobody knows what is in them. A skeleton is enough to see what is
 * wrong with a feed; the message itself is read again from Kafka, or the
 * carrier sends it again.
 */
#ifndef ENGINE_QUARANTINE_H
#define ENGINE_QUARANTINE_H

#include "base/arena.h"

enum { SKELETON_BYTES = 4096 };

/*
 * The shape of at most SKELETON_BYTES of a payload: segment tags of the
 * messages we know and punctuation stay, letters and bytes above ASCII become
 * x, digits 9, control characters other than CR and LF a dot. In the arena.
 */
struct str quarantine_skeleton(struct str payload, struct arena *a);

#endif
