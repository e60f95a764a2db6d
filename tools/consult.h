/*
 * consult.h - whoever looks at personal data says for what, and is on record
 *
 * Each command that shows personal data out of the database has the options
 * CONSULT_OPTS, and in this order:
 *
 *	consult_words()		before the database is opened
 *	consult_account()	when it is open
 *	consult_hit()		for each hit, before a value is shown
 *
 * What is refused is on record as well.
 */
#ifndef TOOLS_CONSULT_H
#define TOOLS_CONSULT_H

#include "db/audit.h"
#include "engine/config.h"

struct consult {
	const char *purpose; /* of law/purpose.def */
	const char *offence; /* of the catalogue, in force today */
	const char *case_id; /* file number at the authority; may be NULL */
};

/* Rows of a command's table of options; `c` is a static struct consult. */
#define CONSULT_OPTS(c)                                                     \
	{ "purpose",                                                        \
	  0,                                                                \
	  "CODE",                                                           \
	  OPT_TEXT,                                                         \
	  &(c).purpose,                                                     \
	  "prevention, detection, investigation, prosecution, oversight" }, \
		{ "offence",	0,                                          \
		  "CODE",	OPT_TEXT,                                   \
		  &(c).offence, "of law.offences, in force today" },        \
	{                                                                   \
		"case", 0, "NUMBER", OPT_TEXT, &(c).case_id,                \
			"of the file it is for"                             \
	}

/*
 * Are purpose and offence given and good? If not, the refusal is put on
 * record, in a connection of its own (`hit` says of what; may be NULL): where
 * that fails, standard error says so. Returns 0, ERR_LEGAL with the article,
 * or as offences_load().
 */
MUST_CHECK int consult_words(const struct consult *c, const struct config *conf,
			     const char *hit, struct err *e);

/*
 * The same for what oversight does to serve the persons themselves (Art. 5,
 * 13(1)): its purpose is "oversight", and there is no offence.
 */
MUST_CHECK int consult_oversight(const struct consult *c,
				 const struct config *conf, struct err *e);

/*
 * Is the session user's account valid today? On real travellers
 * (config_is_production()) he has to have one. Refusals are put on record.
 * Returns 0, ERR_LEGAL, or as pg_run().
 */
MUST_CHECK int consult_account(const struct consult *c, struct pg *pg,
			       const struct config *conf, const char *hit,
			       struct err *e);

/*
 * Put on record that this hit's personal data are shown. As audit_record():
 * show nothing when it fails.
 */
MUST_CHECK int consult_hit(const struct consult *c, struct pg *pg,
			   const struct hit_row *hit, struct err *e);

/* The same for a file with the hit's data that leaves the database. */
MUST_CHECK int consult_export(const struct consult *c, struct pg *pg,
			      const struct hit_row *hit, struct str recipient,
			      struct err *e);

#endif
