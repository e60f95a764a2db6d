/*
 * t_segments.c - the tables behind doc/segments.md say what the parsers do:
 * every function of a row has words, every word a field, every field a source
 */
#include "base/buf.h"
#include "parsers/field.h"
#include "parsers/message.h"
#include "parsers/segment_list.h"
#include "tests/unit/unit.h"

#include <glob.h>
#include <stdio.h>
#include <string.h>

/* Is the word one of those in a list with blanks between? */
static bool has_word(const char *list, const char *word)
{
	struct str rest = str_of(list);

	while (rest.ptr)
		if (str_eq(str_split(&rest, ' '), str_of(word)))
			return true;
	return false;
}

static bool has_note(const char *kind, const struct seg_row *row)
{
	for (size_t i = 0; i < segment_notes_nr; i++) {
		const struct segment_note *n = &segment_notes[i];

		if (!strcmp(n->kind, kind) && !strcmp(n->tag, row->tag) &&
		    (!row->qual || has_word(n->which, row->qual)))
			return true;
	}
	return false;
}

START_TEST(functions_of_rows_have_words)
{
	for (size_t k = 0; k < ARRAY_SIZE(segment_rows); k++)
		for (size_t i = 0; i < *segment_rows[k].nr; i++) {
			const struct seg_row *row = &segment_rows[k].row[i];

			ck_assert_msg(
				!row->fn || has_note(segment_rows[k].kind, row),
				"segments.def lacks %s %s %s",
				segment_rows[k].kind, row->tag,
				row->qual ? row->qual : "");
		}
}
END_TEST

static const struct field *field_named(struct str name)
{
	char record[32] = { 0 };
	struct str r = str_split(&name, '.');

	ck_assert(name.ptr && r.len < sizeof(record));
	memcpy(record, r.ptr, r.len);
	return field_find(record, name);
}

static void check_fields(const char *fields, const char *whose)
{
	struct str rest = str_of(fields);

	while (rest.len) {
		struct str name = str_split(&rest, ' ');
		const struct field *f = field_named(name);

		ck_assert_msg(f && !f->derived, "%s: no field " STR_FMT, whose,
			      STR_ARG(name));
	}
}

START_TEST(words_name_fields)
{
	for (size_t i = 0; i < segment_notes_nr; i++)
		check_fields(segment_notes[i].fields, segment_notes[i].tag);
	for (size_t i = 0; i < service_notes_nr; i++)
		check_fields(service_notes[i].fields, service_notes[i].codes);
}
END_TEST

static bool is_filled(const struct field *f)
{
	char name[64];

	snprintf(name, sizeof(name), "%s.%s", f->record, f->name);
	for (size_t k = 0; k < ARRAY_SIZE(segment_rows); k++)
		for (size_t i = 0; i < *segment_rows[k].nr; i++)
			if (segment_field(&segment_rows[k].row[i]) == f)
				return true;
	for (size_t i = 0; i < segment_notes_nr; i++)
		if (has_word(segment_notes[i].fields, name))
			return true;
	for (size_t i = 0; i < service_notes_nr; i++)
		if (has_word(service_notes[i].fields, name))
			return true;
	return false;
}

START_TEST(every_field_has_a_source)
{
	for (size_t i = 0; i < field_table_nr; i++) {
		const struct field *f = &field_table[i];

		if (f->derived || f->type == FIELD_LIST || f->type == FIELD_ONE)
			continue;
		ck_assert_msg(is_filled(f), "nothing fills %s.%s", f->record,
			      f->name);
	}
}
END_TEST

START_TEST(services_are_those_that_are_read)
{
	const char *code;

	for (size_t i = 0; (code = ssr_code_at(i)); i++) {
		unsigned n = 0;

		for (size_t k = 0; k < service_notes_nr; k++)
			n += has_word(service_notes[k].codes, code);
		ck_assert_msg(n == 1, "services.def has %s %u times", code, n);
	}
	for (size_t k = 0; k < service_notes_nr; k++) {
		struct str rest = str_of(service_notes[k].codes);

		while (rest.ptr) {
			struct str word = str_split(&rest, ' ');
			size_t i = 0;

			while ((code = ssr_code_at(i)) &&
			       !str_eq(word, str_of(code)))
				i++;
			ck_assert_msg(code, "nobody reads " STR_FMT,
				      STR_ARG(word));
		}
	}
}
END_TEST

static void check_diagnostics(const struct parsed *m, const char *path)
{
	for (uint32_t i = 0; i < m->nr_diag; i++) {
		size_t k = 0;

		while (k < diag_notes_nr &&
		       strcmp(diag_notes[k].code, m->diag[i].code) != 0)
			k++;
		ck_assert_msg(k < diag_notes_nr, "%s: no row for %s", path,
			      m->diag[i].code);
		ck_assert_msg(diag_notes[k].severity == m->diag[i].severity,
			      "%s: %s is of another severity", path,
			      m->diag[i].code);
	}
}

START_TEST(what_golden_messages_are_told_is_in_the_table)
{
	struct arena a = { 0 };
	glob_t g;

	ck_assert_int_eq(glob("tests/golden/*.edi", 0, NULL, &g), 0);
	for (size_t i = 0; i < g.gl_pathc; i++) {
		struct buf b = { 0 };
		struct err e = { 0 };
		struct payload p;

		ck_assert(!buf_read_file(&b, g.gl_pathv[i], 0, &e));
		ck_assert(!payload_parse(&p, buf_view(&b),
					 &PARSE_LIMITS_DEFAULT, &a, &e));
		for (uint32_t k = 0; k < p.nr_parsed; k++)
			check_diagnostics(&p.parsed[k], g.gl_pathv[i]);
		arena_clear(&a);
		buf_release(&b);
	}
	globfree(&g);
	arena_release(&a);
}
END_TEST

UNIT_MAIN("segments", functions_of_rows_have_words, words_name_fields,
	  every_field_has_a_source, services_are_those_that_are_read,
	  what_golden_messages_are_told_is_in_the_table)
