/*
 * hits_suppress.h - paxgate hits suppress
 */
#ifndef TOOLS_HITS_SUPPRESS_H
#define TOOLS_HITS_SUPPRESS_H

/* The verb, called as main() is. Returns the exit code. */
int hits_suppress(int argc, char **argv);

#endif
