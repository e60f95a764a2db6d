/*
 * cmd_quarantine.c - messages that were set aside: which and why; once more
 *
 * Rows hold no content of a message: no purpose is asked for.
 */
#include "db/audit.h"
#include "db/outbox.h"
#include "db/query.h"
#include "engine/control.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/opt.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { MOST = 1000, DAYS_MAX = 3650 };

static const char *config_file, *database, *code;
static int64_t days = 7;

#define SETTINGS                                                          \
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },    \
	{                                                                 \
		"database", 'd', "CONNINFO", OPT_TEXT, &database,         \
			"libpq keywords or URI, before the settings' one" \
	}

static const struct opt list_opts[] = {
	SETTINGS,
	{ "days", 0, "N", OPT_INT, &days, "received within so many days (7)" },
	{ "code", 0, "CODE", OPT_TEXT, &code, "of this code alone" },
	{ 0 },
};
static const struct opt one_opts[] = { SETTINGS, { 0 } };

static const struct opt_usage list_usage = {
	"quarantine list",
	"[OPTIONS]",
	"List the messages that were set aside, newest first, at most 1,000: "
	"id, when they\ncame, code, where they stand in the broker.",
	list_opts,
	"  paxgate quarantine list\n"
	"  paxgate quarantine list --days 1 --code scope-unknown\n",
};
static const struct opt_usage show_usage = {
	"quarantine show",
	"[OPTIONS] ID...",
	"Show why a message was set aside, and its shape: letters as x, digits "
	"as 9.",
	one_opts,
	"  paxgate quarantine show 9f3c01d2a4b5c6d7\n",
};
static const struct opt_usage retry_usage = {
	"quarantine retry",
	"[OPTIONS] ID...",
	"Have the engine read a message from the topic once more and take it "
	"up "
	"as if it\ncame now: after an airport was added, a key restored, the "
	"program mended. What is\nstill wrong with it is set aside again. "
	"Refused when the topic no longer holds it:\nthen the carrier has to "
	"send it again.",
	one_opts,
	"  paxgate quarantine retry 9f3c01d2a4b5c6d7\n",
};

static void print_when(struct moment m)
{
	struct buf text = { 0 };

	moment_write(&text, m, true);
	printf("%.*s", (int)text.len, text.data ? text.data : "");
	buf_release(&text);
}

static void print_row(const struct quarantine_row *q)
{
	printf("%016" PRIx64 "  ", (uint64_t)q->quarantine_id);
	print_when(q->received_at);
	printf("  %-14.*s  " STR_FMT " [%d] %lld\n", STR_ARG(q->code),
	       STR_ARG(q->topic), q->part, (long long)q->offset);
}

static int open_all(struct config *c, struct pg **pg, struct arena *a,
		    struct err *e)
{
	return tool_settings(c, config_file, database, a, e) ||
			       database_open_checked(pg, c, e)
		       ? e->code
		       : 0;
}

static int run_list(int argc, char **argv)
{
	struct quarantine_filter f = { .limit = MOST };
	struct quarantine_row *row = NULL;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct pg *pg = NULL;
	struct config c;
	uint32_t nr = 0;
	int rc = opt_parse(&list_usage, argc, argv);

	if (rc < 0)
		return opt_exit(rc);
	if (rc < argc)
		return opt_wrong(&list_usage, "there is nothing to name here");
	if (days < 1 || days > DAYS_MAX)
		return opt_wrong(&list_usage, "--days is from 1 to %d",
				 DAYS_MAX);
	f.since = (struct moment){ time(NULL) - days * SECONDS_PER_DAY,
				   MOMENT_SECOND };
	f.code = str_of(code);
	if (!open_all(&c, &pg, &a, &e))
		(void)!query_quarantine(&row, &nr, pg, &f, &a, &e);
	for (uint32_t i = 0; i < nr && !e.code; i++)
		print_row(&row[i]);
	pg_close(pg);
	arena_release(&a);
	return e.code ? tool_fail("quarantine", &e) : EXIT_OK;
}

static int find(struct quarantine_row **out, struct pg *pg, const char *name,
		struct arena *a, struct err *e)
{
	struct quarantine_filter f = { .id.set = true, .limit = 1 };
	uint64_t id = 0;
	uint32_t nr = 0;
	int used = 0;

	if (strlen(name) > 16 ||
	    sscanf(name, "%" SCNx64 "%n", &id, &used) < 1 || name[used])
		return err_at(e, ERR_USAGE, 0,
			      "'%s' is no id; 'paxgate quarantine list' shows "
			      "them",
			      name);
	f.id.v = (int64_t)id;
	if (query_quarantine(out, &nr, pg, &f, a, e))
		return e->code;
	return nr ? 0
		  : err_at(e, ERR_USAGE, 0, "'%s' is not in quarantine", name);
}

static int show(const struct config *c, struct pg *pg,
		const struct quarantine_row *q, struct err *e)
{
	(void)c, (void)pg, (void)e;
	print_row(q);
	printf("byte %lld of %lld: " STR_FMT "\n" STR_FMT "\n",
	       (long long)q->byte, (long long)q->payload_len,
	       STR_ARG(q->sentence), STR_ARG(q->skeleton));
	return 0;
}

/* The question to the engine and its event, or neither. */
static int ask(struct pg *pg, const struct config *c,
	       const struct quarantine_row *q, struct err *e)
{
	struct buf message = { 0 }, id = { 0 };
	struct str part = { (const char *)&q->quarantine_id,
			    sizeof(q->quarantine_id) };
	struct audit_event ev = { .operation = AUDIT_RETRY,
				  .topic = q->topic,
				  .reason = q->code };
	int rc = pg_script(pg, "asking for a message once more", "BEGIN", e);

	control_write_retry(&message, q);
	buf_fmt(&id, "%016" PRIx64, (uint64_t)q->quarantine_id);
	ev.subject = buf_view(&id);
	if (rc == 0)
		rc = outbox_put(
			pg,
			&(struct outbox_row){
				.outbox_id = crypt_id64("retry", &part, 1),
				.topic = str_of(c->control_topic),
				.key = q->topic,
				.payload = buf_view(&message),
				.created_at = { time(NULL), MOMENT_SECOND } },
			1, e);
	if (rc == 0)
		rc = audit_record(pg, &ev, e);
	if (rc == 0)
		rc = pg_commit(pg, e);
	if (rc)
		pg_rollback(pg);
	buf_release(&message);
	buf_release(&id);
	return rc;
}

static int retry(const struct config *c, struct pg *pg,
		 const struct quarantine_row *q, struct err *e)
{
	struct recall_place at;
	struct buf payload = { 0 };
	int rc;

	if (!*c->brokers || !*c->control_topic)
		return err_at(e, ERR_USAGE, 0,
			      "a retry goes through kafka.control_topic of "
			      "kafka.brokers: name both");
	if (str_eq(q->code, STR("control")))
		return err_at(e, ERR_USAGE, 0,
			      "it is no message of an airline but noise on the "
			      "control topic");
	if (crypt_init(e) || control_place(&at, q, e))
		return e->code;
	rc = recall_message(&payload, c, &at, e);
	crypt_wipe(payload.data, payload.len);
	buf_release(&payload);
	if (rc < 0)
		return rc;
	if (rc == 0)
		return err_at(e, ERR_VALUE, 0,
			      STR_FMT " [%d] no longer holds it at %lld: the "
				      "carrier has to send it again",
			      STR_ARG(q->topic), q->part, (long long)q->offset);
	rc = ask(pg, c, q, e);
	if (rc == 0)
		puts("asked for");
	return rc;
}

/* Do it with each of them, until one fails. */
static int each(const struct opt_usage *usage, int argc, char **argv,
		int (*f)(const struct config *c, struct pg *pg,
			 const struct quarantine_row *q, struct err *e))
{
	struct quarantine_row *q = NULL;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct pg *pg = NULL;
	struct config c;
	int i = opt_parse(usage, argc, argv);

	if (i < 0)
		return opt_exit(i);
	if (i == argc)
		return opt_wrong(usage, "needs an id");
	if (!open_all(&c, &pg, &a, &e))
		for (; i < argc && !e.code; i++)
			if (!find(&q, pg, argv[i], &a, &e) && f(&c, pg, q, &e))
				err_wrap(&e, "%s", argv[i]);
	pg_close(pg);
	arena_release(&a);
	return e.code ? tool_fail("quarantine", &e) : EXIT_OK;
}

static int run_show(int argc, char **argv)
{
	return each(&show_usage, argc, argv, show);
}

static int run_retry(int argc, char **argv)
{
	return each(&retry_usage, argc, argv, retry);
}

int cmd_quarantine(int argc, char **argv)
{
	static const struct cmd_verb verbs[] = {
		{ "list", run_list, "messages that were set aside" },
		{ "show", run_show, "why, and their shape" },
		{ "retry", run_retry, "read them from the topic once more" },
		{ NULL, NULL, NULL },
	};

	return cmd_run_verb("quarantine", verbs, argc, argv);
}
