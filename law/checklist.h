/*
 * checklist.h - the questions of a review, and a reviewer's answers
 *
 * The checklist is a versioned file (etc/checklist.yaml); its whole text is
 * stored with each decision. The reviewer fills in a form, which is YAML, too:
 *
 *	hit: 20261122-9f3c01d2a4b5c6d7
 *	checklist: 1
 *	identity: match
 *	seriousness: serious
 *	seriousness-words: "..."
 *	suspicion: "..."
 *
 * Answers are codes; words are a person's sentences about a person, and are
 * sealed before they are stored.
 *
 * Sources: C-817/19, 151 to 157, 203 to 207. Pure: no file, no clock.
 * Lifetime: in the arena given. Threads: plain data.
 */
#ifndef LAW_CHECKLIST_H
#define LAW_CHECKLIST_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum {
	CHECKLIST_QUESTIONS = 50,
	CHECKLIST_ANSWERS = 20, /* of one question */
	CHECKLIST_ID = 40,	/* bytes of an id or answer */
	CHECKLIST_WORDS = 4000, /* bytes of an explanation */
};

struct checklist_question {
	struct str id, ask;
	struct str answer[CHECKLIST_ANSWERS];
	bool confirms[CHECKLIST_ANSWERS];
	uint32_t nr;
	bool words; /* explain the answer */
};

struct checklist {
	struct str text; /* as it was read: store this */
	int32_t version;
	struct checklist_question *question;
	uint32_t nr;
};

/*
 * Read a checklist. Returns 0; ERR_SYNTAX or ERR_VALUE with line and column;
 * ERR_LEGAL when a question is not there that the law asks.
 */
MUST_CHECK int checklist_read(struct checklist *out, struct str text,
			      struct arena *a, struct err *e);

/* Append an empty form for a hit: each question with its answers above. */
void checklist_form_write(struct buf *out, const struct checklist *c,
			  struct str hit);

/* A form filled in. */
struct checklist_form {
	struct str *answer; /* "identity=match", in the checklist's order */
	uint32_t nr;
	struct str air_link;  /* that answer */
	struct str suspicion; /* reasonable suspicion in words, or absent */
	struct str words;     /* all words as one JSON object */
	/* a question whose answer stands against confirming; absent: none */
	struct str against;
};

/*
 * Read it. Each question has to be answered, with words where it asks for
 * them. Returns 0; ERR_SYNTAX, ERR_VALUE with line and column: no word that
 * was written stands in the sentence.
 */
MUST_CHECK int checklist_form_read(struct checklist_form *out,
				   const struct checklist *c, struct str hit,
				   struct str text, struct arena *a,
				   struct err *e);

#endif
