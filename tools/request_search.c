/*
 * request_search.c - paxgate request search
 */
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/request_query.h"
#include "tools/request_result.h"
#include "tools/request_words.h"

#include <stdio.h>
#include <time.h>

static struct request_cli cli;
static const char *query_file;
static bool as_json;

/* clang-format off */
static const struct opt opts[] = {
	REQUEST_OPTS(cli),
	CONSULT_OPTS(cli.consult),
	{ "for", 'f', "FILE", OPT_TEXT, &query_file, "whom to look for; - is standard input" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage usage = {
	"request search",
	"[OPTIONS] --for FILE REQUEST",
	"Search for an approved request, within its span and rows, and show "
	"the "
	"fields that\nwere asked for. FILE is YAML, closed to others: "
	"surname, given, document, contact,\ncard, locator; all that is named "
	"has to fit. With 'alike: true' (if the request\nhas it) names on the "
	"flights of a carrier are compared by likeness. More than the\nrequest "
	"allows: nothing is shown, ask for less. What is kept masked is not "
	"searched.",
	opts,
	"  paxgate request search --purpose investigation --offence 04 --case "
	"26-114 \\\n    --for who.yaml 9f3c01d2a4b5c6d7\n",
};

static int print_found(const struct request *r, const struct request_found *f,
		       uint32_t nr, struct err *e)
{
	struct text_list fields = { (struct str *)r->fields.v, r->fields.nr };
	struct moment now = { (int64_t)time(NULL), MOMENT_SECOND };
	struct buf out = { 0 }, one = { 0 };
	struct json j;

	if (!as_json)
		request_put_mark_line(&out, r, pg_role(cli.pg), now);
	for (uint32_t i = 0; i < nr && !e->code; i++) {
		buf_clear(&one);
		json_init(&j, &one);
		if (request_put_found(&j, &f[i], &fields, &cli, e))
			break;
		if (as_json) {
			buf_str(&out, buf_view(&one));
			buf_byte(&out, '\n');
		} else {
			(void)!request_put_lines(&out, buf_view(&one), e);
		}
	}
	if (!e->code)
		fwrite(out.data ? out.data : "", 1, out.len, stdout);
	if (!e->code && !as_json)
		printf("%u found\n", nr);
	buf_release(&out);
	buf_release(&one);
	return e->code;
}

static int look(struct request_search *s, const struct request *r,
		const struct request_query *q, struct err *e)
{
	int32_t from, until;

	request_query_span(&from, &until, q, r);
	if (from > until)
		return err_at(e, ERR_USAGE, 0, "'until:' is before 'from:'");
	/* beyond the span: the database refuses, also a day that has no key */
	if (from < r->from || until > r->until)
		return request_search_find(s, from < r->from ? from : until,
					   &(struct request_asked){ 0 }, e);
	if (q->alike)
		return request_query_alike(s, &cli, q, from, until, e);
	for (int32_t day = from; day <= until; day++)
		if (request_query_exact(s, &cli, q, day, e))
			return e->code;
	return 0;
}

static int search(int64_t id, struct err *e)
{
	struct audit_event ev;
	struct request r;
	struct request_query q;
	struct request_search s;
	struct request_found *found;
	struct str asked;
	uint32_t nr;

	if (request_cli_consult(&cli, e) || request_cli_keys(&cli, e) ||
	    request_same(&r, &cli, id, e) ||
	    request_query_read(&q, query_file, &cli.arena, e))
		return e->code;
	if (request_seal_words(&asked, &cli, r.opened_on, id, q.text, e))
		return e->code;
	ev = request_said(&cli);
	ev.row_cap = (struct audit_count){ r.row_cap, true };
	ev.fields = (struct audit_codes){ r.fields.v, r.fields.nr };
	if (request_search_begin(&s, cli.pg, id, &ev, &cli.arena, e))
		return e->code;
	if (look(&s, &r, &q, e)) {
		request_search_abort(&s);
		return e->code;
	}
	if (request_search_end(&s, asked, &found, &nr, e))
		return e->code;
	return print_found(&r, found, nr, e);
}

int request_search_verb(int argc, char **argv)
{
	struct err e = { 0 };
	int64_t id;
	int rc;

	if (!request_operand(&id, &rc, &usage, argc, argv))
		return rc;
	if (!query_file)
		return opt_wrong(&usage, "say --for");
	(void)!search(id, &e);
	request_cli_close(&cli);
	return e.code ? tool_fail("request search", &e) : EXIT_OK;
}
