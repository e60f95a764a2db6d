/*
 * entry.h - one who is sought, or one document, as the list has it
 *
 * The form between a list's file and the snapshot, and the canonical record
 * that evidence keeps: everything a score depends on is in it, the weights of
 * the names' tokens too, so that a hit can be scored again when the list is
 * gone (pair.h).
 *
 * Texts are borrowed from the arena or the snapshot they were read from.
 * Plain values; threads: read-only once filled.
 */
#ifndef WATCHLIST_ENTRY_H
#define WATCHLIST_ENTRY_H

#include "watchlist/birth.h"
#include "watchlist/document.h"
#include "watchlist/score.h"

/* Of a match (pair.h), A to D. Points beyond all: such a match is none. */
enum { ENTRY_CLASSES = 4, ENTRY_CLASS_OFF = 1001 };

struct watch_name {
	struct str surname, given;    /* as written in the list */
	uint16_t weight[NAME_TOKENS]; /* of its tokens, set by the build */
};

struct watch_document {
	struct document_number number;
	struct str issuer; /* ISO alpha-3; absent: not stated */
	struct str type;   /* P passport, I identity card, ... */
};

struct watch_entry {
	struct str list;	  /* id of the list */
	uint64_t list_version;	  /* list_version.h; 0: not stated */
	struct str id;		  /* within the list */
	struct str reference;	  /* the owner's: what to ask for */
	struct str offence;	  /* code of the offence catalogue */
	struct str birth_place;	  /* as written; several with ';' */
	struct watch_name *names; /* the first is the main one */
	uint32_t nr_names;
	struct birth_range *births;
	uint32_t nr_births;
	struct str *nationalities; /* ISO alpha-3 */
	uint32_t nr_nationalities;
	struct watch_document *documents;
	uint32_t nr_documents;
	struct date valid_until;
	uint16_t threshold;	       /* of the list, 0 to 1000 */
	uint16_t least[ENTRY_CLASSES]; /* of the list, by class; 0: no more */
	char sex;		       /* M, F, X or 0 */
};

#endif
