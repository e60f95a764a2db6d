/*
 * watchlist_build.h - paxgate watchlist build
 */
#ifndef TOOLS_WATCHLIST_BUILD_H
#define TOOLS_WATCHLIST_BUILD_H

/* The verb, called as main() is. Returns the exit code. */
int watchlist_build_verb(int argc, char **argv);

#endif
