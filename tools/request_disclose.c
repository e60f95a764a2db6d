/*
 * request_disclose.c - paxgate request disclose: the file that goes out
 */
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/request_result.h"
#include "tools/request_words.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* Art. 7(4), 7(5); C-817/19, 232-237. */
#define CONDITIONS                                                            \
	"For the case above alone, to prevent, detect, investigate or "       \
	"prosecute terrorist offences or serious crime; no decision with an " \
	"adverse legal effect may rest on it alone. Not to be passed on."

static struct request_cli cli;
static const char *out_file, *row_list;

/* clang-format off */
static const struct opt opts[] = {
	REQUEST_OPTS(cli),
	CONSULT_OPTS(cli.consult),
	{ "out", 'o', "FILE", OPT_TEXT, &out_file, "where to; it may not be there" },
	{ "rows", 0, "N,...", OPT_TEXT, &row_list, "numbers of the rows found (all)" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage usage = {
	"request disclose",
	"[OPTIONS] --out FILE REQUEST",
	"Write what was found for the authority that asked: one JSON object "
	"with a watermark\n(request, case, authority, who, when), the "
	"conditions of use and the rows, of each\nthe fields asked for. "
	"Entered in the register of transfers with the file's hash.\nThe file "
	"is personal data in clear, for its recipient alone (mode 0600).",
	opts,
	"  paxgate request disclose --purpose investigation --offence 04 "
	"--case 26-114 \\\n    --out answer.json --rows 1,3 "
	"9f3c01d2a4b5c6d7\n",
};

/* Numbers of --rows, or of all that were found. */
static int read_rows(struct row_tokens *rows, const struct request_found *f,
		     uint32_t nr, struct err *e)
{
	struct str list = str_of(row_list);
	int64_t *v = NULL;

	rows->nr = 0;
	for (uint32_t i = 0; !row_list && i < nr; i++)
		*(int64_t *)arena_push(&cli.arena, &v, &rows->nr, sizeof(*v)) =
			f[i].row_nr;
	while (list.ptr) {
		int64_t n;

		if (!str_to_i64(str_trim(str_split(&list, ',')), &n))
			return err_at(e, ERR_USAGE, 0,
				      "--rows takes numbers, as 1,3");
		*(int64_t *)arena_push(&cli.arena, &v, &rows->nr, sizeof(*v)) =
			n;
	}
	rows->v = v;
	return 0;
}

/* Nothing was found, or may be given: the database says why, on record. */
static int refuse(const struct request *r, int64_t transfer, struct err *e)
{
	static const uint8_t nothing[CRYPT_HASH_LEN];
	struct audit_event ev = request_said(&cli);
	struct row_tokens rows = { NULL, 0 };
	struct str hash = { (const char *)nothing, sizeof(nothing) };

	return request_disclose(cli.pg, r->id, transfer, &rows, hash, &ev, e);
}

static bool is_wanted(const struct row_tokens *rows, int32_t nr)
{
	for (uint32_t i = 0; i < rows->nr; i++)
		if (rows->v[i] == nr)
			return true;
	return false;
}

static int write_answer(struct buf *out, const struct request *r,
			int64_t transfer, const struct row_tokens *rows,
			const struct request_found *f, uint32_t nr,
			struct err *e)
{
	struct text_list fields = { (struct str *)r->fields.v, r->fields.nr };
	struct moment now = { (int64_t)time(NULL), MOMENT_SECOND };
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_z(&j, "disclosure", request_name_of(transfer).text);
	request_put_mark(&j, r, pg_role(cli.pg), now);
	json_bool(&j, "reviewed", str_eq(r->state, STR("approved")));
	json_str(&j, "court", r->court);
	json_str(&j, "decision", r->decision);
	json_z(&j, "conditions", CONDITIONS);
	json_open(&j, "rows", '[');
	for (uint32_t i = 0; i < nr && !e->code; i++)
		if (is_wanted(rows, f[i].row_nr))
			(void)!request_put_found(&j, &f[i], &fields, &cli, e);
	json_close(&j, ']');
	json_close(&j, '}');
	buf_byte(out, '\n');
	if (!e->code && out->failed)
		(void)err_at(e, ERR_NOMEM, 0, "out of memory");
	return e->code;
}

/* The file is there before the register says so; without it, it goes. */
static int give(const struct request *r, int64_t transfer,
		const struct row_tokens *rows, struct str bytes, struct err *e)
{
	struct audit_event ev = request_said(&cli);
	uint8_t hash[CRYPT_HASH_LEN];
	struct str digest = { (const char *)hash, sizeof(hash) };
	char hex[2 * CRYPT_HASH_LEN + 1];

	crypt_hash(hash, "disclosure", &bytes, 1);
	ev.recipient_type = STR("authority");
	ev.recipient = r->requester;
	ev.fields = (struct audit_codes){ r->fields.v, r->fields.nr };
	ev.legal_basis = STR("art-6-2-b");
	ev.review_authority = r->court;
	ev.review_decision = r->decision;
	if (r->urgent)
		ev.urgent = STR("yes");
	if (request_write_private(out_file, bytes, e))
		return e->code;
	if (request_disclose(cli.pg, r->id, transfer, rows, digest, &ev, e)) {
		unlink(out_file);
		return e->code;
	}
	crypt_to_hex(hex, hash, sizeof(hash));
	printf("%s disclosed to " STR_FMT ": %u travellers, hash %s\n",
	       request_name_of(transfer).text, STR_ARG(r->requester), rows->nr,
	       hex);
	return 0;
}

static int disclose(int64_t id, struct err *e)
{
	struct request r;
	struct request_found *f;
	struct row_tokens rows;
	struct buf out = { 0 };
	int64_t transfer;
	uint32_t nr;

	if (request_cli_consult(&cli, e) || request_cli_keys(&cli, e) ||
	    request_same(&r, &cli, id, e) ||
	    request_search_all_found(&f, &nr, cli.pg, id, &cli.arena, e) ||
	    read_rows(&rows, f, nr, e))
		return e->code;
	crypt_random(&transfer, sizeof(transfer));
	if (!nr)
		return refuse(&r, transfer, e);
	if (!write_answer(&out, &r, transfer, &rows, f, nr, e))
		(void)!give(&r, transfer, &rows, buf_view(&out), e);
	if (out.data)
		crypt_wipe(out.data, out.len);
	buf_release(&out);
	return e->code;
}

int request_disclose_verb(int argc, char **argv)
{
	struct err e = { 0 };
	int64_t id;
	int rc;

	if (!request_operand(&id, &rc, &usage, argc, argv))
		return rc;
	if (!out_file)
		return opt_wrong(&usage, "say --out");
	(void)!disclose(id, &e);
	request_cli_close(&cli);
	return e.code ? tool_fail("request disclose", &e) : EXIT_OK;
}
