/*
 * profile_set.h - all profiles of a directory, and a traveller against them
 *
 *	rc = profile_set_load(&set, "etc/profiles", &context, offences, lists,
 *			      &e);
 *	rc = rules_scratch_new(&scratch, &e);
 *	nr = profile_set_eval(set, scratch, &subject, verdict, cap);
 *	for (i = 0; i < nr; i++)
 *		verdict_write_json(&buf, profile_set_context(set),
 *				   scratch, &subject, &verdict[i]);
 *
 * A set is immutable: a change of profiles is a new set beside the old one.
 * Profiles are drafts when they are read. Whoever loads a set says which of
 * them are more, before it is shared; what that means is for the caller.
 * Threads: a set is shared and read-only, a scratch belongs to one thread.
 */
#ifndef RULES_PROFILE_SET_H
#define RULES_PROFILE_SET_H

#include "rules/derived.h"
#include "rules/profile.h"

struct profile_set;
struct program;
struct rules_scratch;

/*
 * Load all *.yaml files of a directory, in the order of their names. The
 * reference in `context` and the lists (NULL: none) are borrowed and must
 * outlive the set; the home country is copied. Returns 0, ERR_IO, or the
 * first fault of the first bad file: one bad profile refuses the whole set.
 */
MUST_CHECK int profile_set_load(struct profile_set **out, const char *dir,
				const struct rules_context *context,
				const struct offences *offences,
				const struct named_lists *lists, struct err *e);

/* One named text of a profile, for sets that are not in a directory. */
struct profile_text {
	const char *file; /* "late-cash-one-way.yaml" */
	struct str text;
};

/* The same from texts (borrowed for the call), for tests, bench, replay. */
MUST_CHECK int profile_set_read(struct profile_set **out,
				const struct profile_text *text, size_t nr,
				const struct rules_context *context,
				const struct offences *offences,
				const struct named_lists *lists, struct err *e);
/* Free it and all its profiles; NULL is fine. */
void profile_set_free(struct profile_set *s);

/* Number of profiles, and one of them: sorted by name. */
uint32_t profile_set_nr(const struct profile_set *s);
const struct profile *profile_set_get(const struct profile_set *s, uint32_t i);
/* Say what one of them is; before the set is shared. */
void profile_set_state(struct profile_set *s, uint32_t i,
		       enum profile_state state);
/* The profile of a name, or NULL. */
const struct profile *profile_set_find(const struct profile_set *s,
				       struct str name);
/* They compiled, for program_eval(). */
const struct program *profile_set_program(const struct profile_set *s);
/* Predicates in all conditions, or how many different ones there are. */
uint32_t profile_set_predicates(const struct profile_set *s, bool distinct);
/* What the set was loaded with. */
const struct rules_context *profile_set_context(const struct profile_set *s);

/*
 * The set's canonical bytes, to be hashed: for each profile in order
 * "profile NAME STATE LENGTH\n" and the file's bytes; for each list that one of
 * them names "list NAME LENGTH\n" and its bytes; at last "home XXX\n".
 */
void profile_set_write_content(struct buf *out, const struct profile_set *s);

/* Room for one thread's evaluations. Returns 0 or ERR_NOMEM. */
MUST_CHECK int rules_scratch_new(struct rules_scratch **out, struct err *e);
void rules_scratch_free(struct rules_scratch *s);

/* How often a pattern reached its limit of work in this scratch. */
uint64_t rules_scratch_regex_limits(const struct rules_scratch *s);

struct verdict {
	const struct profile *profile; /* as long as the set */
	int32_t score;		       /* points of all true clauses */
	uint32_t nr_incriminating;     /* incriminating clauses that are true */
	bool ran; /* valid at the moment of screening and in scope */
	bool hit; /* ran, score >= threshold, two incriminating clauses true */
};

/*
 * Evaluate all profiles for a traveller. Stores the first `cap` hits in
 * out[] (by name) and returns how many hits there are, which may be more.
 * No lock; no allocation but the first time, and when a set is larger than
 * all before.
 */
uint32_t profile_set_eval(const struct profile_set *set,
			  struct rules_scratch *scratch,
			  const struct subject *subject, struct verdict *out,
			  uint32_t cap);

/* The same, profile by profile: what profile_set_eval() is held against. */
uint32_t profile_set_eval_plain(const struct profile_set *set,
				struct rules_scratch *scratch,
				const struct subject *subject,
				struct verdict *out, uint32_t cap);

/*
 * The compiled program without its prefilters: no index, no literal search, no
 * marks. Its verdicts are the same, too.
 */
uint32_t profile_set_eval_unmarked(const struct profile_set *set,
				   struct rules_scratch *scratch,
				   const struct subject *subject,
				   struct verdict *out, uint32_t cap);

/* Profiles that profile_set_eval() could not pass over, since the start. */
uint64_t rules_scratch_evaluated(const struct rules_scratch *s);

/* One profile, whether it hits or not. */
void profile_eval(struct verdict *out, const struct profile *p,
		  const struct rules_context *context,
		  struct rules_scratch *scratch, const struct subject *subject);

/*
 * The evidence of a verdict as one JSON object, no line break; same inputs,
 * same bytes. Evaluates the profile's clauses once more and notes what they
 * read. Holds values of masked fields: seal it, never log it.
 */
void verdict_write_json(struct buf *out, const struct rules_context *context,
			struct rules_scratch *scratch,
			const struct subject *subject, const struct verdict *v);

/*
 * The same without any value, for profiles in shadow: score, clauses with
 * points and outcome, and `without`: does it hit as well when the clauses that
 * read traits of persons are left out?
 */
void verdict_write_outcomes(struct buf *out,
			    const struct rules_context *context,
			    struct rules_scratch *scratch,
			    const struct subject *subject,
			    const struct verdict *v);

#endif
