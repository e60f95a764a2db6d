/*
 * cmd_retention.c - paxgate retention: masking at six months, deletion
 */
#include "law/keyfile.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/register_cli.h"
#include "tools/retention_cli.h"

static int read_today(struct retention_cli *c, const char *text, bool acts,
		      struct err *e)
{
	struct date d;

	c->today = register_today();
	if (!text)
		return 0;
	if (!date_read(str_of(text), &d) || !date_is_full(d) ||
	    !date_is_valid(d))
		return err_at(e, ERR_USAGE, 0,
			      "--today: '%s' is no date; write 2026-11-22",
			      text);
	if (acts && config_is_production(&c->config))
		return err_at(e, ERR_LEGAL, 0,
			      "--today is for trying out: real travellers' "
			      "data are masked and deleted by the clock "
			      "(piu.mode)");
	c->today = (int32_t)date_to_days(d);
	return 0;
}

int retention_cli_open(struct retention_cli *c, const char *config,
		       const char *database, const char *today, bool acts,
		       bool keys, struct err *e)
{
	const struct config *s = &c->config;

	*c = (struct retention_cli){ .pg = NULL };
	if (tool_settings(&c->config, config, database, &c->arena, e) ||
	    read_today(c, today, acts, e) || crypt_init(e) ||
	    retention_rules_load(&c->rules, s, e) ||
	    database_open_checked(&c->pg, s, e) || !keys)
		return e->code;
	if (key_pair_load(&c->pair, s->engine_key, e) ||
	    key_folder_open(&c->keys, s->key_folder, c->pair, e) ||
	    custodians_load(&c->custodians, s->custodians, e))
		return e->code;
	key_folder_custodians(c->keys, c->custodians);
	return 0;
}

void retention_cli_close(struct retention_cli *c)
{
	pg_close(c->pg);
	key_folder_free(c->keys);
	custodians_free(c->custodians);
	key_pair_free(c->pair);
	retention_rules_release(&c->rules);
	arena_release(&c->arena);
}

int cmd_retention(int argc, char **argv)
{
	static const struct cmd_verb verbs[] = {
		{ "due", retention_due_verb,
		  "what falls due, and what is overdue" },
		{ "link", retention_link_verb,
		  "why a record is kept: add, review, end, list" },
		{ "run", retention_run_verb, "mask and delete what is due" },
		{ "prove", retention_prove_verb,
		  "nothing is there any more that should not be" },
		{ 0 },
	};

	return cmd_run_verb("retention", verbs, argc, argv);
}
