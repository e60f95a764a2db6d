#include "tools/progress_bar.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { WIDTH = 40, LEAST_MS = 100 };

static int64_t drawn_at_ms;
static char drawn[64]; /* the label; empty: nothing stands there */

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void progress_bar(const char *label, uint64_t done, uint64_t all)
{
	static const char full[] = "########################################";
	int share = all ? (int)(done * WIDTH / all) : 0;
	bool same = !strncmp(label, drawn, sizeof(drawn) - 1);

	if (!isatty(STDERR_FILENO) ||
	    (same && now_ms() - drawn_at_ms < LEAST_MS))
		return;
	drawn_at_ms = now_ms();
	snprintf(drawn, sizeof(drawn), "%s", label);
	fprintf(stderr, "\r%-24.24s [%-*.*s] %3d %%\033[K", label, WIDTH, share,
		full, all ? (int)(done * 100 / all) : 0);
	fflush(stderr);
}

void progress_bar_wipe(void)
{
	if (!drawn[0])
		return;
	drawn[0] = '\0';
	fputs("\r\033[K", stderr);
	fflush(stderr);
}
