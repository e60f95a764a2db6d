/*
 * request_list.c - paxgate request list: the registers
 */
#include "base/json_write.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/register_cli.h"
#include "tools/request_cli.h"

#include <stdio.h>

static struct request_cli cli;
static const char *state;
static bool as_json, transfers;

/* clang-format off */
static const struct opt opts[] = {
	REQUEST_OPTS(cli),
	{ "state", 's', "STATE", OPT_TEXT, &state, "open, urgent, approved, refused, lapsed or closed (all)" },
	{ "transfers", 't', NULL, OPT_FLAG, &transfers, "the register of transfers instead" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage usage = {
	"request list",
	"[OPTIONS]",
	"The register of requests (Art. 13(5)(b)), those refused, lapsed and "
	"of unmasking\nincluded, newest first; or of what was disclosed on "
	"them, and recalled. No traveller\nstands in it.",
	opts,
	"  paxgate request list --state open\n"
	"  paxgate request list --transfers --json\n",
};

static void put_moment(struct buf *out, struct moment m)
{
	size_t at = out->len;

	moment_write(out, m, true);
	if (out->len == at)
		buf_byte(out, '-');
	while (!out->failed && out->len < at + 22)
		buf_byte(out, ' ');
}

static void request_json(struct buf *out, const struct request *r)
{
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_z(&j, "request", request_name_of(r->id).text);
	json_str(&j, "kind", r->kind);
	json_str(&j, "state", r->state);
	json_str(&j, "case", r->case_id);
	json_str(&j, "offence", r->offence);
	json_str(&j, "authority", r->requester);
	json_str(&j, "persons", r->persons);
	json_open(&j, "fields", '[');
	for (uint32_t i = 0; i < r->fields.nr; i++)
		json_str(&j, NULL, r->fields.v[i]);
	json_close(&j, ']');
	json_z(&j, "from", r->from ? register_day_text(r->from).text : NULL);
	json_z(&j, "until", r->until ? register_day_text(r->until).text : NULL);
	json_int(&j, "rows", r->row_cap);
	json_bool(&j, "alike", r->alike);
	json_bool(&j, "urgent", r->urgent);
	json_moment(&j, "decide_by", r->decide_by, true);
	json_str(&j, "opened_by", r->opened_by);
	json_str(&j, "acting_as", r->acting_as);
	json_moment(&j, "opened_at", r->opened_at, true);
	json_str(&j, "court", r->court);
	json_str(&j, "decision", r->decision);
	json_moment(&j, "approved_until", r->approved_until, true);
	json_int(&j, "found", r->found.v);
	json_int(&j, "transfers", r->transfers.v);
	json_close(&j, '}');
	buf_byte(out, '\n');
}

static void request_line(struct buf *out, const struct request *r)
{
	buf_fmt(out, "%s  %-6.*s  %-8.*s  ", request_name_of(r->id).text,
		STR_ARG(r->kind), STR_ARG(r->state));
	put_moment(out, r->opened_at);
	buf_fmt(out,
		"%-12.*s  %-4.*s  %-16.*s  %-16.*s  %5lld  %4lld  " STR_FMT
		"\n",
		STR_ARG(r->requester), STR_ARG(r->offence), STR_ARG(r->case_id),
		STR_ARG(r->court), (long long)r->found.v,
		(long long)r->transfers.v, STR_ARG(r->opened_by));
}

static void transfer_json(struct buf *out, const struct transfer *t)
{
	char hash[2 * CRYPT_HASH_LEN + 1] = "";
	struct json j;

	if (t->file_hash.len == CRYPT_HASH_LEN)
		crypt_to_hex(hash, (const uint8_t *)t->file_hash.ptr,
			     t->file_hash.len);
	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_z(&j, "transfer", request_name_of(t->id).text);
	json_z(&j, "request", request_name_of(t->request).text);
	json_str(&j, "case", t->case_id);
	json_str(&j, "offence", t->offence);
	json_str(&j, "recipient", t->recipient);
	json_moment(&j, "at", t->at, true);
	json_str(&j, "by", t->actor);
	json_z(&j, "hash", hash);
	json_int(&j, "travellers", t->subjects);
	json_open(&j, "fields", '[');
	for (uint32_t i = 0; i < t->fields.nr; i++)
		json_str(&j, NULL, t->fields.v[i]);
	json_close(&j, ']');
	json_moment(&j, "recalled_at", t->recalled_at, true);
	json_str(&j, "recalled_why", t->recalled_why);
	json_close(&j, '}');
	buf_byte(out, '\n');
}

static void transfer_line(struct buf *out, const struct transfer *t)
{
	buf_fmt(out, "%s  ", request_name_of(t->id).text);
	buf_fmt(out, "%s  ", request_name_of(t->request).text);
	put_moment(out, t->at);
	buf_fmt(out, "%-12.*s  %-16.*s  %5d  ", STR_ARG(t->recipient),
		STR_ARG(t->case_id), t->subjects);
	put_moment(out, t->recalled_at);
	buf_fmt(out, STR_FMT "\n", STR_ARG(t->actor));
}

static int list_requests(struct buf *out, struct err *e)
{
	struct request *r;
	uint32_t nr;

	if (request_list(&r, &nr, cli.pg, NULL, str_of(state), &cli.arena, e))
		return e->code;
	if (!as_json)
		buf_fmt(out,
			"%-16s  %-6s  %-8s  %-20s  %-12s  %-4s  %-16s  %-16s  "
			"%5s  %4s  %s\n",
			"REQUEST", "KIND", "STATE", "OPENED", "AUTHORITY",
			"OFF.", "CASE", "COURT", "FOUND", "OUT", "BY");
	for (uint32_t i = 0; i < nr; i++)
		(as_json ? request_json : request_line)(out, &r[i]);
	return 0;
}

static int list_transfers(struct buf *out, struct err *e)
{
	struct transfer *t;
	uint32_t nr;

	if (transfer_list(&t, &nr, cli.pg, NULL, &cli.arena, e))
		return e->code;
	if (!as_json)
		buf_fmt(out,
			"%-16s  %-16s  %-20s  %-12s  %-16s  %5s  %-20s  %s\n",
			"TRANSFER", "REQUEST", "AT", "RECIPIENT", "CASE", "PAX",
			"RECALLED", "BY");
	for (uint32_t i = 0; i < nr; i++)
		(as_json ? transfer_json : transfer_line)(out, &t[i]);
	return 0;
}

/* A state that nobody knows lists nothing, which would look like "none". */
static bool is_state(const char *word)
{
	for (int s = REQUEST_NONE + 1; s < REQUEST_STATES; s++)
		if (str_eq(str_of(word),
			   str_of(request_state_word((enum request_state)s))))
			return true;
	return false;
}

int request_list_verb(int argc, char **argv)
{
	struct buf out = { 0 };
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first < argc)
		return opt_wrong(&usage, "takes no '%s'", argv[first]);
	if (state && !is_state(state))
		return opt_wrong(&usage, "'%s' is no state", state);
	if (!request_cli_open(&cli, &e))
		(void)!(transfers ? list_transfers : list_requests)(&out, &e);
	if (!e.code)
		fwrite(out.data ? out.data : "", 1, out.len, stdout);
	buf_release(&out);
	request_cli_close(&cli);
	return e.code ? tool_fail("request list", &e) : EXIT_OK;
}
