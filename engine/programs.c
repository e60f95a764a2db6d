#include "engine/programs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PROGRAMS_MAX = 4, NO_PROGRAM = 127 };

static pid_t start(char *const *argv, int in, int out)
{
	pid_t child = fork();

	if (child)
		return child;
	if ((in >= 0 && dup2(in, STDIN_FILENO) < 0) ||
	    (out >= 0 && dup2(out, STDOUT_FILENO) < 0))
		_exit(NO_PROGRAM);
	execvp(argv[0], argv);
	_exit(NO_PROGRAM);
}

/* Wait for all; the first that failed is told. */
static int wait_all(const pid_t *child, char *const *const argv[], size_t nr,
		    struct err *e)
{
	for (size_t i = 0; i < nr; i++) {
		int status = 0;

		while (waitpid(child[i], &status, 0) < 0 && errno == EINTR)
			;
		if ((WIFEXITED(status) && !WEXITSTATUS(status)) || e->code)
			continue;
		if (WIFEXITED(status) && WEXITSTATUS(status) == NO_PROGRAM)
			(void)err_at(e, ERR_IO, 0,
				     "'%s' cannot be run; PostgreSQL's client "
				     "programs have it",
				     argv[i][0]);
		else
			(void)err_at(e, ERR_IO, 0,
				     "'%s' failed; what it said is above",
				     argv[i][0]);
	}
	return e->code;
}

int programs_run(char *const *const argv[], struct err *e)
{
	pid_t child[PROGRAMS_MAX];
	int in = -1, nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	size_t nr = 0;

	if (nowhere < 0)
		return err_at(e, ERR_IO, 0, "cannot open /dev/null: %m");
	fflush(stdout);
	while (argv[nr] && nr < PROGRAMS_MAX && !e->code) {
		int fd[2] = { -1, -1 };

		if (argv[nr + 1] && pipe2(fd, O_CLOEXEC)) {
			(void)err_at(e, ERR_IO, 0, "cannot make a pipe: %m");
			break;
		}
		child[nr] = start(argv[nr], in, argv[nr + 1] ? fd[1] : nowhere);
		if (in >= 0)
			close(in);
		if (fd[1] >= 0)
			close(fd[1]);
		in = fd[0];
		if (child[nr] < 0)
			(void)err_at(e, ERR_IO, 0, "cannot fork: %m");
		else
			nr++;
	}
	if (in >= 0)
		close(in);
	close(nowhere);
	return wait_all(child, argv, nr, e);
}
