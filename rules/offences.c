#include "rules/offences.h"

#include "base/buf.h"
#include "rules/read.h"

#include <stdlib.h>

enum { FILE_LIMIT = 1 << 20 };

#define ART_3_9 "Directive (EU) 2016/681 Art. 3(9) and Annex II"

static bool read_annex(struct faults *f, const struct yaml_node *n,
		       uint8_t *out)
{
	const struct yaml_node *v = yaml_get(n, STR("annex_ii"));
	int64_t no;

	if (!v || v->kind != YAML_SCALAR) {
		fault_at(f, ERR_LEGAL, n,
			 ART_3_9 ": 'annex_ii:' is missing; give the number "
				 "1 to 26, or T for terrorist offences");
		return false;
	}
	if (str_eq(v->text, STR("T"))) {
		*out = 0;
		return true;
	}
	if (!str_to_i64(v->text, &no) || no < 1 || no > ANNEX_II_LAST) {
		fault_at(f, ERR_LEGAL, v,
			 ART_3_9 " has the numbers 1 to 26; only offences of "
				 "that list, or T, may be catalogued");
		return false;
	}
	*out = (uint8_t)no;
	return true;
}

static void read_offence(struct offences *o, struct faults *f,
			 const struct yaml_node *n)
{
	static const char *const keys[] = { "code",
					    "annex_ii",
					    "title",
					    "national_provision",
					    "max_penalty_years",
					    "valid_from",
					    "valid_until",
					    NULL };
	struct offence row = { 0 }, *to;

	if (!read_map(f, n, keys) || !read_annex(f, n, &row.annex_ii))
		return;
	row.code = read_needed(f, n, "code", ERR_VALUE, "profiles name it");
	row.title = read_needed(f, n, "title", ERR_VALUE, "say what it is");
	row.provision = read_needed(f, n, "national_provision", ERR_LEGAL,
				    ART_3_9 ": name the national provision");
	row.max_penalty_years = read_int(f, n, "max_penalty_years", 0, 1000, 0);
	row.from = read_date(f, n, "valid_from");
	row.until = read_date(f, n, "valid_until");
	if (row.annex_ii && row.max_penalty_years < MIN_PENALTY_YEARS)
		fault_at(f, ERR_LEGAL, n,
			 ART_3_9 ": the maximum penalty must be at least 3 "
				 "years of custody");
	if (!date_is_set(row.from))
		fault_at(f, ERR_VALUE, n, "'valid_from:' is missing");
	if (offence_find(o, row.code))
		fault_at(f, ERR_VALUE, n,
			 "code '" STR_FMT "' stands here twice",
			 STR_ARG(row.code));
	row.code = arena_str(&o->arena, row.code);
	row.title = arena_str(&o->arena, row.title);
	row.provision = arena_str(&o->arena, row.provision);
	to = arena_push(&o->arena, &o->offence, &o->nr, sizeof(*to));
	*to = row;
}

static void read_all(struct offences *o, struct faults *f)
{
	static const char *const keys[] = { "offences", NULL };
	const struct yaml_node *list;
	struct yaml_node *doc;
	struct err e = { 0 };

	if (yaml_read(&doc, &o->arena, o->text, &e)) {
		fault_of_yaml(f, &e);
		return;
	}
	if (!read_map(f, doc, keys))
		return;
	list = yaml_get(doc, STR("offences"));
	if (!list || list->kind != YAML_SEQ || !list->nr) {
		fault_at(f, ERR_VALUE, list ? list : doc,
			 "expected 'offences:' and a list");
		return;
	}
	for (const struct yaml_node *n = list->child; n; n = n->next)
		read_offence(o, f, n);
}

int offences_read(struct offences **out, struct str text, const char *file,
		  struct faults *faults, struct err *e)
{
	struct offences *o = calloc(1, sizeof(*o));
	struct faults own = { 0 };

	if (!o)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	o->text = arena_str(&o->arena, text.ptr ? text : STR(""));
	if (!faults) {
		own.arena = &o->arena;
		faults = &own;
	}
	faults->source = o->text;
	read_all(o, faults);
	if (!faults->nr) {
		*out = o;
		return 0;
	}
	faults_err(faults, file, e);
	faults->source = text;
	offences_free(o);
	return e->code;
}

int offences_load(struct offences **out, const char *file, struct err *e)
{
	struct buf b = { 0 };
	int rc = buf_read_file(&b, file, FILE_LIMIT, e);

	if (!rc)
		rc = offences_read(out, buf_view(&b), file, NULL, e);
	buf_release(&b);
	return rc;
}

void offences_free(struct offences *o)
{
	struct arena a;

	if (!o)
		return;
	a = o->arena;
	arena_release(&a);
	free(o);
}

const struct offence *offence_find(const struct offences *o, struct str code)
{
	for (uint32_t i = 0; i < o->nr; i++)
		if (str_eq(o->offence[i].code, code))
			return &o->offence[i];
	return NULL;
}

bool offence_covers(const struct offence *o, struct date from,
		    struct date until)
{
	if (date_to_days(from) < date_to_days(o->from))
		return false;
	return !date_is_set(o->until) ||
	       date_to_days(until) <= date_to_days(o->until);
}
