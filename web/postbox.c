#include "web/postbox.h"

#include "engine/feeder.h"
#include "engine/test_fault.h"

#include <pthread.h>
#include <stdlib.h>

enum {
	BY_KEY = -1
}; /* partition: one interchange's records keep their order */

/* One postbox_send(), on the stack of the thread that waits in it. */
struct letter {
	const struct parcel *parcel;
	uint32_t nr;
	bool done;
	struct err e;
	struct letter *next;
};

struct postbox {
	const struct config *config;
	struct config notes_config; /* with the status topic */
	const uint8_t *key;
	/* the thread's; NULL: to be opened */
	struct producer *producer, *notes;
	struct feeder feeder;
	pthread_t thread;
	pthread_mutex_t lock; /* of what stands below */
	pthread_cond_t came, done;
	struct letter *first, **last;
	bool stop;
};

/* ---- the thread ---- */

static void disconnect(struct postbox *b)
{
	feeder_release(&b->feeder);
	producer_close(b->producer);
	producer_close(b->notes);
	b->producer = b->notes = NULL;
}

static int connect(struct postbox *b, struct err *e)
{
	if (b->producer)
		return 0;
	if (producer_open(&b->producer, b->config, e) == 0 &&
	    feeder_init(&b->feeder, b->producer, b->key,
			(size_t)b->config->message_bytes, e) == 0 &&
	    (!*b->config->status_topic ||
	     producer_open(&b->notes, &b->notes_config, e) == 0))
		return 0;
	disconnect(b);
	return e->code;
}

/* Hand a letter to the producers; it may be refused as a whole. */
static void post(struct postbox *b, struct letter *l)
{
	for (uint32_t i = 0; i < l->nr && !l->e.code; i++) {
		const struct parcel *p = &l->parcel[i];

		if ((!p->payload.ptr ||
		     feed_payload(&b->feeder, p->payload, NULL, &l->e) == 0) &&
		    b->notes && p->note_key.ptr)
			(void)!producer_send(b->notes, BY_KEY, p->note_key,
					     p->note, &l->e);
	}
}

/* Send letters that came together, and wait for the broker. */
static void send_all(struct postbox *b, struct letter *first)
{
	struct err e = { 0 };

	if (connect(b, &e) == 0) {
		for (struct letter *l = first; l; l = l->next)
			post(b, l);
		/* which of them it lacks is not known: all are told */
		if (producer_flush(b->producer, POSTBOX_MS, &e) ||
		    (b->notes && producer_flush(b->notes, POSTBOX_MS, &e)))
			disconnect(b);
		else
			test_fault_at("acknowledged", NULL);
	}
	for (struct letter *l = first; l && e.code; l = l->next)
		err_at(&l->e, e.code, 0, "%s", e.text);
}

static struct letter *take_all(struct postbox *b, bool *stop)
{
	struct letter *first;

	pthread_mutex_lock(&b->lock);
	while (!b->first && !b->stop)
		pthread_cond_wait(&b->came, &b->lock);
	first = b->first;
	b->first = NULL;
	b->last = &b->first;
	*stop = b->stop;
	pthread_mutex_unlock(&b->lock);
	return first;
}

static void *carry(void *arg)
{
	struct postbox *b = arg;
	bool stop = false;

	while (!stop) {
		struct letter *first = take_all(b, &stop), *next;

		if (!first)
			continue;
		send_all(b, first);
		pthread_mutex_lock(&b->lock);
		for (; first; first = next) {
			next = first->next; /* its thread may go on at once */
			first->done = true;
		}
		pthread_cond_broadcast(&b->done);
		pthread_mutex_unlock(&b->lock);
	}
	disconnect(b);
	return NULL;
}

/* ---- any thread ---- */

int postbox_open(struct postbox **out, const struct config *config,
		 const uint8_t key[CRYPT_KEY_LEN], struct err *e)
{
	struct postbox *b = calloc(1, sizeof(*b));

	if (!b)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	b->config = config;
	b->notes_config = *config;
	b->notes_config.topic = config->status_topic;
	b->key = key;
	b->last = &b->first;
	pthread_mutex_init(&b->lock, NULL);
	pthread_cond_init(&b->came, NULL);
	pthread_cond_init(&b->done, NULL);
	if (pthread_create(&b->thread, NULL, carry, b)) {
		free(b);
		return err_at(e, ERR_NOMEM, 0, "cannot start a thread");
	}
	*out = b;
	return 0;
}

int postbox_send(struct postbox *b, const struct parcel *parcel, uint32_t nr,
		 struct err *e)
{
	struct letter l = { .parcel = parcel, .nr = nr };

	pthread_mutex_lock(&b->lock);
	*b->last = &l;
	b->last = &l.next;
	pthread_cond_signal(&b->came);
	while (!l.done)
		pthread_cond_wait(&b->done, &b->lock);
	pthread_mutex_unlock(&b->lock);
	return l.e.code ? err_at(e, l.e.code, 0, "%s", l.e.text) : 0;
}

void postbox_close(struct postbox *b)
{
	if (!b)
		return;
	pthread_mutex_lock(&b->lock);
	b->stop = true;
	pthread_cond_signal(&b->came);
	pthread_mutex_unlock(&b->lock);
	pthread_join(b->thread, NULL);
	pthread_cond_destroy(&b->came);
	pthread_cond_destroy(&b->done);
	pthread_mutex_destroy(&b->lock);
	free(b);
}
