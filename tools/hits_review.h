/*
 * hits_review.h - what people do with a hit: one command, one hit
 *
 * There is no command that decides several. Each is called as main() is and
 * returns the exit code; what the database refuses is code 4.
 */
#ifndef TOOLS_HITS_REVIEW_H
#define TOOLS_HITS_REVIEW_H

/* The hit is in my hands; writes the form of the checklist. */
int hits_review_take(int argc, char **argv);
/* Confirm or reject it, with the form filled in. */
int hits_review_decide(int argc, char **argv);
/* Refer a confirmed hit to an authority. */
int hits_review_refer(int argc, char **argv);
/* Have a decided hit looked at again. */
int hits_review_reopen(int argc, char **argv);

#endif
