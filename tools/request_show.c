/*
 * request_show.c - paxgate request show: one request, what was written, its steps
 */
#include "base/json.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/register_cli.h"
#include "tools/request_result.h"
#include "tools/request_words.h"

#include <stdio.h>

static struct request_cli cli;
static bool words;

/* clang-format off */
static const struct opt opts[] = {
	REQUEST_OPTS(cli),
	CONSULT_OPTS(cli.consult),
	{ "words", 'w', NULL, OPT_FLAG, &words, "grounds and the like, and what was searched for; for a purpose" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage usage = {
	"request show",
	"[OPTIONS] REQUEST",
	"Show a request and its steps; with --words the sentences of its form, "
	"which a court\nreads before it decides, and what was searched for: "
	"personal data, so with --purpose,\n--offence and --case, and on "
	"record. Notices that recall what was disclosed are\nprinted again.",
	opts,
	"  paxgate request show 9f3c01d2a4b5c6d7\n"
	"  paxgate request show --words --purpose investigation --offence 04 "
	"\\\n    --case 26-114 9f3c01d2a4b5c6d7\n",
};

static void put_time(struct buf *out, const char *before, struct moment m)
{
	if (!moment_is_set(m))
		return;
	buf_z(out, before);
	moment_write(out, m, true);
}

static void put_text(struct buf *out, const char *before, struct str s)
{
	if (s.ptr)
		buf_fmt(out, "%s" STR_FMT, before, STR_ARG(s));
}

static void put_request(struct buf *out, const struct request *r)
{
	buf_fmt(out, "%s  " STR_FMT "  " STR_FMT "\n",
		request_name_of(r->id).text, STR_ARG(r->kind),
		STR_ARG(r->state));
	buf_fmt(out, "case       " STR_FMT ", offence " STR_FMT ", " STR_FMT,
		STR_ARG(r->case_id), STR_ARG(r->offence),
		STR_ARG(r->requester));
	buf_fmt(out, "\npersons    " STR_FMT "\nfields    ",
		STR_ARG(r->persons));
	for (uint32_t i = 0; i < r->fields.nr; i++)
		buf_fmt(out, " " STR_FMT, STR_ARG(r->fields.v[i]));
	buf_fmt(out, "\nrows       %d, found %lld, transfers %lld", r->row_cap,
		(long long)r->found.v, (long long)r->transfers.v);
	if (r->from) {
		buf_fmt(out, "\nspan       %s to ",
			register_day_text(r->from).text);
		buf_z(out, register_day_text(r->until).text);
		buf_z(out, r->alike ? ", also by likeness" : "");
	}
	put_time(out, "\nurgent     its review has to come by ", r->decide_by);
	buf_byte(out, '\n');
}

static void put_step(struct buf *out, const struct request_step *s)
{
	buf_fmt(out, "  %d  ", s->nr);
	moment_write(out, s->at, true);
	buf_fmt(out, "  %-8.*s  %-8.*s  " STR_FMT, STR_ARG(s->step),
		STR_ARG(s->state), STR_ARG(s->actor));
	put_text(out, " of ", s->authority);
	put_text(out, ", decision ", s->decision);
	put_text(out, ", ", s->reason);
	put_time(out, ", until ", s->until);
	if (s->results.set)
		buf_fmt(out, ", %lld travellers", (long long)s->results.v);
	buf_byte(out, '\n');
}

/* Each sentence on a line; as JSON, so that none controls the terminal. */
static int put_words(struct buf *out, const struct request *r,
		     const struct request_step *s, uint32_t nr, struct err *e)
{
	struct str text;

	if (request_open_words(&text, &cli, r, r->sealed, e) ||
	    request_put_lines(out, text, e))
		return e->code;
	for (uint32_t i = 0; i < nr; i++) {
		struct json j;

		if (!s[i].sealed.ptr)
			continue;
		if (request_open_words(&text, &cli, r, s[i].sealed, e))
			return e->code;
		buf_fmt(out, "searched for, step %d: ", s[i].nr);
		json_init(&j, out);
		json_str(&j, NULL, text);
		buf_byte(out, '\n');
	}
	return 0;
}

static int record(const struct request *r, struct err *e)
{
	struct request_name name = request_name_of(r->id);
	struct audit_event ev = request_said(&cli);

	ev.operation = AUDIT_CONSULT;
	ev.request_id = str_of(name.text);
	return audit_record(cli.pg, &ev, e);
}

static int show(struct buf *out, int64_t id, struct err *e)
{
	struct request r;
	struct request_step *s;
	uint32_t nr;

	if (words ? request_cli_consult(&cli, e) || request_cli_keys(&cli, e) ||
			    request_same(&r, &cli, id, e) || record(&r, e)
		  : request_cli_open(&cli, e) ||
			    request_get(&r, cli.pg, id, &cli.arena, e))
		return e->code;
	if (request_steps(&s, &nr, cli.pg, id, &cli.arena, e))
		return e->code;
	put_request(out, &r);
	if (words && put_words(out, &r, s, nr, e))
		return e->code;
	buf_z(out, "steps\n");
	for (uint32_t i = 0; i < nr; i++)
		put_step(out, &s[i]);
	return 0;
}

int request_show_verb(int argc, char **argv)
{
	struct buf out = { 0 };
	struct err e = { 0 };
	int64_t id;
	int rc;

	if (!request_operand(&id, &rc, &usage, argc, argv))
		return rc;
	if (!show(&out, id, &e)) {
		fwrite(out.data ? out.data : "", 1, out.len, stdout);
		(void)!request_print_recalls(cli.pg, id, &cli.arena, &e);
	}
	buf_release(&out);
	request_cli_close(&cli);
	return e.code ? tool_fail("request show", &e) : EXIT_OK;
}
