#include "parsers/field.h"
#include "tools/cmd.h"
#include "tools/opt.h"
#include "tools/profile_cli.h"

#include <stdio.h>
#include <string.h>

static const struct opt opts[] = {
	{ 0 },
};

static const struct opt_usage usage = {
	"profile fields",
	"",
	"List what expressions may name, by record: name, type and meaning. "
	"`=` "
	"marks fields\nthat may be compared with other fields only, `!` those "
	"that need a written reason.",
	opts,
	"  paxgate profile fields | grep -w bags\n",
};

static const char *mark(const struct field *f)
{
	if (f->use == USE_COMPARE)
		return "=";
	return f->use == USE_REASON ? "!" : " ";
}

int profile_cmd_fields(int argc, char **argv)
{
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first < argc)
		return opt_wrong(&usage, "'%s' is one too many", argv[first]);
	for (size_t i = 0; i < field_table_nr; i++) {
		const struct field *f = &field_table[i];
		char name[80];

		if (f->use == USE_NEVER || !strcmp(f->record, "name"))
			continue;
		snprintf(name, sizeof(name), "%s.%s", f->record, f->name);
		printf("%s %-32s %-10s %s\n", mark(f), name,
		       field_type_name(f->type), f->help);
	}
	return EXIT_OK;
}
