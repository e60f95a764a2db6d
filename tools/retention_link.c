/*
 * retention_link.c - paxgate retention link: why a record is kept
 */
#include "base/json_write.h"
#include "db/link.h"
#include "db/query.h"
#include "law/link.h"
#include "tools/cmd.h"
#include "tools/consult.h"
#include "tools/database.h"
#include "tools/register_cli.h"
#include "tools/retention_cli.h"

#include <string.h>

static const char *config_file, *database, *today, *kind, *reason, *review_on;
static struct consult consult;
static bool as_json, all, of_traveller;

/* clang-format off */
static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database,
	  "libpq keywords or URI, before the settings' one" },
	CONSULT_OPTS(consult),
	{ "kind", 'k', "CODE", OPT_TEXT, &kind,
	  "add: confirmed-hit, disclosure, request, foreign-request or court-order" },
	{ "reason", 'r', "CODE", OPT_TEXT, &reason,
	  "add: a word as drugs-case; the grounds are in the file of --case" },
	{ "review-on", 0, "DATE", OPT_TEXT, &review_on,
	  "add, review: until when it holds (12 months)" },
	{ "traveller", 0, NULL, OPT_FLAG, &of_traveller,
	  "add: DAY-ID names a traveller, not a hit" },
	{ "all", 'a', NULL, OPT_FLAG, &all, "list: also those that are over" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "list: print JSON" },
	{ "today", 0, "DATE", OPT_TEXT, &today,
	  "as if this were today; not on real travellers" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage usage = {
	"retention link",
	"[OPTIONS] add HIT | review LINK | end LINK | list",
	"Record why a traveller's record is kept, masked, after six months: "
	"objective\n"
	"material of a closed list (C-817/19, 255-262), by a person, with the "
	"file it is\n"
	"in. It outlives the hit. It is reviewed within 12 months; when it is "
	"not, or when\n"
	"it ends, the record is deleted at the next 'retention run'. add, "
	"review and end\n"
	"take purpose and offence, and are on record.",
	opts,
	"  paxgate retention link add --kind confirmed-hit --reason drugs-case "
	"--case 26-114\n"
	"    --purpose investigation --offence 04 20261122-9f3c01d2a4b5c6d7\n"
	"  paxgate retention link review --purpose investigation --offence 04 "
	"9f3c01d2a4b5c6d7\n"
	"  paxgate retention link list\n",
};

/* "9f3c01d2a4b5c6d7", as the list shows it. */
static bool read_id(int64_t *id, const char *text)
{
	uint8_t bytes[8];
	uint64_t v = 0;

	if (!crypt_from_hex(bytes, sizeof(bytes), str_of(text)))
		return false;
	for (size_t i = 0; i < sizeof(bytes); i++)
		v = v << 8 | bytes[i];
	*id = (int64_t)v;
	return true;
}

static int review_day(int32_t *out, const struct retention_cli *c,
		      struct err *e)
{
	struct date now = date_from_days(c->today), d;
	const struct period year = { 12, 0 };
	struct period every = period_is_set(c->rules.review_every)
				      ? c->rules.review_every
				      : year;

	if (!review_on) {
		*out = (int32_t)date_to_days(period_after(now, every));
		return 0;
	}
	if (!date_read(str_of(review_on), &d) || !date_is_full(d) ||
	    !date_is_valid(d) || !link_review_is_good(now, d, every))
		return err_at(e, ERR_LEGAL, 0,
			      "--review-on: the necessity of keeping a record "
			      "is reviewed within 12 months (C-817/19, 260); "
			      "write a day to come, as 2027-05-22");
	*out = (int32_t)date_to_days(d);
	return 0;
}

static int check_words(struct err *e)
{
	struct str k = str_of(kind);

	if (!link_is_known(k))
		return err_at(e, ERR_LEGAL, 0,
			      "--kind: objective material is a closed list "
			      "(C-817/19, 255-262): confirmed-hit, disclosure, "
			      "request, foreign-request or court-order");
	if (!link_is_reason(str_of(reason)))
		return err_at(e, ERR_USAGE, 0,
			      "--reason takes a word of small letters and '-', "
			      "at most %d: nothing of a person",
			      LINK_REASON_MAX);
	if (!link_is_case(str_of(consult.case_id)))
		return err_at(e, ERR_USAGE, 0,
			      "--case takes the file number in which the "
			      "grounds are, at most %d letters, digits and "
			      "-/._",
			      LINK_CASE_MAX);
	return 0;
}

static struct audit_event event_of(int32_t until)
{
	return (struct audit_event){
		.operation = AUDIT_RETAIN,
		.purpose = str_of(consult.purpose),
		.offence = str_of(consult.offence),
		.case_id = str_of(consult.case_id),
		.legal_basis = str_of(kind),
		.until = { (int64_t)until * SECONDS_PER_DAY,
			   until ? MOMENT_DAY : MOMENT_NONE },
	};
}

static int add(struct retention_cli *c, const char *name, struct err *e)
{
	struct link l = { .kind = str_of(kind),
			  .reason = str_of(reason),
			  .case_id = str_of(consult.case_id),
			  .offence = str_of(consult.offence),
			  .made_on = c->today };
	struct audit_event ev;
	int64_t id;

	if (check_words(e) || review_day(&l.review_on, c, e))
		return e->code;
	if (!hit_name_read(str_of(name), &l.clock_day, &id))
		return err_at(e, ERR_USAGE, 0,
			      "'%.40s' is no hit; copy it from 'paxgate hits "
			      "list'",
			      name);
	crypt_random(&l.id, sizeof(l.id));
	ev = event_of(l.review_on);
	if (!of_traveller)
		ev.hit = str_of(name);
	if (!link_add(c->pg, &l, id, of_traveller, &ev, e))
		printf("%s, to be reviewed by %s\n",
		       link_name_of(l.id).text + strlen("link:"),
		       register_day_text(l.review_on).text);
	return e->code;
}

static int change(struct retention_cli *c, const char *name, bool ends,
		  struct err *e)
{
	struct audit_event ev;
	int32_t until = 0;
	int64_t id;

	if (!read_id(&id, name))
		return err_at(e, ERR_USAGE, 0,
			      "'%.40s' is no link; copy it from 'paxgate "
			      "retention link list'",
			      name);
	if (!ends && review_day(&until, c, e))
		return e->code;
	ev = event_of(until);
	if (ends)
		return link_end(c->pg, id, c->today, &ev, e);
	return link_review(c->pg, id, c->today, until, &ev, e);
}

static void print_json(struct buf *out, const struct link *l)
{
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_z(&j, "link", link_name_of(l->id).text + strlen("link:"));
	json_z(&j, "clock_day", register_day_text(l->clock_day).text);
	json_bool(&j, "masked", l->masked);
	json_str(&j, "kind", l->kind);
	json_str(&j, "reason", l->reason);
	json_str(&j, "case", l->case_id);
	json_str(&j, "offence", l->offence);
	json_str(&j, "author", l->actor);
	json_z(&j, "made", register_day_text(l->made_on).text);
	json_str(&j, "reviewer", l->reviewed_by);
	json_z(&j, "reviewed",
	       l->reviewed_on ? register_day_text(l->reviewed_on).text : NULL);
	json_z(&j, "review_on", register_day_text(l->review_on).text);
	json_str(&j, "ended_by", l->ended_by);
	json_z(&j, "ended",
	       l->ended_on ? register_day_text(l->ended_on).text : NULL);
	json_close(&j, '}');
	buf_byte(out, '\n');
}

static void print_row(struct buf *out, const struct link *l)
{
	buf_fmt(out, "%s  ", link_name_of(l->id).text + strlen("link:"));
	buf_fmt(out, "%s  ", register_day_text(l->clock_day).text);
	buf_fmt(out, "%s  %-6s  %-15.*s  %-20.*s  %-12.*s  %.*s\n",
		register_day_text(l->review_on).text,
		l->ended_on ? "ended"
		: l->masked ? "masked"
			    : "active",
		STR_ARG(l->kind), STR_ARG(l->reason), STR_ARG(l->case_id),
		STR_ARG(l->actor));
}

static int list(struct retention_cli *c, struct err *e)
{
	struct buf out = { 0 };
	struct link *l;
	uint32_t nr;

	if (link_list(&l, &nr, c->pg, all ? 0 : c->today, &c->arena, e))
		return e->code;
	if (!as_json)
		buf_fmt(&out,
			"%-16s  %-10s  %-10s  %-6s  %-15s  %-20s  %-12s  "
			"%s\n",
			"LINK", "CLOCK DAY", "REVIEW ON", "STATE", "KIND",
			"REASON", "CASE", "AUTHOR");
	for (uint32_t i = 0; i < nr; i++)
		(as_json ? print_json : print_row)(&out, &l[i]);
	fwrite(out.data ? out.data : "", 1, out.len, stdout);
	buf_release(&out);
	return 0;
}

static int act(struct retention_cli *c, const char *verb, const char *name,
	       struct err *e)
{
	if (retention_cli_open(c, config_file, database, today, true, false, e))
		return e->code;
	if (!name)
		return list(c, e);
	if (consult_words(&consult, &c->config, NULL, e) ||
	    consult_account(&consult, c->pg, &c->config, NULL, e))
		return e->code;
	if (!strcmp(verb, "add"))
		return add(c, name, e);
	return change(c, name, !strcmp(verb, "end"), e);
}

int retention_link_verb(int argc, char **argv)
{
	struct retention_cli c;
	struct err e = { 0 };
	const char *verb, *name;
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first == argc)
		return opt_wrong(&usage, "say add, review, end or list");
	verb = argv[first];
	name = first + 1 < argc ? argv[first + 1] : NULL;
	if (strcmp(verb, "add") && strcmp(verb, "review") &&
	    strcmp(verb, "end") && strcmp(verb, "list"))
		return opt_wrong(
			&usage, "'%s' is none of add, review, end, list", verb);
	if (!strcmp(verb, "list") ? argc - first != 1 : argc - first != 2)
		return opt_wrong(&usage, "%s takes %s", verb,
				 !strcmp(verb, "list") ? "no name"
						       : "one name");
	(void)!act(&c, verb, name, &e);
	retention_cli_close(&c);
	return e.code ? tool_fail("retention link", &e) : EXIT_OK;
}
