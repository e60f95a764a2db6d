/*
 * record.h - what a message says, as structs
 *
 * The structs are made from record.def: `struct message` holds a flight and
 * bookings (PNRGOV) or a flat list of travellers (PAXLST), and so on down.
 * Zeroed memory is an empty record: a text with ptr NULL, a number with set
 * false, a date of year 0 and a moment without precision are all "not
 * stated", which is unknown to a profile.
 *
 * An array `legs` has nr_legs elements; known_legs tells whether the message
 * could know it at all: bags before check-in are unknown, not none.
 *
 * Lifetime: records and their texts live in the arena given to the parser, or
 * point into the payload. Threads: read-only once parsed.
 */
#ifndef PARSERS_RECORD_H
#define PARSERS_RECORD_H

#include "base/date.h"
#include "base/str.h"

struct number {
	int64_t v; /* DECIMAL: thousandths */
	bool set;
};

struct money {
	int64_t milli;	     /* thousandths of the currency's unit */
	struct str currency; /* ISO 4217; absent when not stated */
	bool set;
};

enum flag { FLAG_UNSET, FLAG_NO, FLAG_YES };

#define MEMBER_TEXT    struct str
#define MEMBER_CODE    struct str
#define MEMBER_REMARK  struct str
#define MEMBER_TITLE   struct str
#define MEMBER_COUNTRY struct str
#define MEMBER_AIRPORT struct str
#define MEMBER_INT     struct number
#define MEMBER_DECIMAL struct number
#define MEMBER_MONEY   struct money
#define MEMBER_BOOL    enum flag
#define MEMBER_DATE    struct date
#define MEMBER_UTC     struct moment
#define MEMBER_LOCAL   struct moment

#define RECORD(s)			  struct s {
#define FIELD(s, m, type, an, ma, us, he) MEMBER_##type m;
#define LIST(s, m, child, an, ma, us, he) \
	struct child *m;                  \
	uint32_t nr_##m;                  \
	bool known_##m;
#define ONE(s, m, child, an, ma, us, he) struct child m;
#define PLAIN(decl)			 decl;
#define END(s) \
	}      \
	;
#define DERIVED(r, n, type, an, ma, us, he)
#define DERIVED_LIST(r, n, child, an, ma, us, he)
#include "parsers/record.def"
#undef RECORD
#undef FIELD
#undef LIST
#undef ONE
#undef PLAIN
#undef END
#undef DERIVED
#undef DERIVED_LIST

/* One item that API data and booking both may state; `item` is static. */
struct comparison {
	struct str item;
	enum flag differs; /* unset: one of them is silent */
};

enum { COMPARISON_ITEMS = 6 };

/* What is counted of earlier bookings; in the order of past.* in record.def. */
enum past_count {
	PAST_SAME_PHONE,
	PAST_SAME_EMAIL,
	PAST_SAME_CARD,
	PAST_SAME_DOCUMENT,
	PAST_SAME_AGENCY,
	PAST_SAME_ADDRESS,
	PAST_TRIPS,
	PAST_CANCELLATIONS,
	PAST_CO_TRAVELLERS,
	PAST_COUNTS
};

enum {
	PAST_UNKNOWN = -1,
	PAST_MOST = 100, /* stands for as many or more */
	PAST_DAYS = 90,	 /* and no further back */
};

/* The counts of a traveller (engine/history.h): numbers alone, no person. */
struct past {
	int32_t days; /* that were looked back, 1 to PAST_DAYS */
	int32_t n[PAST_COUNTS];
};

/*
 * One traveller on one flight as screening sees it: engine/link.c puts the
 * newest booking and the newest API data of a person together. `booking` is
 * NULL when no PNR is known; co_traveller holds the other persons of the
 * booking. Borrowed pointers throughout.
 */
struct subject {
	const struct message
		*message; /* the newest that speaks of the person */
	const struct flight *flight;
	const struct booking *booking;
	const struct traveller *traveller; /* PNR and API put together */
	const struct traveller *const *co_traveller;
	uint32_t nr_co_travellers;
	/* API beside PNR (engine/compare.c); nr 0: there is one side only */
	struct comparison comparison[COMPARISON_ITEMS];
	uint32_t nr_comparisons;
	const struct past *past;   /* NULL: nobody can know, as in files */
	struct moment screened_at; /* UTC, the broker's message timestamp */
};

#endif
