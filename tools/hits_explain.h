/*
 * hits_explain.h - paxgate hits explain: why a stored hit is one, to the byte
 */
#ifndef TOOLS_HITS_EXPLAIN_H
#define TOOLS_HITS_EXPLAIN_H

/* Called as main() is; returns the exit code. */
int hits_explain(int argc, char **argv);

#endif
