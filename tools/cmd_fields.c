/*
 * cmd_fields.c - paxgate fields: the vocabulary of profiles
 */
#include "tools/cmd.h"

#include "base/json_write.h"
#include "parsers/field.h"
#include "tools/opt.h"
#include "tools/segments_page.h"

#include <stdio.h>
#include <string.h>

static bool as_json, as_markdown, segments;

static const struct opt opts[] = {
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "one JSON object a line" },
	{ "markdown", 0, NULL, OPT_FLAG, &as_markdown,
	  "a table, as in doc/fields.md" },
	{ "segments", 0, NULL, OPT_FLAG, &segments,
	  "what fills them, segment by segment, as in doc/segments.md" },
	{ 0 },
};

static const struct opt_usage usage = {
	"fields",
	"[OPTIONS]",
	"List what a profile can speak of: each field's path, type, number in\n"
	"Annex I of the PNR Directive, whether it is hidden when records are\n"
	"depersonalised, and who may use it:\n"
	"  yes      in any clause\n"
	"  compare  only with another field, never with a literal\n"
	"  reason   only with a written reason\n"
	"  never    it is stored, but no profile sees it",
	opts,
	"  paxgate fields\n"
	"  paxgate fields --json | jq -r 'select(.annex == 6).path'\n",
};

static const char *use_name(enum field_use u)
{
	static const char *const name[] = {
		[USE_YES] = "yes",
		[USE_COMPARE] = "compare",
		[USE_REASON] = "reason",
		[USE_NEVER] = "never",
	};

	return name[u];
}

static void print_heading(void)
{
	if (as_markdown)
		printf("# Fields\n\n"
		       "Made by `paxgate fields --markdown` from "
		       "parsers/record.def.\n\n"
		       "| path | type | Annex I | masked | use | meaning |\n"
		       "|---|---|---|---|---|---|\n");
	else if (!as_json)
		printf("%-40s %-9s %5s %-6s %-8s %s\n", "path", "type", "annex",
		       "masked", "use", "meaning");
}

static void print_json(const char *path, const struct field *f)
{
	struct buf out = { 0 };
	struct json j;

	json_init(&j, &out);
	json_open(&j, NULL, '{');
	json_z(&j, "path", path);
	json_z(&j, "type", field_type_name(f->type));
	json_int(&j, "annex", f->annex);
	json_bool(&j, "masked", f->mask == FIELD_MASK);
	json_z(&j, "use", use_name(f->use));
	json_z(&j, "help", f->help);
	json_close(&j, '}');
	buf_byte(&out, '\n');
	fwrite(out.data, 1, out.len, stdout);
	buf_release(&out);
}

static void print_field(const char *path, const struct field *f)
{
	const char *type = field_type_name(f->type);
	const char *masked = f->mask == FIELD_MASK ? "yes" : "no";

	if (as_json)
		print_json(path, f);
	else if (as_markdown)
		printf("| `%s` | %s | %d | %s | %s | %s |\n", path, type,
		       f->annex, masked, use_name(f->use), f->help);
	else
		printf("%-40s %-9s %5d %-6s %-8s %s\n", path, type, f->annex,
		       masked, use_name(f->use), f->help);
}

/* Records that are roots of their own: not spelled out below others. */
static bool is_root(const char *record)
{
	return !strcmp(record, "flight") || !strcmp(record, "booking") ||
	       !strcmp(record, "traveller");
}

static void print_record(const char *path, const char *record)
{
	const struct field *end = field_end(record);

	for (const struct field *f = field_first(record); f < end; f++) {
		char p[128];

		snprintf(p, sizeof(p), "%s.%s", path, f->name);
		print_field(p, f);
		if (!f->child || is_root(f->child))
			continue;
		if (f->type == FIELD_LIST)
			strncat(p, "[]", sizeof(p) - strlen(p) - 1);
		print_record(p, f->child);
	}
}

/* "trip.stops[]" for the record of its elements; of a root the root itself. */
static void derived_path(char *p, size_t size, const char *record)
{
	snprintf(p, size, "%s", record);
	if (is_root(record))
		return;
	for (size_t i = 0; i < field_table_nr; i++) {
		const struct field *f = &field_table[i];

		if (f->child && !strcmp(f->child, record))
			snprintf(p, size, "%s.%s[]", f->record, f->name);
	}
}

/* Computed by rules/: no member of a record. */
static void print_derived(void)
{
	for (size_t i = 0; i < field_table_nr; i++) {
		const struct field *f = &field_table[i];
		char p[128];
		size_t len;

		if (!f->derived)
			continue;
		derived_path(p, sizeof(p), f->record);
		len = strlen(p);
		snprintf(p + len, sizeof(p) - len, ".%s", f->name);
		print_field(p, f);
	}
}

int cmd_fields(int argc, char **argv)
{
	static const char *const roots[] = { "message", "flight", "booking",
					     "traveller" };
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first < argc)
		return opt_wrong(&usage, "there is nothing to name here");
	if (segments) {
		segments_page_print();
		return EXIT_OK;
	}
	print_heading();
	for (size_t i = 0; i < ARRAY_SIZE(roots); i++)
		print_record(roots[i], roots[i]);
	print_derived();
	return EXIT_OK;
}
