#include "tools/consult.h"

#include "db/query.h"
#include "law/purpose.h"
#include "rules/offences.h"
#include "tools/database.h"

#include <stdio.h>
#include <time.h>

#define PURPOSES "Directive (EU) 2016/681 Art. 1(2) and 13(6)"
#define OFFENCES "Directive (EU) 2016/681 Art. 3(8), 3(9)"
#define STAFF	 "Directive (EU) 2016/681 Art. 4(3), 7(1) and 13(5)(a)"

static struct str text_of(const char *z)
{
	return z && *z ? str_of(z) : STR_NONE;
}

static struct audit_event event_of(const struct consult *c,
				   enum audit_operation op, struct str hit)
{
	bool oversight = str_eq(text_of(c->purpose), STR("oversight"));

	return (struct audit_event){ .operation = op,
				     .mode = oversight ? STR_NONE
						       : STR("pre-travel"),
				     .purpose = text_of(c->purpose),
				     .offence = text_of(c->offence),
				     .case_id = text_of(c->case_id),
				     .hit = hit };
}

static int record_refusal(const struct consult *c, struct pg *pg,
			  const char *hit, const char *code, struct err *e)
{
	struct audit_event ev = event_of(c, AUDIT_CONSULT, text_of(hit));

	/* what was typed instead of a code may be anything */
	if (!purpose_is_known(ev.purpose))
		ev.purpose = STR_NONE;
	if (ev.offence.len > 8)
		ev.offence = STR_NONE;
	ev.outcome = STR("refused");
	ev.error = str_of(code);
	return audit_record(pg, &ev, e);
}

static void refused(const struct consult *c, const struct config *conf,
		    const char *hit, const char *code)
{
	struct err e = { 0 };
	struct pg *pg = NULL;

	if (database_open_checked(&pg, conf, &e) ||
	    record_refusal(c, pg, hit, code, &e))
		fprintf(stderr, "paxgate: the refusal is not on record: %s\n",
			e.text);
	pg_close(pg);
}

/* The code of what is wrong with the words, or NULL; *e is filled in then. */
static const char *wrong_words(const struct consult *c,
			       const struct offences *known, struct err *e)
{
	struct date today = date_from_days(time(NULL) / SECONDS_PER_DAY);
	const struct offence *o;
	char list[200] = "";
	int at = 0;

	if (!c->purpose || !*c->purpose || !c->offence || !*c->offence) {
		(void)err_at(e, ERR_LEGAL, 0,
			     PURPOSES ": personal data is shown for a purpose "
				      "and an offence only: --purpose, "
				      "--offence");
		return "no-purpose";
	}
	for (size_t i = 0; purpose_code(i) && at < 150; i++)
		at += snprintf(list + at, sizeof(list) - (size_t)at, "%s%s",
			       i ? ", " : "", purpose_code(i));
	if (!purpose_is_known(str_of(c->purpose))) {
		(void)err_at(e, ERR_LEGAL, 0,
			     PURPOSES ": '%.40s' is no purpose: %s", c->purpose,
			     list);
		return "purpose-unknown";
	}
	o = offence_find(known, str_of(c->offence));
	if (o && offence_covers(o, today, today))
		return NULL;
	(void)err_at(e, ERR_LEGAL, 0,
		     OFFENCES ": '%.40s' is no offence of the catalogue that "
			      "is in force today; see law.offences",
		     c->offence);
	return o ? "offence-not-in-force" : "offence-unknown";
}

int consult_words(const struct consult *c, const struct config *conf,
		  const char *hit, struct err *e)
{
	struct offences *known = NULL;
	const char *code;

	if (offences_load(&known, conf->offences, e))
		return config_file_error(e);
	code = wrong_words(c, known, e);
	offences_free(known);
	if (code)
		refused(c, conf, hit, code);
	return e->code;
}

int consult_oversight(const struct consult *c, const struct config *conf,
		      struct err *e)
{
	if (str_eq(text_of(c->purpose), STR("oversight")))
		return 0;
	(void)err_at(e, ERR_LEGAL, 0,
		     "Directive (EU) 2016/681 Art. 5, 13(1): requests of "
		     "persons are served for oversight alone: --purpose "
		     "oversight");
	refused(c, conf, NULL, "no-purpose");
	return e->code;
}

int consult_account(const struct consult *c, struct pg *pg,
		    const struct config *conf, const char *hit, struct err *e)
{
	struct audit_writer w = { .pg = NULL };
	const char *code = NULL;
	struct err not_recorded = { 0 };
	int rc = audit_open(&w, pg, e);

	if (rc == 0 && w.ended) {
		code = "account-ended";
		rc = err_at(e, ERR_LEGAL, 0,
			    STAFF ": the account '%s', or an authority it "
				  "works for, is not valid today",
			    pg_role(pg));
	} else if (rc == 0 && !w.acting_as.ptr && config_is_production(conf)) {
		code = "no-account";
		rc = err_at(e, ERR_LEGAL, 0,
			    STAFF ": '%s' has no account; 'paxgate account "
				  "add' makes one",
			    pg_role(pg));
	}
	audit_release(&w);
	if (code && record_refusal(c, pg, hit, code, &not_recorded))
		fprintf(stderr, "paxgate: the refusal is not on record: %s\n",
			not_recorded.text);
	return rc;
}

static int record_hit(const struct consult *c, enum audit_operation op,
		      struct str recipient, struct pg *pg,
		      const struct hit_row *hit, struct err *e)
{
	struct hit_name name = hit_name_of(hit->clock_day, hit->hit_id);
	struct audit_event ev = event_of(c, op, str_of(name.text));

	ev.subjects = (struct audit_count){ 1, true };
	ev.recipient = recipient;
	return audit_record(pg, &ev, e);
}

int consult_hit(const struct consult *c, struct pg *pg,
		const struct hit_row *hit, struct err *e)
{
	return record_hit(c, AUDIT_CONSULT, STR_NONE, pg, hit, e);
}

int consult_export(const struct consult *c, struct pg *pg,
		   const struct hit_row *hit, struct str recipient,
		   struct err *e)
{
	return record_hit(c, AUDIT_EXPORT, recipient, pg, hit, e);
}
