/*
 * normalise.h - a name as written becomes parts with keys to compare by
 *
 * A name comes as surname and given names, from a list or from a carrier. It
 * becomes at most NAME_TOKENS tokens, one a part of the name, each with up to
 * NAME_KEYS keys: ways of spelling it in A-Z. Whoever compares two tokens
 * takes the best pair of keys, so nothing is ever replaced or deleted, only
 * offered beside the first. Neighbours joined (JIN PING as JINPING) are units
 * of their own that cover both tokens.
 *
 *	struct name_form f;
 *	name_normalise(&f, STR("M\xc3\x9cLLER"), STR("HANS-PETERMR"),
 *		       NAME_CARRIED);
 *	f.token[0]	surname  MUELLER, MULLER
 *	f.token[1]	given    HANS
 *	f.token[2]	given    PETER, PETERMR
 *	f.unit[3]	HANSPETER, covering tokens 1 and 2
 *
 * Steps: capitals and NFKC; letters of other scripts and with marks by
 * translit.h; apostrophes joined, hyphen, stop, comma and the MRZ's filler to
 * blanks, digits dropped; titles, suffixes, placeholders and particles
 * weighed (words.def); a surname repeated as given name found; ABD AL X made
 * one; fields cut at their limit noticed. Each leaves a bit for the explanation
 * (step.h). Parts beyond NAME_TOKENS are ignored.
 *
 * A text that has a letter without a table (Han, Lao, ...) keeps its UTF-8
 * and is only ever equal or different.
 *
 * Lifetime: keys point into the form itself: never copy one by assignment.
 * No allocation. Threads: one form, one thread at a time.
 */
#ifndef WATCHLIST_NORMALISE_H
#define WATCHLIST_NORMALISE_H

#include "watchlist/sound.h"

enum {
	NAME_TOKENS = 8,
	NAME_KEYS = 4,
	NAME_TEXT = 32, /* bytes of a key; longer parts are cut */
	COST_STEP = 10, /* costs of keys are multiples, below 16 of it */
	/* tokens, pairs and triples of neighbours */
	NAME_UNITS = NAME_TOKENS + (NAME_TOKENS - 1) + (NAME_TOKENS - 2),
	NAME_POOL = NAME_UNITS * NAME_KEYS * NAME_TEXT * 2,
	NAME_CODE_POINTS =
		256, /* of a surname or the given names that we read */
};

enum name_source {
	NAME_LISTED,
	NAME_CARRIED, /* titles may be glued to it, fields cut */
};

enum name_part { NAME_SURNAME, NAME_GIVEN };

/* What a token is: decides its weight. */
enum name_kind {
	NAME_WORD,
	NAME_SHORT,	  /* one or two letters, not an initial */
	NAME_INITIAL,	  /* one letter */
	NAME_COMMON,	  /* says little: MUHAMMAD, SINGH */
	NAME_PARTICLE,	  /* AL, DE, VON */
	NAME_SUFFIX,	  /* JUNIOR, NETO */
	NAME_HONORIFIC,	  /* HAJI, SHEIKH: may be a name, says little */
	NAME_TITLE,	  /* MR, DR: no evidence */
	NAME_PLACEHOLDER, /* FNU, XXX, a surname repeated: no evidence */
	NAME_KINDS,
};

/* Why a key is there, or what was seen: one step of the explanation. */
enum name_spelt {
	SPELT_AS_WRITTEN,
	SPELT_MRZ,	/* letters by ICAO Doc 9303 */
	SPELT_POPULAR,	/* letters by popular usage */
	SPELT_NATIONAL, /* letters by national usage */
	SPELT_DIGRAPH,	/* AE OE UE AA as A O U A */
	SPELT_TITLE,	/* a title taken off the end */
	SPELT_TITLED,	/* the same with the title left on */
	SPELT_ARTICLE,	/* AL or EL taken off the front */
	SPELT_SERVANT,	/* ABD AL X in one way */
	SPELT_SERVED,	/* X of ABDULX */
	SPELT_JOINED,	/* neighbours joined */
	SPELT_WAYS,
};

/* One spelling. `cost` is taken off the similarity of whoever uses it. */
struct name_key {
	struct str text;
	uint64_t sig; /* name_signature(text) */
	struct name_sound sound;
	uint8_t cost;  /* thousandths */
	uint8_t spelt; /* enum name_spelt */
};

/* A token, or joined neighbours. Bit i of `mask`: covers token i. */
struct name_unit {
	uint8_t mask;
	uint8_t part; /* enum name_part */
	uint8_t nr_keys;
	bool stub; /* its field was cut: may be only the beginning */
	struct name_key key[NAME_KEYS];
};

struct name_form {
	struct name_unit unit[NAME_UNITS]; /* the first nr_tokens are tokens */
	uint8_t nr_units, nr_tokens;
	uint8_t kind[NAME_TOKENS]; /* enum name_kind */
	bool cut[2];		   /* by name_part: field was at its limit */
	uint32_t steps; /* what was done: bits of step.h; name_normalise() */
	uint16_t pool_len;
	char pool[NAME_POOL];
};

/*
 * Fill `f`. Either part may be absent. Always succeeds; a name of nothing
 * but blanks has no tokens.
 */
void name_normalise(struct name_form *f, struct str surname, struct str given,
		    enum name_source source);

/*
 * Thermometer of letter counts: bit i of letter c's field is set when the
 * text has more than i of it. The number of bits of a that are not in b is at
 * most the number of letters that a has more of than b, which is at most
 * their OSA distance. Texts that are not all A-Z have bit 63 set.
 */
uint64_t name_signature(struct str text);

/* "digraph", ...: the word for a rule in explanations. */
const char *name_spelt_word(enum name_spelt r);

/* "title", ...: the word for a kind of token. */
const char *name_kind_word(enum name_kind k);

#endif
