/*
 * watchlist_delta.h - paxgate watchlist add, withdraw, settle
 */
#ifndef TOOLS_WATCHLIST_DELTA_H
#define TOOLS_WATCHLIST_DELTA_H

/* The verbs, called as main() is. Each returns the exit code. */
int watchlist_add_verb(int argc, char **argv);
int watchlist_withdraw_verb(int argc, char **argv);
int watchlist_settle_verb(int argc, char **argv);

#endif
