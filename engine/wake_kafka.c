#include "engine/wake_kafka.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

enum { SET_BACK_MS = 50 }; /* more than the grain of both clocks */

static int64_t clock_ms(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t lead_ms(void)
{
	return clock_ms(CLOCK_REALTIME_COARSE) -
	       clock_ms(CLOCK_MONOTONIC_COARSE);
}

int wake_open(struct wake *w, rd_kafka_t *rk, struct err *e)
{
	static const uint64_t one = 1;
	rd_kafka_queue_t *q = rd_kafka_queue_get_consumer(rk);

	w->fd = q ? eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC) : -1;
	if (w->fd >= 0)
		rd_kafka_queue_io_event_enable(q, w->fd, &one, sizeof(one));
	if (q)
		rd_kafka_queue_destroy(q);
	w->lead_ms = lead_ms();
	return w->fd >= 0 ? 0
			  : err_at(e, ERR_IO, 0, "cannot watch Kafka's queue");
}

/* Until the queue, found empty before, has something in it. */
static void wait_for_event(const struct wake *w, int64_t ms)
{
	struct pollfd p = { w->fd, POLLIN, 0 };
	uint64_t times;

	if (poll(&p, 1, (int)ms) > 0 && read(w->fd, &times, sizeof(times)) < 0)
		return; /* it was empty after all: as good as a time-out */
}

/* Rouse the threads of `rk` if the wall clock has been set back. */
static void look_at_clock(struct wake *w, rd_kafka_t *rk)
{
	int64_t lead = lead_ms();
	rd_kafka_topic_partition_list_t *unused = NULL;

	/* a question that its main thread has to answer */
	if (lead < w->lead_ms - SET_BACK_MS &&
	    !rd_kafka_assignment(rk, &unused))
		rd_kafka_topic_partition_list_destroy(unused);
	w->lead_ms = lead;
}

rd_kafka_message_t *wake_poll(struct wake *w, rd_kafka_t *rk, int ms)
{
	int64_t until = clock_ms(CLOCK_MONOTONIC) + ms;

	look_at_clock(w, rk);
	for (;;) {
		rd_kafka_message_t *got = rd_kafka_consumer_poll(rk, 0);
		int64_t left = got ? 0 : until - clock_ms(CLOCK_MONOTONIC);

		if (left <= 0)
			return got;
		wait_for_event(w, left);
	}
}

void wake_close(struct wake *w, rd_kafka_t *rk)
{
	rd_kafka_queue_t *q = rd_kafka_queue_get_consumer(rk);

	if (w->fd < 0)
		return;
	if (q) {
		rd_kafka_queue_io_event_enable(q, -1, NULL, 0);
		rd_kafka_queue_destroy(q);
	}
	close(w->fd);
	w->fd = -1;
}
