/*
 * request_open.c - paxgate request open
 */
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/request_words.h"

#include <stdio.h>

static struct request_cli cli;
static const char *form, *empty;

/* clang-format off */
static const struct opt opts[] = {
	REQUEST_OPTS(cli),
	{ "form", 'f', "FILE", OPT_TEXT, &form, "the form, filled in; - is standard input" },
	{ "empty", 0, "FILE", OPT_TEXT, &empty, "write an empty form there instead" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage usage = {
	"request open",
	"[OPTIONS] --form FILE | --empty FILE",
	"Enter the request of an authority for what is held of travellers: "
	"case, offence,\ngrounds, what is new since the assessment before "
	"travel, the span of days, the\nfields that are needed, how many "
	"travellers at most. It is answered once a court\nor independent "
	"authority approved it; one with 'urgent:' and a reason at once, "
	"with\nthe review to follow within hours (ref.request_limit). The "
	"file is for you alone\n(mode 0600); its sentences are sealed before "
	"they are stored.",
	opts,
	"  paxgate request open --empty ask.yaml\n"
	"  paxgate request open --form ask.yaml\n",
};

/* The offence is one of the catalogue, in force today: as for whoever looks. */
static int open_request(struct err *e)
{
	struct request_form f;
	struct request_new n;
	struct audit_event ev = { .at_ms = 0 };

	if (request_cli_open(&cli, e) || request_cli_keys(&cli, e) ||
	    request_read_form(&f, REQUEST_SEARCH, form, &cli.arena, e) ||
	    request_check_offence(&cli, f.offence, e) ||
	    request_make(&n, &cli, &f, e))
		return e->code;
	ev.offence = f.offence;
	if (!request_open(cli.pg, &n, &ev, e))
		printf("%s %s\n", request_name_of(n.id).text,
		       n.urgent ? "urgent" : "open");
	return e->code;
}

static int write_empty(struct err *e)
{
	struct buf out = { 0 };
	int rc;

	request_form_write(&out, REQUEST_SEARCH);
	rc = request_write_private(empty, buf_view(&out), e);
	buf_release(&out);
	return rc;
}

int request_open_verb(int argc, char **argv)
{
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first < argc)
		return opt_wrong(&usage, "takes no '%s'", argv[first]);
	if (!form == !empty)
		return opt_wrong(&usage, "say --form or --empty");
	(void)!(form ? open_request(&e) : write_empty(&e));
	request_cli_close(&cli);
	return e.code ? tool_fail("request open", &e) : EXIT_OK;
}
