#include "parsers/segment_list.h"

#include "parsers/convert.h"
#include "parsers/field.h"
#include "parsers/paxlst.h"
#include "parsers/pnr.h"

#include <string.h>

const struct segment_note segment_notes[] = {
#define READ(k, t, which, where, el, fi, no) \
	{ #k, t, which, where, el, fi, no },
#include "parsers/segments.def"
#undef READ
};
const size_t segment_notes_nr = ARRAY_SIZE(segment_notes);

const struct service_note service_notes[] = {
#define SERVICES(co, fi, no) { co, fi, no },
#include "parsers/services.def"
#undef SERVICES
};
const size_t service_notes_nr = ARRAY_SIZE(service_notes);

const struct diag_note diag_notes[] = {
#define DIAG_CODE(co, sev, me, done, re) { co, me, done, re, DIAG_##sev },
#include "parsers/diagnostics.def"
#undef DIAG_CODE
};
const size_t diag_notes_nr = ARRAY_SIZE(diag_notes);

const struct diag_note *diag_note_find(const char *code)
{
	for (size_t i = 0; i < diag_notes_nr; i++)
		if (strcmp(diag_notes[i].code, code) == 0)
			return &diag_notes[i];
	return NULL;
}

static const char *pax_where(unsigned phases)
{
	if (!phases)
		return "";
	if (phases & PAX_PERSON)
		return phases == PAX_DOCUMENT ? "document"
		       : phases == PAX_VISA   ? "visa"
					      : "traveller";
	return phases & PAX_FLIGHT ? "flight" : "header";
}

static const char *pnr_where(unsigned phases)
{
	static const struct {
		unsigned phase;
		const char *where;
	} parts[] = {
		{ PNR_HEADER, "header" }, { GR1, "GR1" }, { GR3, "GR3" },
		{ GR3 | GR4, "GR3" },	  { GR4, "GR4" }, { PNR_PERSON, "GR2" },
		{ PNR_FLIGHT, "GR5" },	  { GR8, "GR8" }, { GR12, "GR12" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (parts[i].phase == phases)
			return parts[i].where;
	return "";
}

const struct segment_rows segment_rows[2] = {
	{ "PAXLST", pax_rows, &pax_rows_nr, pax_where },
	{ "PNRGOV", pnr_rows, &pnr_rows_nr, pnr_where },
};

const struct field *segment_field(const struct seg_row *row)
{
	static const char *const records[NR_RECS] = {
		[REC_MESSAGE] = "message",     [REC_FLIGHT] = "flight",
		[REC_BOOKING] = "booking",     [REC_AGENCY] = "agency",
		[REC_TRAVELLER] = "traveller", [REC_DOCUMENT] = "document",
		[REC_VISA] = "visa",	       [REC_TICKET] = "ticket",
		[REC_PAYMENT] = "payment",     [REC_LEG] = "leg",
		[REC_SERVICE] = "service",     [REC_HISTORY] = "history",
		[REC_SPLIT] = "split",
	};
	const char *record = records[row->rec];
	const struct field *end;

	if (row->fn || !row->convert || row->convert == convert_constant)
		return NULL;
	end = field_end(record);
	for (const struct field *f = field_first(record); f < end; f++)
		if (f->offset == row->off)
			return f;
	return NULL;
}
