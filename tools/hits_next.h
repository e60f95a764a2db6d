/*
 * hits_next.h - paxgate hits next
 */
#ifndef TOOLS_HITS_NEXT_H
#define TOOLS_HITS_NEXT_H

/* The verb, called as main() is. Returns the exit code. */
int hits_next(int argc, char **argv);

#endif
