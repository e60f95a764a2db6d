#include "tools/segments_page.h"

#include "base/docnumber.h"
#include "parsers/baggage.h"
#include "parsers/field.h"
#include "parsers/message.h"
#include "parsers/pnr.h"
#include "parsers/segment_list.h"

#include <stdio.h>
#include <string.h>

/* "a b" as `a`, `b` */
static void print_fields(const char *fields)
{
	const char *before = "";

	while (*fields) {
		size_t n = strcspn(fields, " ");

		printf("%s`%.*s`", before, (int)n, fields);
		before = ", ";
		fields += n + (fields[n] == ' ');
	}
}

static void print_note(const struct segment_note *n)
{
	printf("| %s | %s | %s | %s | ", n->tag, n->which, n->where,
	       n->elements);
	print_fields(n->fields);
	printf("%s%s |\n", *n->fields && *n->note ? ": " : "", n->note);
}

static void print_row(const struct segment_rows *rows,
		      const struct seg_row *row)
{
	const struct field *f = segment_field(row);

	printf("| %s | %s | %s | ", row->tag, row->qual ? row->qual : "",
	       rows->where(row->phases));
	if (f)
		printf("%d.%d | `%s.%s` |\n", row->elem, row->comp, f->record,
		       f->name);
	else
		printf(" | known, and not kept |\n");
}

/* Has a row words of its own: a member, or nothing at all? */
static bool speaks(const struct seg_row *row)
{
	return segment_field(row) || (!row->fn && !row->convert);
}

/* The notes of a tag, then its rows, for each tag in the order of the rows. */
static void print_tag(const struct segment_rows *rows, const char *tag)
{
	for (size_t i = 0; i < segment_notes_nr; i++)
		if (!strcmp(segment_notes[i].kind, rows->kind) &&
		    !strcmp(segment_notes[i].tag, tag))
			print_note(&segment_notes[i]);
	for (size_t i = 0; i < *rows->nr; i++)
		if (!strcmp(rows->row[i].tag, tag) && speaks(&rows->row[i]))
			print_row(rows, &rows->row[i]);
}

static bool has_rows(const struct segment_rows *rows, const char *tag)
{
	for (size_t i = 0; i < *rows->nr; i++)
		if (!strcmp(rows->row[i].tag, tag))
			return true;
	return false;
}

static void print_kind(const struct segment_rows *rows)
{
	const char *last = "";

	printf("\n## %s\n\n| segment | which | where | element.component | "
	       "fills |\n|---|---|---|---|---|\n",
	       rows->kind);
	for (size_t i = 0; i < *rows->nr; i++) {
		if (strcmp(rows->row[i].tag, last))
			print_tag(rows, rows->row[i].tag);
		last = rows->row[i].tag;
	}
	/* those that only begin something */
	for (size_t i = 0; i < segment_notes_nr; i++)
		if (!strcmp(segment_notes[i].kind, rows->kind) &&
		    !has_rows(rows, segment_notes[i].tag))
			print_note(&segment_notes[i]);
}

static void print_envelope(void)
{
	printf("\n## Envelope, both types\n\n| segment | which | where | "
	       "element.component | fills |\n|---|---|---|---|---|\n");
	for (size_t i = 0; i < segment_notes_nr; i++)
		if (!strcmp(segment_notes[i].kind, "ANY"))
			print_note(&segment_notes[i]);
}

static void print_services(void)
{
	printf("\n## SSR\n\nOther codes are not kept, nor are their texts.\n\n"
	       "| codes | fill |\n|---|---|\n");
	for (size_t i = 0; i < service_notes_nr; i++) {
		const struct service_note *n = &service_notes[i];

		printf("| %s | ", n->codes);
		print_fields(n->fields);
		printf("%s%s |\n", *n->note ? ": " : "", n->note);
	}
}

static void print_diagnostics(void)
{
	printf("\n## Diagnostics\n\nNone of them stops a message. Positions "
	       "count bytes of the payload from 0.\n\n"
	       "| code | severity | what | what is done | what the sender can "
	       "do |\n|---|---|---|---|---|\n");
	for (size_t i = 0; i < diag_notes_nr; i++) {
		const struct diag_note *n = &diag_notes[i];

		printf("| %s | %s | %s | %s | %s |\n", n->code,
		       severity_name(n->severity), n->meaning, n->done,
		       n->remedy);
	}
}

static void print_rejection(int err, int contrl, const char *segment, int elem,
			    int comp, int ackres)
{
	printf("| %s | %d | ",
	       err == ERR_VALUE ? "a type of message that is not read"
				: "neither flight nor traveller in it",
	       contrl);
	if (segment)
		printf("%s element %d component %d", segment, elem - 1, comp);
	printf(" | %d |\n", ackres);
}

static void print_answers(void)
{
	printf("\n## Codes of answers\n\n| fault | CONTRL 0085 | place | "
	       "ACKRES 9321 |\n|---|---|---|---|\n");
#define ERROR(err, contrl, seg, el, co, ackres) \
	print_rejection(err, contrl, seg, el, co, ackres);
#define LACKS(what, ackres) \
	printf("| the flight lacks `%s` | | | %d |\n", #what, ackres);
#define DIAGNOSTIC(code, contrl)                                              \
	printf("| `%s` in a rejected message | %d | its segment | |\n", code, \
	       contrl);
#include "parsers/reply.def"
#undef ERROR
#undef LACKS
#undef DIAGNOSTIC
}

static void print_limits(void)
{
	const struct parse_limits d = PARSE_LIMITS_DEFAULT;
	const struct {
		size_t limit;
		const char *what, *beyond;
	} limits[] = {
		{ d.message_bytes,
		  "bytes of a payload (`limits.message_bytes`)", "refused" },
		{ EDI_MAX_PARTS, "components of a segment",
		  "the rest of it is dropped: `segment-parts`" },
		{ PNR_NAMES_MAX, "travellers of a booking, compared by name",
		  "references alone: `booking-size`" },
		{ LTS_LINES_MAX, "lines of text (LTS) of a booking",
		  "further ones are not read" },
		{ BAG_RUN_MAX, "tags that one composite stands for", "one" },
		{ DOCUMENT_TEXT, "signs of a document's number",
		  "no canonical form" },
		{ DOCUMENT_LEAST, "least signs of a document's number",
		  "no canonical form" },
	};

	printf("\n## Limits\n\n| limit | of | beyond it |\n|---|---|---|\n");
	for (size_t i = 0; i < ARRAY_SIZE(limits); i++)
		printf("| %zu | %s | %s |\n", limits[i].limit, limits[i].what,
		       limits[i].beyond);
}

void segments_page_print(void)
{
	printf("# Segments\n\n"
	       "Made by `paxgate fields --segments` from the tables of the "
	       "parsers; doc/messages.md explains. `n` is each repeated "
	       "element. Groups are those of the PNRGOV guide: GR1 booking, "
	       "GR2 traveller, GR3 ticket, GR4 payment, GR5 flight, GR6 and 7 "
	       "check-in, GR8 divided booking, GR9 service, GR10 to 12 "
	       "history. What has no row is not kept.\n");
	print_envelope();
	for (size_t i = 0; i < ARRAY_SIZE(segment_rows); i++)
		print_kind(&segment_rows[i]);
	print_services();
	print_diagnostics();
	print_answers();
	print_limits();
}
