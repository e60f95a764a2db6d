/*
 * unmask_list.c - paxgate unmask list and task: the masked view, and what the data
 * protection officer has to look at
 */
#include "base/json_write.h"
#include "db/query.h"
#include "db/unmask.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/register_cli.h"
#include "tools/request_cli.h"

#include <stdio.h>

static struct request_cli cli;
static const char *from, *until, *carrier, *number, *finding, *kind = "unmask";
static bool as_json;

/* clang-format off */
static const struct opt list_opts[] = {
	REQUEST_OPTS(cli),
	{ "from", 0, "DATE", OPT_TEXT, &from, "first day on which the flight was heard of" },
	{ "until", 0, "DATE", OPT_TEXT, &until, "last day (that of --from)" },
	{ "carrier", 0, "CODE", OPT_TEXT, &carrier, "flights of this carrier" },
	{ "number", 0, "NUMBER", OPT_TEXT, &number, "flights of this number" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON" },
	{ 0 },
};

static const struct opt task_opts[] = {
	REQUEST_OPTS(cli),
	{ "finding", 0, "WORD", OPT_TEXT, &finding, "lawful, unlawful or to-authority: it is done" },
	{ "kind", 0, "WORD", OPT_TEXT, &kind, "unmask (the preset) or recall" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage list_usage = {
	"unmask list",
	"[OPTIONS] --from DATE",
	"List records that are kept masked: what Art. 12(2) does not hide of "
	"them, 1000 at\nmost. 'unmask request' takes their names.",
	list_opts,
	"  paxgate unmask list --from 2026-05-22 --carrier X9 --number 101\n",
};

static const struct opt_usage task_usage = {
	"unmask task",
	"[OPTIONS] [REQUEST]",
	"What the data protection officer has to look at afterwards: each "
	"unmasking that was\nseen (Art. 12(3)(b)), and what urgent requests "
	"had to recall. With --finding: REQUEST\nwas looked at.",
	task_opts,
	"  paxgate unmask task\n"
	"  paxgate unmask task --finding lawful 9f3c01d2a4b5c6d7\n",
};

static void view_json(struct buf *out, const struct masked_view *v)
{
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_z(&j, "record", hit_name_of(v->clock_day, v->record_id).text);
	json_str(&j, "carrier", v->carrier);
	json_str(&j, "number", v->number);
	json_str(&j, "origin", v->origin);
	json_str(&j, "destination", v->destination);
	json_moment(&j, "departs", v->departs, false);
	json_open(&j, "seat", '[');
	for (uint32_t i = 0; i < v->seat.nr; i++)
		json_str(&j, NULL, v->seat.v[i]);
	json_close(&j, ']');
	if (v->bag_count.set)
		json_int(&j, "bags", v->bag_count.v);
	json_open(&j, "payment_forms", '[');
	for (uint32_t i = 0; i < v->payment_forms.nr; i++)
		json_str(&j, NULL, v->payment_forms.v[i]);
	json_close(&j, ']');
	json_z(&j, "delete_on", register_day_text(v->delete_on).text);
	json_close(&j, '}');
	buf_byte(out, '\n');
}

static void view_line(struct buf *out, const struct masked_view *v)
{
	buf_fmt(out, "%s  %-3.*s %-5.*s  %.*s-%.*s  ",
		hit_name_of(v->clock_day, v->record_id).text,
		STR_ARG(v->carrier), STR_ARG(v->number), STR_ARG(v->origin),
		STR_ARG(v->destination));
	moment_write(out, v->departs, false);
	for (uint32_t i = 0; i < v->seat.nr; i++)
		buf_fmt(out, "  " STR_FMT, STR_ARG(v->seat.v[i]));
	buf_byte(out, '\n');
}

static int list(int32_t first, int32_t last, struct err *e)
{
	struct buf out = { 0 };
	struct masked_view *v;
	uint32_t nr;

	if (request_cli_open(&cli, e) ||
	    masked_list(&v, &nr, cli.pg, first, last, str_of(carrier),
			str_of(number), &cli.arena, e))
		return e->code;
	for (uint32_t i = 0; i < nr; i++)
		(as_json ? view_json : view_line)(&out, &v[i]);
	fwrite(out.data ? out.data : "", 1, out.len, stdout);
	buf_release(&out);
	return 0;
}

int unmask_list_verb(int argc, char **argv)
{
	struct err e = { 0 };
	int32_t first_day, last_day;
	int first = opt_parse(&list_usage, argc, argv), rc;

	if (first < 0)
		return opt_exit(first);
	if (first < argc)
		return opt_wrong(&list_usage, "takes no '%s'", argv[first]);
	if (!from)
		return opt_wrong(&list_usage, "say --from");
	rc = register_day(&first_day, from, 0, "--from", &list_usage);
	if (!rc)
		rc = register_day(&last_day, until, first_day, "--until",
				  &list_usage);
	if (rc)
		return rc;
	(void)!list(first_day, last_day, &e);
	request_cli_close(&cli);
	return e.code ? tool_fail("unmask list", &e) : EXIT_OK;
}

static void task_json(struct buf *out, const struct dpo_task *t)
{
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_z(&j, "request", request_name_of(t->request).text);
	json_str(&j, "kind", t->kind);
	json_moment(&j, "made_at", t->made_at, true);
	json_z(&j, "due_on", register_day_text(t->due_on).text);
	json_moment(&j, "done_at", t->done_at, true);
	json_str(&j, "done_by", t->done_by);
	json_str(&j, "finding", t->finding);
	json_close(&j, '}');
	buf_byte(out, '\n');
}

static void task_line(struct buf *out, const struct dpo_task *t)
{
	buf_fmt(out, "%s  %-6.*s  due %s  ", request_name_of(t->request).text,
		STR_ARG(t->kind), register_day_text(t->due_on).text);
	if (moment_is_set(t->done_at))
		buf_fmt(out, STR_FMT " by " STR_FMT "\n", STR_ARG(t->finding),
			STR_ARG(t->done_by));
	else
		buf_z(out, "to do\n");
}

static int tasks(struct err *e)
{
	struct buf out = { 0 };
	struct dpo_task *t;
	uint32_t nr;

	if (dpo_task_list(&t, &nr, cli.pg, &cli.arena, e))
		return e->code;
	for (uint32_t i = 0; i < nr; i++)
		(as_json ? task_json : task_line)(&out, &t[i]);
	fwrite(out.data ? out.data : "", 1, out.len, stdout);
	buf_release(&out);
	return 0;
}

int unmask_task_verb(int argc, char **argv)
{
	struct audit_event ev = { .at_ms = 0 };
	struct err e = { 0 };
	int64_t id = 0;
	int first = opt_parse(&task_usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (!finding != (first == argc) || first < argc - 1 ||
	    (finding && !request_name_read(str_of(argv[first]), &id)))
		return opt_wrong(&task_usage,
				 "name one request and its --finding, or "
				 "neither");
	if (!request_cli_open(&cli, &e))
		(void)!(finding ? dpo_task_done(cli.pg, id, str_of(kind),
						str_of(finding), &ev, &e)
				: tasks(&e));
	request_cli_close(&cli);
	return e.code ? tool_fail("unmask task", &e) : EXIT_OK;
}
