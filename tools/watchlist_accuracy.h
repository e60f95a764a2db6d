/*
 * watchlist_accuracy.h - paxgate watchlist accuracy
 */
#ifndef TOOLS_WATCHLIST_ACCURACY_H
#define TOOLS_WATCHLIST_ACCURACY_H

/* The verb: pairs of names, or travellers against a snapshot. */
int watchlist_accuracy(int argc, char **argv);

#endif
