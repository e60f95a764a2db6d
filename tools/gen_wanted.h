/*
 * gen_wanted.h - the persons of a list that the generator plants or avoids
 *
 * Reads the CSV form of etc/watchlists/demo-wanted.csv (doc/watchlists.md):
 * Latin names are folded to the letters airlines send, others left out.
 *
 * Lifetime: in the arena given. Threads: read-only once loaded.
 */
#ifndef TOOLS_GEN_WANTED_H
#define TOOLS_GEN_WANTED_H

#include "base/arena.h"
#include "base/err.h"
#include "tools/gen_model.h"

struct gen_alias {
	const char *surname, *given;
};

struct gen_entry {
	const char *id;		     /* "DW-0001" */
	const char *surname, *given; /* folded: "MUELLERSCHOEN", "JUERGEN" */
	const char *short_surname, *short_given; /* "MULLERSCHON", "JURGEN" */
	struct gen_alias *alias;
	uint32_t nr_alias;
	struct date *born; /* a year alone, or a full date */
	uint32_t nr_born;
	struct date born_upto; /* born[0] begins a range; else absent */
	char sex;	       /* M, F or 0 */
	const char *nation, *doc_number, *doc_issuer; /* "" when not known */
};

struct gen_wanted {
	const char *list; /* "demo-wanted": the file's name, ending off */
	struct gen_entry *entry;
	uint32_t nr;
};

/* Read the list at `path`. Returns 0, or an err_code (ERR_IO, ERR_SYNTAX). */
MUST_CHECK int gen_wanted_load(struct gen_wanted *out, const char *path,
			       struct arena *a, struct err *e);

/*
 * Could a fuzzy search take the person for one of the list? Crude and on the
 * safe side: two tokens of the names alike, or one and a birth year close.
 */
bool gen_wanted_near(const struct gen_wanted *w, const struct gen_person *p);

#endif
