/*
 * clock.c - preloaded: the wall clock stands where a file says
 *
 * $CLOCK_FILE holds the difference from the true time, eleven characters of
 * seconds ("+0000259200"), and is read at every look at the clock. librdkafka
 * waits for moments of the wall clock, by cnd_timedwait(); here, as in the
 * kernel, that lasts until the clock shows them, however often it is set
 * meanwhile (libfaketime does not know this function).
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

enum { DIGITS = 11, SLICE_NS = 20000000 };

static const char *file;

__attribute__((constructor)) static void open_file(void)
{
	const char *name = getenv("CLOCK_FILE");
	int fd = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
	void *at = MAP_FAILED;

	if (fd >= 0)
		at = mmap(NULL, DIGITS, PROT_READ, MAP_SHARED, fd, 0);
	if (at == MAP_FAILED)
		abort();
	close(fd);
	file = at;
}

static struct timespec wall(void)
{
	char text[DIGITS + 1] = "";
	struct timespec t;

	if (file) /* libraries that start before us look at the clock, too */
		memcpy(text, file, DIGITS);
	syscall(SYS_clock_gettime, CLOCK_REALTIME, &t);
	t.tv_sec += strtol(text, NULL, 10);
	return t;
}

int clock_gettime(clockid_t id, struct timespec *t)
{
	if (id != CLOCK_REALTIME && id != CLOCK_REALTIME_COARSE)
		return (int)syscall(SYS_clock_gettime, id, t);
	*t = wall();
	return 0;
}

int timespec_get(struct timespec *t, int base)
{
	*t = wall();
	return base;
}

int gettimeofday(struct timeval *t, void *zone)
{
	struct timespec now = wall();

	(void)zone;
	*t = (struct timeval){ now.tv_sec, now.tv_nsec / 1000 };
	return 0;
}

time_t time(time_t *t)
{
	time_t now = wall().tv_sec;

	if (t)
		*t = now;
	return now;
}

static int until(const struct timespec *when)
{
	struct timespec now = wall();

	return now.tv_sec > when->tv_sec ||
	       (now.tv_sec == when->tv_sec && now.tv_nsec >= when->tv_nsec);
}

/* Of C11; glibc's cnd_t and mtx_t are a pthread_cond_t and a pthread_mutex_t. */
int cnd_timedwait(cnd_t *cond, mtx_t *lock, const struct timespec *when)
{
	while (!until(when)) {
		struct timespec slice;
		int rc;

		syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &slice);
		slice.tv_nsec += SLICE_NS;
		slice.tv_sec += slice.tv_nsec / 1000000000;
		slice.tv_nsec %= 1000000000;
		rc = pthread_cond_clockwait((pthread_cond_t *)cond,
					    (pthread_mutex_t *)lock,
					    CLOCK_MONOTONIC, &slice);
		if (rc != ETIMEDOUT)
			return rc ? thrd_error : thrd_success;
	}
	return thrd_timedout;
}
