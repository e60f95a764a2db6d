#include "watchlist/sheet.h"

#include "base/yaml.h"

#include <stddef.h>

#define ART_6 "Directive (EU) 2016/681 Art. 6(3)(a)"
#define ART_7 "Directive (EU) 2016/681 Art. 7"

static const char *const known_keys[] = {
	"id",	  "title",   "kind",	 "file",    "owner",	 "owner_type",
	"basis",  "alert",   "offences", "valid",   "threshold", "test",
	"format", "aliases", "programs", "classes",
};

/* Texts a sheet must have, and what their lack means. */
static const struct text_row {
	const char *key, *why;
	size_t offset;
	enum err_code code;
} text_rows[] = {
	{ "id", "a short name is required", offsetof(struct watch_sheet, id),
	  ERR_VALUE },
	{ "title", "say what the list is", offsetof(struct watch_sheet, title),
	  ERR_VALUE },
	{ "file", "name the file beside the sheet",
	  offsetof(struct watch_sheet, file), ERR_VALUE },
	{ "owner",
	  "lists are run by the competent authorities or used by them, " ART_7,
	  offsetof(struct watch_sheet, owner), ERR_LEGAL },
	{ "basis", "a list needs its legal basis, " ART_6,
	  offsetof(struct watch_sheet, basis), ERR_LEGAL },
	{ "alert",
	  "only persons or objects sought or under alert may be compared "
	  "with, " ART_6,
	  offsetof(struct watch_sheet, alert), ERR_LEGAL },
};

static bool is_known(struct str key)
{
	for (size_t i = 0; i < ARRAY_SIZE(known_keys); i++)
		if (str_eq(key, str_of(known_keys[i])))
			return true;
	return false;
}

static int read_texts(struct watch_sheet *s, const struct yaml_node *doc,
		      struct err *e)
{
	for (size_t i = 0; i < ARRAY_SIZE(text_rows); i++) {
		const struct text_row *row = &text_rows[i];
		const struct yaml_node *n = yaml_get(doc, str_of(row->key));

		if (!n || n->kind != YAML_SCALAR || str_empty(n->text))
			return err_at(e, row->code, 0,
				      "the sheet states no '%s': %s", row->key,
				      row->why);
		*(struct str *)((char *)s + row->offset) = n->text;
	}
	return 0;
}

static bool is_permitted(const struct watch_registers *law, struct str code)
{
	for (uint32_t i = 0; i < law->nr_offences; i++)
		if (str_eq(law->offence[i], code))
			return true;
	return false;
}

static int read_offences(struct watch_sheet *s, const struct yaml_node *doc,
			 const struct watch_registers *law, struct err *e)
{
	const struct yaml_node *n = yaml_get(doc, STR("offences"));

	if (!n || n->kind != YAML_SEQ || n->nr == 0)
		return err_at(
			e, ERR_LEGAL, 0,
			"the sheet states no 'offences': the list must "
			"serve terrorist offences or serious crime, " ART_6);
	for (n = n->child; n; n = n->next) {
		if (n->kind != YAML_SCALAR || !is_permitted(law, n->text))
			return err_at(e, ERR_LEGAL, 0,
				      "line %u: offence '" STR_FMT
				      "' is not in the offence catalogue, "
				      "Directive (EU) 2016/681 Art. 3(8), (9)",
				      n->line, STR_ARG(n->text));
		if (s->nr_offences == SHEET_OFFENCES)
			return err_at(e, ERR_LIMIT, 0, "more than %d offences",
				      SHEET_OFFENCES);
		s->offence[s->nr_offences++] = n->text;
	}
	return 0;
}

static bool covers(struct date from, struct date until, struct date day)
{
	int64_t d = date_to_days(day);

	return d >= date_to_days(from) &&
	       (!date_is_set(until) || d <= date_to_days(until));
}

static int check_owner(const struct watch_sheet *s, const struct yaml_node *doc,
		       const struct watch_registers *law, struct err *e)
{
	const struct yaml_node *type = yaml_get(doc, STR("owner_type"));

	if (type && !str_eq(type->text, STR("authority")))
		return err_at(e, ERR_LEGAL, 0,
			      "owner type '" STR_FMT "': only lists of "
			      "competent authorities can be registered, no "
			      "commercial ones, " ART_7,
			      STR_ARG(type->text));
	for (uint32_t i = 0; i < law->nr_authorities; i++) {
		const struct watch_authority *a = &law->authority[i];

		if (!str_eq(a->id, s->owner))
			continue;
		if (covers(a->from, a->until, law->today))
			return 0;
		return err_at(e, ERR_LEGAL, 0,
			      "owner '" STR_FMT "' is not on the list of "
			      "authorities today, " ART_7,
			      STR_ARG(s->owner));
	}
	return err_at(e, ERR_LEGAL, 0,
		      "owner '" STR_FMT "' is not on the list of "
		      "authorities, " ART_7,
		      STR_ARG(s->owner));
}

static bool read_day(const struct yaml_node *map, struct str key,
		     struct date *out)
{
	const struct yaml_node *n = yaml_get(map, key);

	return n && n->kind == YAML_SCALAR && date_read(n->text, out) &&
	       date_is_full(*out);
}

static int read_validity(struct watch_sheet *s, const struct yaml_node *doc,
			 const struct watch_registers *law, struct err *e)
{
	const struct yaml_node *n = yaml_get(doc, STR("valid"));

	if (!read_day(n, STR("from"), &s->from) ||
	    !read_day(n, STR("until"), &s->until))
		return err_at(e, ERR_LEGAL, 0,
			      "the sheet states no 'valid: {from: DATE, until: "
			      "DATE}': lists are kept up to date and "
			      "reviewed, " ART_6);
	if (!covers(s->from, s->until, law->today))
		return err_at(
			e, ERR_LEGAL, 0,
			"the list is valid from %d-%02d-%02d until "
			"%d-%02d-%02d only; its owner has to renew it, " ART_6,
			s->from.year, s->from.month, s->from.day, s->until.year,
			s->until.month, s->until.day);
	return 0;
}

/* "B": 1. A document is enough by itself: class A has no threshold. */
static int class_of(struct str word)
{
	return word.len == 1 && word.ptr[0] >= 'B' && word.ptr[0] <= 'D'
		       ? word.ptr[0] - 'A'
		       : -1;
}

/* More than the threshold, for some classes. */
static int read_classes(struct watch_sheet *s, const struct yaml_node *n,
			struct err *e)
{
	if (n && n->kind != YAML_MAP)
		return err_at(e, ERR_VALUE, 0,
			      "line %u: classes is a map as {C: 850, D: off}",
			      n->line);
	for (n = n ? n->child : NULL; n; n = n->next) {
		int class = class_of(n->key);
		int64_t v = SHEET_CLASS_OFF;

		if (class < 0)
			return err_at(e, ERR_VALUE, 0,
				      "line %u: classes are B, C and D",
				      n->key_line);
		if (!str_eq(n->text, STR("off")) &&
		    (!str_to_i64(n->text, &v) || v < s->threshold || v > 1000))
			return err_at(e, ERR_VALUE, 0,
				      "line %u: a class has a number from the "
				      "list's threshold, %u, to 1000, or 'off'",
				      n->line, s->threshold);
		s->least[class] = (uint16_t)v;
	}
	return 0;
}

/* The keys that may be left out. */
static int read_choices(struct watch_sheet *s, const struct yaml_node *doc,
			struct err *e)
{
	const struct yaml_node *kind = yaml_get(doc, STR("kind"));
	const struct yaml_node *at = yaml_get(doc, STR("threshold"));
	const struct yaml_node *test = yaml_get(doc, STR("test"));
	int64_t v = SHEET_THRESHOLD;

	if (kind && str_eq(kind->text, STR("documents")))
		s->kind = SHEET_DOCUMENTS;
	else if (kind && !str_eq(kind->text, STR("persons")))
		return err_at(e, ERR_VALUE, 0,
			      "line %u: kind is 'persons' or 'documents'",
			      kind->line);
	if (at && (!str_to_i64(at->text, &v) || v < SHEET_THRESHOLD_LEAST ||
		   v > 1000))
		return err_at(e, ERR_VALUE, 0,
			      "line %u: threshold is a number from %d to 1000",
			      at->line, SHEET_THRESHOLD_LEAST);
	s->threshold = (uint16_t)v;
	if (read_classes(s, yaml_get(doc, STR("classes")), e))
		return e->code;
	s->test = test && str_eq(test->text, STR("true"));
	if (test && !s->test && !str_eq(test->text, STR("false")))
		return err_at(e, ERR_VALUE, 0,
			      "line %u: test is 'true' or 'false'", test->line);
	return 0;
}

static bool has_offence(const struct watch_sheet *s, struct str code)
{
	for (uint32_t i = 0; i < s->nr_offences; i++)
		if (str_eq(s->offence[i], code))
			return true;
	return false;
}

static int read_programs(struct watch_sheet *s, const struct yaml_node *doc,
			 struct err *e)
{
	const struct yaml_node *n = yaml_get(doc, STR("programs"));

	if (!n || n->kind != YAML_MAP || n->nr == 0)
		return err_at(e, ERR_LEGAL, 0,
			      "the sheet states no 'programs: {PROGRAM: "
			      "OFFENCE}': to be on a sanctions list is no "
			      "offence, " ART_6);
	for (n = n->child; n; n = n->next) {
		if (n->kind != YAML_SCALAR || !has_offence(s, n->text))
			return err_at(
				e, ERR_LEGAL, 0,
				"line %u: the offence of program '" STR_FMT
				"' is not among the sheet's "
				"'offences', " ART_6,
				n->key_line, STR_ARG(n->key));
		if (s->nr_programs == SHEET_PROGRAMS)
			return err_at(e, ERR_LIMIT, 0,
				      "line %u: more than %d programs",
				      n->key_line, SHEET_PROGRAMS);
		s->program[s->nr_programs++] =
			(struct watch_program){ n->key, n->text };
	}
	return 0;
}

/* What a sheet of each format has to state besides. */
static const struct format_row {
	const char *name;
	enum sheet_format format;
	bool persons, aliases, programs; /* only; needed */
} formats[] = {
	{ "paxgate-csv", SHEET_PAXGATE, false, false, false },
	{ "paxgate-jsonl", SHEET_JSON_LINES, false, false, false },
	{ "ofac-sdn", SHEET_OFAC_SDN, true, true, true },
	{ "un-consolidated", SHEET_UN, true, false, true },
	{ "opensanctions-ftm", SHEET_FTM, true, false, true },
};

static const struct format_row *find_format(const struct yaml_node *n)
{
	if (!n)
		return &formats[0];
	for (size_t i = 0; i < ARRAY_SIZE(formats); i++)
		if (str_eq(n->text, str_of(formats[i].name)))
			return &formats[i];
	return NULL;
}

static int unknown_format(const struct yaml_node *n, struct err *e)
{
	return err_at(e, ERR_VALUE, 0,
		      "line %u: format is one of paxgate-csv, paxgate-jsonl, "
		      "ofac-sdn, un-consolidated, opensanctions-ftm; "
		      "paxgate-csv when left out",
		      n->line);
}

/* A key that this format does not have. */
static int needless(const struct yaml_node *n, const struct format_row *f,
		    struct err *e)
{
	return err_at(e, ERR_VALUE, 0,
		      "line %u: '" STR_FMT "' is for other formats than '%s'",
		      n->key_line, STR_ARG(n->key), f->name);
}

/*
 * Topics of FollowTheMoney that say who somebody is, not that he is sought:
 * politically exposed persons, their relatives, persons of interest.
 */
static int refuse_statuses(const struct watch_sheet *s, struct err *e)
{
	static const struct str statuses[] = {
		STR_INIT("role."),
		STR_INIT("poi"),
		STR_INIT("sanction.linked"),
		STR_INIT("gov"),
		STR_INIT("corp"),
		STR_INIT("fin"),
		STR_INIT("reg."),
		STR_INIT("mil"),
		STR_INIT("debarment"),
	};

	for (uint32_t i = 0; i < s->nr_programs; i++)
		for (size_t k = 0; k < ARRAY_SIZE(statuses); k++)
			if (str_starts(s->program[i].name, statuses[k]))
				return err_at(
					e, ERR_LEGAL, 0,
					"program '" STR_FMT "': whom it names "
					"is not sought for an offence, " ART_6,
					STR_ARG(s->program[i].name));
	return 0;
}

static int read_format(struct watch_sheet *s, const struct yaml_node *doc,
		       struct err *e)
{
	const struct yaml_node *format = yaml_get(doc, STR("format"));
	const struct yaml_node *aliases = yaml_get(doc, STR("aliases"));
	const struct yaml_node *programs = yaml_get(doc, STR("programs"));
	const struct format_row *f = find_format(format);

	if (!f)
		return unknown_format(format, e);
	s->format = f->format;
	if (aliases && !f->aliases)
		return needless(aliases, f, e);
	if (programs && !f->programs)
		return needless(programs, f, e);
	if (f->persons && s->kind != SHEET_PERSONS)
		return err_at(e, ERR_VALUE, 0,
			      "line %u: a list of format '%s' is of persons",
			      format->line, f->name);
	if (f->aliases && (!aliases || str_empty(aliases->text)))
		return err_at(e, ERR_VALUE, 0,
			      "the sheet states no 'aliases': name alt.csv, "
			      "which stands beside the sheet");
	s->aliases = aliases ? aliases->text : STR_NONE;
	if (f->programs && read_programs(s, doc, e) < 0)
		return e->code;
	return s->format == SHEET_FTM ? refuse_statuses(s, e) : 0;
}

int watch_sheet_read(struct watch_sheet *out, struct arena *a, struct str text,
		     const struct watch_registers *law, struct err *e)
{
	struct watch_sheet s = { .kind = SHEET_PERSONS };
	struct yaml_node *doc;
	int rc = yaml_read(&doc, a, text, e);

	for (const struct yaml_node *n = rc < 0 ? NULL : doc->child; n;
	     n = n->next)
		if (rc == 0 && !is_known(n->key))
			rc = err_at(e, ERR_VALUE, 0,
				    "line %u: a sheet has no key '" STR_FMT "'",
				    n->key_line, STR_ARG(n->key));
	if (rc == 0)
		rc = read_texts(&s, doc, e);
	if (rc == 0)
		rc = check_owner(&s, doc, law, e);
	if (rc == 0)
		rc = read_offences(&s, doc, law, e);
	if (rc == 0)
		rc = read_validity(&s, doc, law, e);
	if (rc == 0)
		rc = read_choices(&s, doc, e);
	if (rc == 0)
		rc = read_format(&s, doc, e);
	if (rc == 0)
		*out = s;
	return rc;
}
