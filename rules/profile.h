/*
 * profile.h - one targeting profile: a YAML file, read and checked
 *
 * doc/profiles.md describes the file. After profile_read() a profile is
 * immutable; nothing in it can fail when it runs. What law or sense forbids
 * is refused here, with the place in the file and the article.
 *
 * Lifetime: all of it lives in the arena given; compiled patterns hang in
 * the list given (regex_free_list()). Threads: shared, read-only.
 */
#ifndef RULES_PROFILE_H
#define RULES_PROFILE_H

#include "rules/expr.h"
#include "rules/fault.h"
#include "rules/named_list.h"
#include "rules/offences.h"
#include "rules/profile_scope.h"
#include "rules/trait.h"

enum {
	PROFILE_MAX_CLAUSES = 16, /* in each of the two lists */
	PROFILE_MAX_POINTS = 1000,
	PROFILE_MAX_SHARE_PPM = 1000, /* 0.1 % of travellers a day */
	PROFILE_MIN_INCRIMINATING = 2,
	PROFILE_MAX_BYTES = 256 * 1024,
};

/* What becomes of its hits. */
enum profile_state {
	PROFILE_DRAFT,	/* nobody approved it: it runs in shadow */
	PROFILE_SHADOW, /* approved, and runs in shadow */
	PROFILE_LIVE,	/* approved, and its hits are hits */
};

struct clause {
	struct str id;
	int32_t points; /* above 0 incriminating, below 0 exonerating */
	struct expr *when;
	struct str text; /* of the condition, as written */
	struct str why;
	struct str reason; /* for fields that need one; absent otherwise */
	uint32_t traits;   /* of persons that it reads: trait.h */
};

struct clause_list {
	struct clause *clause;
	uint32_t nr;
};

struct profile_test {
	struct str message; /* file, relative to the profile's tests/ */
	uint32_t traveller; /* from 1, over all travellers of the message */
	bool expect_hit;
	bool has_score;
	int32_t score;
	bool has_past; /* counts of earlier bookings that it supposes */
	struct past past;
	uint32_t line; /* in the profile's file */
};

struct profile {
	struct str name;
	int64_t revision;
	struct str title;
	struct str *offence; /* codes */
	uint32_t nr_offences;
	struct str basis, author;
	struct validity valid;
	struct profile_scope scope;
	uint32_t max_share_ppm; /* of screened travellers a day */
	struct clause_list incriminating, exonerating;
	int32_t threshold;
	struct profile_test *test;
	uint32_t nr_tests;
	const struct list_use *lists; /* that the clauses name, each once */
	uint32_t traits;	      /* of all its clauses */
	enum profile_state state; /* a draft, until its owner says otherwise */
	struct str file;	  /* path as opened */
	struct str content;	  /* the file's bytes: hash these */
};

/* What reading needs besides the text. */
struct profile_source {
	const char
		*file; /* for messages; its name must be that of the profile */
	struct str text;
	const struct offences *offences;
	const struct named_lists *lists; /* outlive the profile; may be NULL */
	struct arena *arena;
	struct regex **regexes;
};

/*
 * Read and check one profile. Returns 0 and sets *out, or the code of the
 * first fault (a legal one before others), with all of them in `faults`.
 */
MUST_CHECK int profile_read(struct profile **out,
			    const struct profile_source *source,
			    struct faults *faults, struct err *e);

/* "draft", "shadow" or "live", and back; false: another word. */
const char *profile_state_word(enum profile_state s);
MUST_CHECK bool profile_state_read(enum profile_state *out, struct str word);

/*
 * Inside its validity at `at`, and that of each list it names? An unset
 * moment: no.
 */
bool profile_is_valid_at(const struct profile *p, struct moment at);

#endif
