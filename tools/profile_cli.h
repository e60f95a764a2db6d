/*
 * profile_cli.h - what the verbs of `paxgate profile` share
 */
#ifndef TOOLS_PROFILE_CLI_H
#define TOOLS_PROFILE_CLI_H

#include "rules/profile.h"

/* One profile's file, read; `profile` is NULL when it has faults. */
struct profile_file {
	const char *path;
	struct arena arena;
	struct regex *regexes;
	struct faults faults;
	struct profile *profile;
	struct err err;
	struct err unapproved; /* why the signature beside it does not count */
};

/* Called with each file, in order; the file is released afterwards. */
struct profile_walk {
	const char *offences;  /* path of the catalogue */
	const char *lists;     /* folder of the lists; "": none */
	const char *approvers; /* register; NULL: all are drafts */
	int (*each)(const struct profile_file *f, void *arg);
	void *arg;
};

/*
 * Read the files and the *.yaml of the directories named in argv[0..nr) and
 * call each(). Returns the worst exit code: each()'s own, 3 or 4 for a file
 * with faults (after each() has seen it).
 */
int profile_walk(const struct profile_walk *w, int nr, char **argv);

/*
 * Call each() with every path of argv[0..nr), and of a directory with its
 * *.yaml, in order. Returns the worst exit code.
 */
int profile_paths(int nr, char **argv, int (*each)(const char *path, void *arg),
		  void *arg);

/* Print a file's faults with their carets on standard error. */
void profile_print_faults(const struct profile_file *f);

/* The verbs. */
int profile_cmd_activate(int argc, char **argv);
int profile_cmd_commit(int argc, char **argv);
int profile_cmd_diff(int argc, char **argv);
int profile_cmd_disparity(int argc, char **argv);
int profile_cmd_log(int argc, char **argv);
int profile_cmd_notice(int argc, char **argv);
int profile_cmd_rollback(int argc, char **argv);
int profile_cmd_shadow(int argc, char **argv);
int profile_cmd_suspend(int argc, char **argv);
int profile_cmd_approve(int argc, char **argv);
int profile_cmd_check(int argc, char **argv);
int profile_cmd_fmt(int argc, char **argv);
int profile_cmd_perf(int argc, char **argv);
int profile_cmd_test(int argc, char **argv);
int profile_cmd_show(int argc, char **argv);
int profile_cmd_explain(int argc, char **argv);
int profile_cmd_fields(int argc, char **argv);

#endif
