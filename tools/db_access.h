/*
 * db_access.h - paxgate db access
 */
#ifndef TOOLS_DB_ACCESS_H
#define TOOLS_DB_ACCESS_H

/* The verb, called as main() is. Returns the exit code. */
int db_access(int argc, char **argv);

#endif
