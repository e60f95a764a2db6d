/*
 * unmask_request.c - paxgate unmask request: what is asked, and the file for court
 * and custodian
 */
#include "db/query.h"
#include "law/keyfile.h"
#include "law/unmask.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/request_words.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static struct request_cli cli;
static const char *form, *empty, *out_file, *key_file;

/* clang-format off */
static const struct opt opts[] = {
	REQUEST_OPTS(cli),
	{ "form", 'f', "FILE", OPT_TEXT, &form, "the form, filled in; - is standard input" },
	{ "empty", 0, "FILE", OPT_TEXT, &empty, "write an empty form there instead" },
	{ "out", 'o', "FILE", OPT_TEXT, &out_file, "file for court and custodian; it may not be there" },
	{ "key", 0, "FILE", OPT_TEXT, &key_file, "your key for this once (FILE of --out with .key)" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage usage = {
	"unmask request",
	"[OPTIONS] --form FILE --out FILE | --empty FILE",
	"Ask that masked records are seen again, for a case (Art. 12(3)): "
	"grounds, records,\nfields. FILE of --out goes to a court or "
	"independent authority, which approves and\nsigns it, and to the "
	"custodians, who release the keys of these records to a key that\nis "
	"made for this once and stays with you. It holds no personal data. "
	"To be done where\nthe key folder is.",
	opts,
	"  paxgate unmask request --empty ask.yaml\n"
	"  paxgate unmask request --form ask.yaml --out case-26-114.unmask\n",
};

/* "dpo+deputy" where the register has a pair; a nested wrap is longer. */
static struct str holders_of(const struct kept_box *b)
{
	const struct custodian *c = custodian_find(cli.custodians, b->name);

	if (!c || !c->with.ptr ||
	    b->wrap.len == KEPT_SECRET_LEN + CRYPT_BOX_EXTRA)
		return b->name;
	return arena_fmt(&cli.arena, STR_FMT "+" STR_FMT, STR_ARG(b->name),
			 STR_ARG(c->with));
}

static int add_record(struct unmask_file *f, struct str name, struct err *e)
{
	struct kept_box *box;
	int32_t day;
	int64_t id;
	uint32_t nr;

	if (!hit_name_read(name, &day, &id))
		return err_at(e, ERR_VALUE, 0,
			      "'records:' takes names as 'paxgate unmask list' "
			      "shows them");
	if (key_kept_boxes(&box, &nr, cli.keys, date_from_days(day), id,
			   &cli.arena, e))
		return e->code;
	if (!nr)
		return err_at(e, ERR_USAGE, 0,
			      "a record has no key any more, or never had one; "
			      "see 'paxgate unmask list'");
	for (uint32_t i = 0; i < nr; i++) {
		struct unmask_box *b =
			arena_push(&cli.arena, &f->box, &f->nr, sizeof(*b));

		*b = (struct unmask_box){ date_from_days(day), id,
					  holders_of(&box[i]), box[i].wrap };
	}
	if (f->nr > UNMASK_BOXES_MAX)
		return err_at(e, ERR_LIMIT, 0, "too many records");
	return 0;
}

/* The database's form of the names: sixteen digits. */
static void whole_names(struct text_list *records)
{
	for (uint32_t i = 0; i < records->nr; i++) {
		int32_t day;
		int64_t id;

		if (hit_name_read(records->item[i], &day, &id))
			records->item[i] = arena_str(
				&cli.arena, str_of(hit_name_of(day, id).text));
	}
}

static int make_file(struct buf *text, const struct request_form *form_,
		     const struct request_new *n, const struct key_pair *once,
		     struct err *e)
{
	struct request_name name = request_name_of(n->id);
	struct unmask_file f = { .request = str_of(name.text),
				 .case_id = n->case_id,
				 .authority = n->requester,
				 .asked_by = str_of(pg_role(cli.pg)),
				 .asked_at = { (int64_t)time(NULL),
					       MOMENT_SECOND },
				 .fields = form_->fields };

	memcpy(f.key, once->public_half, CRYPT_KEY_LEN);
	for (uint32_t i = 0; i < form_->records.nr; i++)
		if (add_record(&f, form_->records.item[i], e))
			return e->code;
	unmask_file_write(text, &f);
	return text->failed ? err_at(e, ERR_NOMEM, 0, "out of memory") : 0;
}

/* Files first; without the entry they go again. */
static int enter(struct request_new *n, const struct request_form *f,
		 struct err *e)
{
	struct audit_event ev = { .offence = f->offence };
	uint8_t hash[CRYPT_HASH_LEN];
	struct key_pair *once = NULL;
	struct buf text = { 0 };

	if (unmask_key_create(&once, key_file, e))
		return e->code;
	if (!make_file(&text, f, n, once, e) &&
	    !request_write_private(out_file, buf_view(&text), e)) {
		unmask_file_hash(hash, buf_view(&text));
		n->file_hash = (struct str){ (const char *)hash, sizeof(hash) };
		if (request_open_unmask(cli.pg, n, &ev, e))
			unlink(out_file);
	}
	if (e->code)
		unlink(key_file);
	else
		printf("%s open\nmade %s (for court and custodians) and %s "
		       "(secret, yours, for this once)\n",
		       request_name_of(n->id).text, out_file, key_file);
	key_pair_free(once);
	buf_release(&text);
	return e->code;
}

static int ask(struct err *e)
{
	struct request_form f;
	struct request_new n;

	if (request_cli_open(&cli, e) || request_cli_keys(&cli, e) ||
	    request_read_form(&f, REQUEST_UNMASK, form, &cli.arena, e) ||
	    request_check_offence(&cli, f.offence, e))
		return e->code;
	whole_names(&f.records);
	if (request_make(&n, &cli, &f, e))
		return e->code;
	if (!key_file)
		key_file = arena_fmt(&cli.arena, "%s.key", out_file).ptr;
	return enter(&n, &f, e);
}

static int write_empty(struct err *e)
{
	struct buf out = { 0 };
	int rc;

	request_form_write(&out, REQUEST_UNMASK);
	rc = request_write_private(empty, buf_view(&out), e);
	buf_release(&out);
	return rc;
}

int unmask_request_verb(int argc, char **argv)
{
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first < argc)
		return opt_wrong(&usage, "takes no '%s'", argv[first]);
	if (!form == !empty || (form && !out_file))
		return opt_wrong(&usage, "say --form and --out, or --empty");
	(void)!(form ? ask(&e) : write_empty(&e));
	request_cli_close(&cli);
	return e.code ? tool_fail("unmask request", &e) : EXIT_OK;
}
