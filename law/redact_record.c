#include "law/redact.h"
#include "law/special.h"
#include "parsers/field.h"

#include <string.h>

static void redact_struct(const char *record, char *at, struct arena *a);

/* A title without the words that the law does not let us keep. */
static struct str clean_title(struct str title, struct arena *a)
{
	struct str out = STR_NONE;

	while (title.ptr) {
		struct str word = str_split(&title, ' ');

		if (str_empty(word) || special_title(word, 0))
			continue;
		out = out.ptr ? arena_fmt(a, STR_FMT " " STR_FMT, STR_ARG(out),
					  STR_ARG(word))
			      : word;
	}
	return out;
}

static bool is_traveller_type(const struct field *f)
{
	return strcmp(f->record, "traveller") == 0 &&
	       strcmp(f->name, "type") == 0;
}

static void redact_text(const struct field *f, struct str *text,
			struct arena *a)
{
	if (f->type == FIELD_REMARK && special_find(*text, 0))
		*text = STR_NONE;
	else if (f->type == FIELD_TITLE && special_title(*text, 0))
		*text = clean_title(*text, a);
	else if (is_traveller_type(f) && special_type(*text, 0))
		*text = STR_NONE;
}

static void redact_field(const struct field *f, char *at, struct arena *a)
{
	char *member = at + f->offset;

	if (f->type == FIELD_ONE) {
		redact_struct(f->child, member, a);
	} else if (f->type == FIELD_LIST) {
		char *element = *(char **)(void *)member;
		uint32_t nr = *(uint32_t *)(void *)(at + f->nr_offset);

		for (uint32_t i = 0; i < nr; i++)
			redact_struct(f->child, element + i * f->child_size, a);
	} else if (f->type == FIELD_REMARK || f->type == FIELD_TITLE ||
		   f->type == FIELD_CODE) {
		redact_text(f, (struct str *)(void *)member, a);
	}
}

static void redact_struct(const char *record, char *at, struct arena *a)
{
	const struct field *end = field_end(record);

	for (const struct field *f = field_first(record); f < end; f++)
		redact_field(f, at, a);
}

void record_redact(struct message *m, struct arena *a)
{
	redact_struct("message", (char *)m, a);
}
