#include "tools/request_cli.h"

#include "law/keyfile.h"
#include "rules/offences.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/register_cli.h"

#include <stdio.h>

#define LAW "Directive (EU) 2016/681 Art. 6(2)(b)"

int request_cli_open(struct request_cli *c, struct err *e)
{
	if (tool_settings(&c->config, c->config_file, c->database, &c->arena,
			  e) ||
	    crypt_init(e))
		return e->code;
	return database_open_checked(&c->pg, &c->config, e);
}

int request_cli_consult(struct request_cli *c, struct err *e)
{
	if (tool_settings(&c->config, c->config_file, c->database, &c->arena,
			  e) ||
	    crypt_init(e) || consult_words(&c->consult, &c->config, NULL, e) ||
	    database_open_checked(&c->pg, &c->config, e))
		return e->code;
	return consult_account(&c->consult, c->pg, &c->config, NULL, e);
}

int request_cli_keys(struct request_cli *c, struct err *e)
{
	if (key_pair_load(&c->pair, c->config.engine_key, e))
		return config_file_error(e);
	if (key_folder_open(&c->keys, c->config.key_folder, c->pair, e) ||
	    custodians_load(&c->custodians, c->config.custodians, e))
		return e->code;
	key_folder_custodians(c->keys, c->custodians);
	return 0;
}

void request_cli_close(struct request_cli *c)
{
	key_folder_free(c->keys);
	custodians_free(c->custodians);
	key_pair_free(c->pair);
	pg_close(c->pg);
	arena_release(&c->arena);
}

bool request_operand(int64_t *id, int *rc, const struct opt_usage *u, int argc,
		     char **argv)
{
	int first = opt_parse(u, argc, argv);

	*rc = EXIT_OK;
	if (first < 0)
		*rc = opt_exit(first);
	else if (first != argc - 1)
		*rc = opt_wrong(u, "name one request");
	else if (!request_name_read(str_of(argv[first]), id))
		*rc = opt_wrong(u,
				"'%s' is no request; copy it from 'paxgate "
				"request list'",
				argv[first]);
	else
		return true;
	return false;
}

static struct str text_of(const char *z)
{
	return z && *z ? str_of(z) : STR_NONE;
}

struct audit_event request_said(const struct request_cli *c)
{
	return (struct audit_event){ .purpose = text_of(c->consult.purpose),
				     .mode = STR("case-request"),
				     .offence = text_of(c->consult.offence),
				     .case_id = text_of(c->consult.case_id) };
}

int request_same(struct request *r, struct request_cli *c, int64_t id,
		 struct err *e)
{
	struct request_name name = request_name_of(id);
	struct audit_event ev = request_said(c);

	if (request_get(r, c->pg, id, &c->arena, e))
		return e->code;
	if (str_eq(ev.offence, r->offence) && str_eq(ev.case_id, r->case_id))
		return 0;
	ev.operation = AUDIT_CONSULT;
	ev.request_id = str_of(name.text);
	ev.case_id = STR_NONE;
	ev.outcome = STR("refused");
	ev.error = STR("other-case");
	if (audit_record(c->pg, &ev, e))
		return err_wrap(e, "the refusal is not on record");
	return err_at(e, ERR_LEGAL, 0,
		      LAW ": request '%s': --offence and --case are not those "
			  "of the request",
		      name.text);
}

int request_check_offence(const struct request_cli *c, struct str code,
			  struct err *e)
{
	struct date today = date_from_days(register_today());
	struct offences *known = NULL;
	const struct offence *o;

	if (offences_load(&known, c->config.offences, e))
		return config_file_error(e);
	o = offence_find(known, code);
	if (!o || !offence_covers(o, today, today))
		(void)err_at(e, ERR_LEGAL, 0,
			     "Directive (EU) 2016/681 Art. 3(8), 3(9): "
			     "'offence:' is none of the catalogue that is in "
			     "force today; see law.offences");
	offences_free(known);
	return e->code;
}

static void print_recall(const struct transfer *t)
{
	struct buf out = { 0 };
	char hash[2 * CRYPT_HASH_LEN + 1] = "";

	if (t->file_hash.len == CRYPT_HASH_LEN)
		crypt_to_hex(hash, (const uint8_t *)t->file_hash.ptr,
			     t->file_hash.len);
	buf_fmt(&out,
		"RECALL to " STR_FMT "\n"
		"  transfer %s of ",
		STR_ARG(t->recipient), request_name_of(t->id).text);
	moment_write(&out, t->at, true);
	buf_fmt(&out,
		", %d travellers, your file " STR_FMT "\n"
		"  hash of the file: %s\n  Its review %s. Delete the file and "
		"all copies, use nothing of it, and\n  confirm in writing "
		"(C-817/19, 223).\n",
		t->subjects, STR_ARG(t->case_id), hash,
		str_eq(t->recalled_why, STR("lapse")) ? "did not come in time"
						      : "did not approve it");
	fwrite(out.data ? out.data : "", 1, out.len, stdout);
	buf_release(&out);
}

int request_print_recalls(struct pg *pg, int64_t id, struct arena *a,
			  struct err *e)
{
	struct transfer *t;
	uint32_t nr;

	if (transfer_list(&t, &nr, pg, &id, a, e))
		return e->code;
	for (uint32_t i = 0; i < nr; i++)
		if (moment_is_set(t[i].recalled_at))
			print_recall(&t[i]);
	return 0;
}
