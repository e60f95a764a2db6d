/*
 * hits_second.h - paxgate hits second: a sample is decided by two persons
 */
#ifndef TOOLS_HITS_SECOND_H
#define TOOLS_HITS_SECOND_H

/* As a command. */
int hits_second(int argc, char **argv);

#endif
