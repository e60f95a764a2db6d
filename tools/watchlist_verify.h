/*
 * watchlist_verify.h - paxgate watchlist verify
 */
#ifndef TOOLS_WATCHLIST_VERIFY_H
#define TOOLS_WATCHLIST_VERIFY_H

/* The verb; exit code 5 when the index and brute force differ. */
int watchlist_verify(int argc, char **argv);

#endif
