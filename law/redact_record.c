#include "law/redact.h"
#include "law/special.h"
#include "parsers/field.h"

#include <string.h>

static void redact_struct(const char *record, char *at);

static void redact_text(const struct field *f, struct str *text)
{
	const struct special *s = NULL;

	if (f->type == FIELD_REMARK)
		s = special_find(*text, 0);
	else if (f->type == FIELD_TITLE)
		s = special_title(*text, 0);
	else if (strcmp(f->record, "traveller") == 0 &&
		 strcmp(f->name, "type") == 0)
		s = special_type(*text, 0);
	if (s)
		*text = STR_NONE;
}

static void redact_field(const struct field *f, char *at)
{
	char *member = at + f->offset;

	if (f->type == FIELD_ONE) {
		redact_struct(f->child, member);
	} else if (f->type == FIELD_LIST) {
		char *element = *(char **)(void *)member;
		uint32_t nr = *(uint32_t *)(void *)(at + f->nr_offset);

		for (uint32_t i = 0; i < nr; i++)
			redact_struct(f->child, element + i * f->child_size);
	} else if (f->type == FIELD_REMARK || f->type == FIELD_TITLE ||
		   f->type == FIELD_CODE) {
		redact_text(f, (struct str *)(void *)member);
	}
}

static void redact_struct(const char *record, char *at)
{
	const struct field *end = field_end(record);

	for (const struct field *f = field_first(record); f < end; f++)
		redact_field(f, at);
}

void record_redact(struct message *m)
{
	redact_struct("message", (char *)m);
}
