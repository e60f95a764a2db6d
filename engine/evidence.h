/*
 * evidence.h - why a hit is a hit, as canonical JSON
 *
 * {"semantics": 5, "kind": "profile" | "list", "flight": {...},
 *  "traveller": {"surname", "given", "names": [{"surname", "given",
 *    "source"}], "birth_date", "sex", "nationality", "second_nationality",
 *    "birth_place", "birth_country" (of a list's hit),
 *    "documents": [{"type", "number", "issuer", "expires"}], "locator"},
 *  "verdict": {...} | "match": {...}}
 *
 * Names and documents stand in the order of the record.
 *
 * Same input, same bytes: no clock, no address, no order of arrival. It holds
 * personal data: it is sealed when stored and never logged.
 */
#ifndef ENGINE_EVIDENCE_H
#define ENGINE_EVIDENCE_H

#include "engine/screen.h"

struct rules_scratch;
struct verdict;
struct watch_match;
struct watch_query;
struct watch_entry;

/* Evidence of a profile's verdict, in the arena. */
struct str evidence_of_profile(const struct screen_set *set,
			       struct rules_scratch *tmp,
			       const struct subject *s, const struct verdict *v,
			       struct arena *a);

/* Evidence of a list match, in the arena. */
struct str evidence_of_match(const struct subject *s,
			     const struct watch_match *m,
			     const struct watch_query *q,
			     const struct watch_entry *n, struct arena *a);

#endif
