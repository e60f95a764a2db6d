/*
 * segment_list.h - what is read, as tables: segments.def, services.def and
 * diagnostics.def, for doc/segments.md and the tests
 *
 * Static and read-only; any thread.
 */
#ifndef PARSERS_SEGMENT_LIST_H
#define PARSERS_SEGMENT_LIST_H

#include "parsers/segmap.h"

struct segment_note {
	const char *kind; /* ANY, PAXLST, PNRGOV */
	const char *tag, *which, *where, *elements, *fields, *note;
};

struct service_note {
	const char *codes, *fields, *note;
};

struct diag_note {
	const char *code, *meaning, *done;
	const char *remedy; /* what its sender can do */
	enum severity severity;
};

extern const struct segment_note segment_notes[];
extern const size_t segment_notes_nr;
extern const struct service_note service_notes[];
extern const size_t service_notes_nr;
extern const struct diag_note diag_notes[];
extern const size_t diag_notes_nr;

/* The row of a diagnostic's code, or NULL. */
const struct diag_note *diag_note_find(const char *code);

/* A type of message with its rows. */
struct segment_rows {
	const char *kind;
	const struct seg_row *row;
	const size_t *nr;
	/* the part of the message that a bit of a row's phases stands for */
	const char *(*where)(unsigned phases);
};

extern const struct segment_rows segment_rows[2];

/* Codes of services that are read (ssr.c), by number; NULL behind the last. */
const char *ssr_code_at(size_t i);

/* The field that a row with a member fills; NULL: it has a function or none. */
struct field;
const struct field *segment_field(const struct seg_row *row);

#endif
