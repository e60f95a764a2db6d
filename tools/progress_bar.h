/*
 * progress_bar.h - how far long work is, for people at a terminal
 *
 * One line on standard error that is written over again and wiped in the end;
 * nothing at all where standard error is no terminal.
 *
 * Threads: one at a time; the state is the process's.
 */
#ifndef TOOLS_PROGRESS_BAR_H
#define TOOLS_PROGRESS_BAR_H

#include <stdint.h>

/*
 * `done` of `all` of what `label` names; drawn at most ten times a second,
 * and whenever the label is another.
 */
void progress_bar(const char *label, uint64_t done, uint64_t all);

/* Wipe the line: before anything else is printed, and in the end. */
void progress_bar_wipe(void);

#endif
