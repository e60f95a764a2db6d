#include "rules/profile.h"

#include "rules/profile_clause.h"

#include <string.h>

#define ART_6_4 "Directive (EU) 2016/681 Art. 6(4)"
#define ART_6_2 "Directive (EU) 2016/681 Art. 1(2) and 6(2)"

static bool is_profile_name(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!(s.ptr[i] >= 'a' && s.ptr[i] <= 'z') &&
		    !(s.ptr[i] >= '0' && s.ptr[i] <= '9') && s.ptr[i] != '-')
			return false;
	return s.len > 0 && s.len <= 60;
}

static void read_head(struct profile_reader *r, const struct yaml_node *doc,
		      const char *file)
{
	struct profile *p = r->profile;

	p->name = read_needed(r->faults, doc, "profile", ERR_VALUE,
			      "it is the file's name without .yaml");
	if (p->name.len && !is_profile_name(p->name))
		fault_at(r->faults, ERR_VALUE, yaml_get(doc, STR("profile")),
			 "a profile's name is small letters, digits and '-'");
	else if (p->name.len && !str_eq(p->name, read_stem(file)))
		fault_at(r->faults, ERR_VALUE, yaml_get(doc, STR("profile")),
			 "the file of profile '" STR_FMT "' is '" STR_FMT
			 ".yaml'",
			 STR_ARG(p->name), STR_ARG(p->name));
	p->revision = read_int(r->faults, doc, "revision", 1, 1000000, 0);
	if (!p->revision && !yaml_get(doc, STR("revision")))
		fault_at_key(r->faults, ERR_VALUE, doc,
			     "'revision:' is missing; count from 1");
	p->title = read_needed(r->faults, doc, "title", ERR_VALUE,
			       "say in a line what it looks for");
}

static void check_offences(struct profile_reader *r, const struct offences *o,
			   const struct yaml_node *n)
{
	const struct profile *p = r->profile;

	for (uint32_t i = 0; i < p->nr_offences; i++) {
		const struct offence *of = offence_find(o, p->offence[i]);

		if (!of)
			fault_at(r->faults, ERR_LEGAL, n,
				 ART_6_2 ": offence '" STR_FMT "' is not in "
					 "the catalogue; profiles serve "
					 "terrorist offences and serious crime "
					 "only",
				 STR_ARG(str_slice(p->offence[i], 0, 20)));
		else if (validity_is_set(&p->valid) &&
			 !offence_covers(of, p->valid.from, p->valid.until))
			fault_at(r->faults, ERR_LEGAL, n,
				 ART_6_2 ": offence '" STR_FMT "' is not in "
					 "force for all of the validity",
				 STR_ARG(p->offence[i]));
	}
}

static void read_purpose(struct profile_reader *r, const struct yaml_node *doc,
			 const struct offences *offences)
{
	static const char *const keys[] = { "offences", "basis", "author",
					    "valid", NULL };
	const struct yaml_node *n = yaml_get(doc, STR("purpose")), *list;
	struct profile *p = r->profile;

	if (!n) {
		fault_at(r->faults, ERR_LEGAL, doc,
			 ART_6_2 ": 'purpose:' is missing; name offences, "
				 "basis, author and validity");
		return;
	}
	if (!read_map(r->faults, n, keys))
		return;
	p->basis = read_needed(r->faults, n, "basis", ERR_LEGAL,
			       ART_6_4 " and C-817/19, 198: name the "
				       "assessment the criteria rest on");
	p->author = read_needed(r->faults, n, "author", ERR_VALUE,
				"an approver may not be the author");
	validity_read(&p->valid, r->faults, n);
	list = yaml_get(n, STR("offences"));
	if (list)
		p->offence = read_words(r->faults, list, &p->nr_offences);
	if (!p->nr_offences)
		fault_at(r->faults, ERR_LEGAL, list ? list : n,
			 ART_6_2 ": name the offences of etc/offences.yaml "
				 "that this profile serves");
	else
		check_offences(r, offences, list);
}

/* 0.001 as parts per million; -1 when it is not of that form. */
static int64_t read_ppm(struct str s)
{
	struct str frac = s, whole = str_split(&frac, '.');
	int64_t v, f = 0;

	if (!str_is_digits(whole) || whole.len > 3 || !str_to_i64(whole, &v))
		return -1;
	if (frac.ptr &&
	    (!str_is_digits(frac) || frac.len > 6 || !str_to_i64(frac, &f)))
		return -1;
	for (size_t i = frac.len; i < 6; i++)
		f *= 10;
	return v * 1000000 + f;
}

static void read_budget(struct profile_reader *r, const struct yaml_node *doc)
{
	static const char *const keys[] = { "max_share", NULL };
	const struct yaml_node *n = yaml_get(doc, STR("budget")), *share;
	int64_t ppm;

	share = yaml_get(n, STR("max_share"));
	if (!n || !share || share->kind != YAML_SCALAR) {
		fault_at(r->faults, ERR_LEGAL, n ? n : doc,
			 ART_6_4 " and C-817/19, 198: criteria are "
				 "proportionate; add 'budget: {max_share: "
				 "0.001}', the share of travellers a day "
				 "beyond which the profile is suspended");
		return;
	}
	if (!read_map(r->faults, n, keys))
		return;
	ppm = read_ppm(share->text);
	if (ppm <= 0)
		fault_at(r->faults, ERR_VALUE, share,
			 "'max_share' is a share above 0, as 0.001");
	else if (ppm > PROFILE_MAX_SHARE_PPM)
		fault_at(r->faults, ERR_LEGAL, share,
			 ART_6_4 " and C-817/19, 198: at most 0.001 (0.1 %%) "
				 "of travellers a day");
	r->profile->max_share_ppm = ppm > 0 ? (uint32_t)ppm : 0;
}

static void read_both_lists(struct profile_reader *r,
			    const struct yaml_node *doc)
{
	const struct yaml_node *in = yaml_get(doc, STR("incriminating"));
	const struct yaml_node *ex = yaml_get(doc, STR("exonerating"));
	struct profile *p = r->profile;

	read_constants(r, yaml_get(doc, STR("constants")));
	read_definitions(r, yaml_get(doc, STR("let")));
	if (in)
		read_clauses(r, &p->incriminating, in, 1);
	if (ex)
		read_clauses(r, &p->exonerating, ex, -1);
	if (!in || (in->kind == YAML_SEQ && in->nr < PROFILE_MIN_INCRIMINATING))
		fault_at(r->faults, ERR_LEGAL, in ? in : doc,
			 ART_6_4 " and C-817/19, 198: criteria are specific; a "
				 "profile has at least two incriminating "
				 "clauses");
	if (!ex || (ex->kind == YAML_SEQ && !ex->nr))
		fault_at(r->faults, ERR_LEGAL, ex ? ex : doc,
			 ART_6_4 " and C-817/19, 200: exonerating "
				 "circumstances are taken into account; add "
				 "'exonerating:' with at least one clause");
}

/* One clause alone must not do, all together must be able to. */
static void read_threshold(struct profile_reader *r,
			   const struct yaml_node *doc)
{
	const struct yaml_node *n = yaml_get(doc, STR("threshold"));
	struct profile *p = r->profile;
	int32_t sum = 0, most = 0;

	if (!n) {
		fault_at_key(r->faults, ERR_VALUE, doc,
			     "'threshold:' is missing");
		return;
	}
	p->threshold =
		(int32_t)read_int(r->faults, doc, "threshold", 1,
				  PROFILE_MAX_POINTS * PROFILE_MAX_CLAUSES, 0);
	for (uint32_t i = 0; i < p->incriminating.nr; i++) {
		int32_t points = p->incriminating.clause[i].points;

		sum += points;
		most = points > most ? points : most;
	}
	if (!p->threshold || !p->incriminating.nr)
		return;
	if (sum < p->threshold)
		fault_at(r->faults, ERR_VALUE, n,
			 "all incriminating clauses together give %d points: "
			 "this threshold is never reached",
			 sum);
	if (most >= p->threshold)
		fault_at(r->faults, ERR_LEGAL, n,
			 ART_6_4 " and C-817/19, 198: one clause alone (%d "
				 "points) reaches this threshold; a single "
				 "condition must never suffice",
			 most);
}

static void read_document(struct profile_reader *r,
			  const struct profile_source *s,
			  const struct yaml_node *doc)
{
	static const char *const keys[] = {
		"profile",     "revision",  "title",
		"purpose",     "scope",	    "budget",
		"constants",   "let",	    "incriminating",
		"exonerating", "threshold", "tests",
		NULL
	};

	if (!read_map(r->faults, doc, keys))
		return;
	read_head(r, doc, s->file);
	read_purpose(r, doc, s->offences);
	profile_scope_read(&r->profile->scope, r->faults,
			   yaml_get(doc, STR("scope")),
			   &(struct check_rules){ .arena = r->faults->arena,
						  .lists = r->lists,
						  .used = &r->profile->lists });
	read_budget(r, doc);
	read_both_lists(r, doc);
	read_threshold(r, doc);
	read_tests(r, yaml_get(doc, STR("tests")));
}

int profile_read(struct profile **out, const struct profile_source *s,
		 struct faults *faults, struct err *e)
{
	struct profile *p = arena_alloc(s->arena, sizeof(*p));
	struct profile_reader r = { .profile = p,
				    .faults = faults,
				    .regexes = s->regexes,
				    .lists = s->lists };
	struct yaml_node *doc;
	struct err yaml = { 0 };

	faults->arena = s->arena;
	p->file = arena_str(s->arena, str_of(s->file));
	p->content = arena_str(s->arena, s->text.ptr ? s->text : STR(""));
	faults->source = p->content;
	if (s->text.len > PROFILE_MAX_BYTES)
		fault_add(faults, ERR_LIMIT, 1, 1,
			  "a profile's file has at most %d bytes",
			  PROFILE_MAX_BYTES);
	else if (yaml_read(&doc, s->arena, p->content, &yaml))
		fault_of_yaml(faults, &yaml);
	else
		read_document(&r, s, doc);
	if (faults->nr)
		return faults_err(faults, s->file, e);
	*out = p;
	return 0;
}

const char *profile_state_word(enum profile_state s)
{
	static const char *const word[] = { [PROFILE_DRAFT] = "draft",
					    [PROFILE_SHADOW] = "shadow",
					    [PROFILE_LIVE] = "live" };

	return word[s];
}

bool profile_state_read(enum profile_state *out, struct str word)
{
	for (int s = PROFILE_DRAFT; s <= PROFILE_LIVE; s++)
		if (str_eq(word, str_of(profile_state_word(s)))) {
			*out = (enum profile_state)s;
			return true;
		}
	return false;
}

bool profile_is_valid_at(const struct profile *p, struct moment at)
{
	for (const struct list_use *u = p->lists; u; u = u->next)
		if (!validity_holds(&u->list->valid, at))
			return false;
	return validity_holds(&p->valid, at);
}
