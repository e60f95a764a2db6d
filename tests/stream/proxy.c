/*
 * proxy.c - stands between the engine and a server, and cuts connections
 *
 *	proxy PORT TARGET SEED TIMES
 *
 * Listens on 127.0.0.1:PORT; TARGET is a port of 127.0.0.1 or the path of a
 * unix socket. All is passed on until SIGUSR1. From then on a connection is
 * cut hard (RST) when so many bytes have gone through it, both ways together,
 * as dice of SEED say: 1 to 65,536, few more often than many. After TIMES cuts
 * all is passed on again. Each cut is a line on standard output. SIGSTOP makes
 * it a network that swallows everything.
 */
#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static const char *target;
static atomic_bool armed;
static atomic_int left;
static _Atomic uint64_t dice;

static void arm(int sig)
{
	(void)sig;
	atomic_store(&armed, true);
}

static long next_budget(void)
{
	uint64_t x = atomic_fetch_add(&dice, 0x9e3779b97f4a7c15u);

	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	x ^= x >> 31;
	return 1 + (long)((x >> 8) % (1u << (4 + x % 13)));
}

static int dial(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
				  .sin_port = htons(
					  (uint16_t)strtol(target, NULL, 10)) };
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	bool is_path = *target == '/';
	int fd = socket(is_path ? AF_UNIX : AF_INET, SOCK_STREAM, 0), rc;

	inet_pton(AF_INET, "127.0.0.1", &in.sin_addr);
	strncpy(un.sun_path, target, sizeof(un.sun_path) - 1);
	rc = is_path ? connect(fd, (struct sockaddr *)&un, sizeof(un))
		     : connect(fd, (struct sockaddr *)&in, sizeof(in));
	if (rc) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Pass on what there is, at most `most` bytes; false at the end. */
static bool pass(int from, int to, long most, long *passed)
{
	char data[16384];
	ssize_t n =
		read(from, data,
		     most < (long)sizeof(data) ? (size_t)most : sizeof(data));

	for (ssize_t done = 0; done < n;) {
		ssize_t w = write(to, data + done, (size_t)(n - done));

		if (w <= 0)
			return false;
		done += w;
	}
	*passed = n;
	return n > 0;
}

/* Pass on until an end hangs up or the budget is used; true: cut. */
static bool carry(const int fd[2])
{
	long budget = -1;

	for (;;) {
		struct pollfd p[2] = { { fd[0], POLLIN, 0 },
				       { fd[1], POLLIN, 0 } };

		if (poll(p, 2, 50) < 0)
			continue;
		if (budget < 0 && atomic_load(&armed) && atomic_load(&left) > 0)
			budget = next_budget();
		for (int i = 0; i < 2; i++) {
			long n = 0;

			if (!p[i].revents)
				continue;
			if (!pass(fd[i], fd[!i], budget < 0 ? 16384 : budget,
				  &n))
				return false;
			if (budget < 0)
				continue;
			budget -= n;
			if (!budget)
				return atomic_fetch_sub(&left, 1) > 0;
		}
	}
}

static void *serve(void *arg)
{
	const struct linger hard = { 1, 0 };
	int fd[2] = { (int)(intptr_t)arg, dial() };

	if (fd[1] >= 0 && carry(fd)) {
		puts("cut");
		setsockopt(fd[0], SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
		setsockopt(fd[1], SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
	}
	close(fd[0]);
	if (fd[1] >= 0)
		close(fd[1]);
	return NULL;
}

int main(int argc, char **argv)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;

	if (argc != 5)
		return 2;
	at.sin_port = htons((uint16_t)strtol(argv[1], NULL, 10));
	target = argv[2];
	atomic_store(&dice, strtoull(argv[3], NULL, 10));
	atomic_store(&left, (int)strtol(argv[4], NULL, 10));
	inet_pton(AF_INET, "127.0.0.1", &at.sin_addr);
	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGUSR1, arm);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(fd, (struct sockaddr *)&at, sizeof(at)) || listen(fd, 64)) {
		perror("proxy");
		return 1;
	}
	for (;;) {
		int conn = accept(fd, NULL, NULL);
		pthread_t t;

		if (conn < 0)
			continue;
		if (pthread_create(&t, NULL, serve, (void *)(intptr_t)conn))
			return 1;
		pthread_detach(t);
	}
}
