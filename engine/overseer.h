/*
 * overseer.h - a thread that looks after the profiles while the engine runs
 *
 * Several times a second it looks for a newer version in the registry, loads
 * it beside the one in use, and puts it in its place; the old one stays when
 * that fails. Every screen.budget_s it asks what upkeep.h asks.
 */
#ifndef ENGINE_OVERSEER_H
#define ENGINE_OVERSEER_H

#include "engine/engine.h"

/* Run until the engine stops. Whatever fails is logged and tried again. */
void overseer_run(struct engine *en);

#endif
