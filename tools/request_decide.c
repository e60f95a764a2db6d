/*
 * request_decide.c - paxgate request approve, refuse, close and lapse
 */
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/request_cli.h"

#include <stdio.h>
#include <time.h>

enum { PRESET_DAYS = 7 };

static struct request_cli cli;
static const char *decision, *until, *reason;

/* clang-format off */
static const struct opt approve_opts[] = {
	REQUEST_OPTS(cli),
	{ "decision", 0, "NUMBER", OPT_TEXT, &decision, "number of the decision at the court" },
	{ "until", 0, "TIME", OPT_TEXT, &until, "how long it holds, UTC: 2026-12-01T12:00 (7 days)" },
	{ 0 },
};

static const struct opt refuse_opts[] = {
	REQUEST_OPTS(cli),
	{ "decision", 0, "NUMBER", OPT_TEXT, &decision, "number of the decision at the court" },
	{ "reason", 'r', "CODE", OPT_TEXT, &reason, "why: a code of ref.request_reason, see doc/requests.md" },
	{ 0 },
};

static const struct opt close_opts[] = {
	REQUEST_OPTS(cli),
	{ "reason", 'r', "CODE", OPT_TEXT, &reason,
	  "answered, nothing-found, withdrawn, not-reasoned or over" },
	{ 0 },
};

static const struct opt lapse_opts[] = {
	REQUEST_OPTS(cli),
	{ 0 },
};
/* clang-format on */

static const struct opt_usage approve_usage = {
	"request approve",
	"[OPTIONS] REQUEST",
	"Approve a request, as a court or independent authority: the session "
	"user's account\nacts for one that is registered, and is neither of "
	"the PIU nor of the authority\nthat asks (C-817/19, 222-226, 245). "
	"Read the grounds first: 'request show --words'.",
	approve_opts,
	"  paxgate request approve --decision 5Hv-12/26 9f3c01d2a4b5c6d7\n",
};

static const struct opt_usage refuse_usage = {
	"request refuse",
	"[OPTIONS] REQUEST",
	"Refuse a request, as a court or independent authority. What an urgent "
	"one disclosed\nis recalled: notices for its recipients are printed.",
	refuse_opts,
	"  paxgate request refuse --decision 5Hv-12/26 --reason grounds "
	"9f3c01d2a4b5c6d7\n",
};

static const struct opt_usage close_usage = {
	"request close",
	"[OPTIONS] REQUEST",
	"End a request: nothing more is answered. 'not-reasoned' is the PIU's "
	"own refusal.\nAn urgent one is closed after its review.",
	close_opts,
	"  paxgate request close --reason answered 9f3c01d2a4b5c6d7\n",
};

static const struct opt_usage lapse_usage = {
	"request lapse",
	"[OPTIONS]",
	"End urgent requests whose review did not come in time, and print "
	"notices that recall\nwhat was disclosed. For a timer; nothing is "
	"answered meanwhile either.",
	lapse_opts,
	"  paxgate request lapse -c /etc/paxgate.yaml\n",
};

static int approve(int64_t id, struct err *e)
{
	struct audit_event ev = { .at_ms = 0 };
	struct moment to = { (int64_t)time(NULL) +
				     PRESET_DAYS * SECONDS_PER_DAY,
			     MOMENT_SECOND };

	if (until && !moment_read(str_of(until), &to))
		return err_at(e, ERR_USAGE, 0,
			      "'%s' is no time; write 2026-12-01T12:00", until);
	return request_approve(cli.pg, id, str_of(decision), to, &ev, e);
}

static int refuse(int64_t id, struct err *e)
{
	struct audit_event ev = { .at_ms = 0 };

	if (request_refuse(cli.pg, id, str_of(decision), str_of(reason), &ev,
			   e))
		return e->code;
	return request_print_recalls(cli.pg, id, &cli.arena, e);
}

static int close_it(int64_t id, struct err *e)
{
	struct audit_event ev = { .at_ms = 0 };

	return request_close(cli.pg, id, str_of(reason), &ev, e);
}

static int run(const struct opt_usage *u, int argc, char **argv,
	       const char *missing, const char *became,
	       int (*act)(int64_t id, struct err *e))
{
	struct err e = { 0 };
	int64_t id;
	int rc;

	if (!request_operand(&id, &rc, u, argc, argv))
		return rc;
	if ((u != &close_usage && !decision) ||
	    (u != &approve_usage && !reason))
		return opt_wrong(u, "say %s", missing);
	if (!request_cli_open(&cli, &e) && !act(id, &e))
		printf("%s %s\n", request_name_of(id).text, became);
	request_cli_close(&cli);
	return e.code ? tool_fail(u->command, &e) : EXIT_OK;
}

int request_approve_verb(int argc, char **argv)
{
	return run(&approve_usage, argc, argv, "--decision", "approved",
		   approve);
}

int request_refuse_verb(int argc, char **argv)
{
	return run(&refuse_usage, argc, argv, "--decision and --reason",
		   "refused", refuse);
}

int request_close_verb(int argc, char **argv)
{
	return run(&close_usage, argc, argv, "--reason", "closed", close_it);
}

static int lapse(struct err *e)
{
	int64_t *id;
	uint32_t nr;

	if (request_cli_open(&cli, e) ||
	    request_lapse(&id, &nr, cli.pg, &cli.arena, e))
		return e->code;
	for (uint32_t i = 0; i < nr; i++) {
		printf("%s lapsed\n", request_name_of(id[i]).text);
		if (request_print_recalls(cli.pg, id[i], &cli.arena, e))
			return e->code;
	}
	return 0;
}

int request_lapse_verb(int argc, char **argv)
{
	struct err e = { 0 };
	int first = opt_parse(&lapse_usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first < argc)
		return opt_wrong(&lapse_usage, "takes no '%s'", argv[first]);
	(void)!lapse(&e);
	request_cli_close(&cli);
	return e.code ? tool_fail("request lapse", &e) : EXIT_OK;
}
