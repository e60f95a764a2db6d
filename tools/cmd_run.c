/*
 * cmd_run.c - paxgate run: the engine
 */
#include "base/log.h"
#include "engine/engine.h"
#include "tools/cmd.h"
#include "tools/opt.h"
#include "web/metrics.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *config_file, *feed;
static bool drain, random_keys;

static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ "feed", 'f', "DIR", OPT_TEXT, &feed,
	  "put DIR's messages into the topic, new ones as they appear" },
	{ "drain", 'd', NULL, OPT_FLAG, &drain,
	  "end when all messages there are have been committed" },
	{ "random-keys", 0, NULL, OPT_FLAG, &random_keys,
	  "feed any message to any partition (for tests)" },
	{ 0 },
};

static const struct opt_usage usage = {
	"run",
	"[OPTIONS]",
	"Run the engine: consume messages, redact, link, screen, and commit "
	"records, hits\nand offsets to PostgreSQL, one transaction a batch. "
	"Without kafka.brokers a broker\ninside the process is used, which "
	"forgets everything when the process ends.\nSIGTERM or Ctrl-C finishes "
	"the batches in hand and ends with code 0.",
	opts,
	"  paxgate run -c /etc/paxgate.yaml\n"
	"  paxgate run --feed var/day --drain\n",
};

static struct engine *running;

static void on_signal(int number)
{
	(void)number;
	if (running)
		engine_stop(running);
}

static void print_line(const struct engine *en, FILE *to, const char *end)
{
	const struct progress *p = &en->progress;

#define PROGRESS_PRINT(name, word) \
	fprintf(to, "%" PRId64 " " word "  ", atomic_load(&p->name));
	PROGRESS_COUNTERS(PROGRESS_PRINT)
#undef PROGRESS_PRINT
	fputs(end, to);
	fflush(to);
}

/* A live line on a terminal; elsewhere only the last one is printed. */
static void tick(const struct engine *en, void *arg)
{
	(void)arg;
	fputs("\r", stderr);
	print_line(en, stderr, "\033[K");
}

static int run(struct engine *en, struct err *e)
{
	struct engine_options o = { .feed = feed,
				    .drain = drain,
				    .random_keys = random_keys };
	struct sigaction stop = { .sa_handler = on_signal };
	struct metrics *m;
	int rc;

	if (metrics_open(&m, en, e))
		return e->code;

	if (isatty(STDERR_FILENO))
		o.tick = tick;
	running = en;
	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGINT, &stop, NULL);
	rc = engine_run(en, &o, e);
	running = NULL;
	metrics_close(m);
	if (o.tick)
		fputs("\r\033[K", stderr);
	print_line(en, stdout, "\n");
	return rc;
}

int cmd_run(int argc, char **argv)
{
	struct arena a = { 0 };
	struct config c;
	struct err e = { 0 };
	struct engine *en = NULL;
	enum log_level level;
	struct stat st;
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first < argc)
		return opt_wrong(&usage, "takes no '%s'; did you mean --feed?",
				 argv[first]);
	if (feed && (stat(feed, &st) || !S_ISDIR(st.st_mode)))
		return opt_wrong(&usage, "--feed: '%s' is not a folder", feed);
	if (!config_load(&c, config_file, &a, &e)) {
		if (log_level_read(str_of(c.log_level), &level))
			log_level(level);
		else
			err_at(&e, ERR_USAGE, 0,
			       "log.level '%s' is none of debug, info, "
			       "warning, error",
			       c.log_level);
	}
	if (!e.code && !engine_open(&en, &c, &e))
		(void)run(en, &e);
	engine_close(en);
	arena_release(&a);
	if (e.code)
		fprintf(stderr, "paxgate run: %s\n", e.text);
	return err_exit_code(&e);
}
