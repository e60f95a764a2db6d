/*
 * sheet.h - the register sheet of a list: who runs it, why, until when
 *
 * A list may be used only if it is of persons or objects sought or under
 * alert (Directive (EU) 2016/681 Art. 6(3)(a)) and run or used by a competent
 * authority of Art. 7. The sheet, NAME.list.yaml beside the CSV, states it;
 * one that does not, or that has run out, is refused with ERR_LEGAL and the
 * article. A format is not a permission. doc/watchlists.md shows one.
 *
 * Lifetime: texts are in the arena. Threads: pure functions.
 */
#ifndef WATCHLIST_SHEET_H
#define WATCHLIST_SHEET_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

enum sheet_kind { SHEET_PERSONS, SHEET_DOCUMENTS };

enum sheet_format {
	SHEET_PAXGATE,	  /* one CSV with a header: list.h */
	SHEET_JSON_LINES, /* ours as JSON: list_json.h */
	SHEET_OFAC_SDN,	  /* the US Treasury's sdn.csv and alt.csv: ofac.h */
	SHEET_UN,	  /* the Security Council's XML: un.h */
	SHEET_FTM,	  /* FollowTheMoney as JSON lines: ftm.h */
};

enum {
	SHEET_THRESHOLD = 540, /* where the sheet states none */
	SHEET_THRESHOLD_LEAST = 500,
	SHEET_CLASSES = 4,
	SHEET_CLASS_OFF = 1001, /* no match of that class */
	SHEET_OFFENCES = 64,
	SHEET_PROGRAMS = 128,
};

/* An authority notified under Art. 7, or a system used by such. */
struct watch_authority {
	struct str id;
	struct date from, until; /* until not set: open */
};

/* What the law's registers say; all borrowed. */
struct watch_registers {
	const struct watch_authority *authority;
	uint32_t nr_authorities;
	const struct str *offence; /* permitted codes */
	uint32_t nr_offences;
	struct date today;
};

/* A sanctions programme and the offence that its persons are sought for. */
struct watch_program {
	struct str name, offence;
};

struct watch_sheet {
	struct str id, title, file, owner, basis, alert;
	enum sheet_format format;
	struct str aliases; /* SHEET_OFAC_SDN: the second file */
	struct watch_program program[SHEET_PROGRAMS]; /* so; the first counts */
	uint32_t nr_programs;
	struct str offence[SHEET_OFFENCES]; /* of the list: a subset */
	uint32_t nr_offences;
	enum sheet_kind kind;
	struct date from, until;
	uint16_t threshold;
	uint16_t least[SHEET_CLASSES]; /* total, by class A to D; 0: no more */
	bool test;
};

/*
 * Read and judge a sheet. Returns 0; ERR_SYNTAX or ERR_VALUE for a sheet that
 * is not in the form; ERR_LEGAL, naming the article, for a list that may not
 * be used: legal basis, alert type, owner, offences or validity missing, an
 * owner who is not registered (or not today), a commercial owner, a list not
 * valid today.
 */
MUST_CHECK int watch_sheet_read(struct watch_sheet *out, struct arena *a,
				struct str text,
				const struct watch_registers *law,
				struct err *e);

#endif
