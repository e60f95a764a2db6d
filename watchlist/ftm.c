#include "watchlist/ftm.h"

#include "base/country.h"
#include "watchlist/entry_add.h"
#include "watchlist/ftm_links.h"
#include "watchlist/json_lines.h"
#include "watchlist/list_rows.h"

enum { FTM_ID = 128, FTM_NAME = 512 }; /* bytes */

struct reading {
	struct list_reading rows;
	struct ftm_links links;
};

/* The person in hand. */
struct person {
	struct reading *r;
	const struct json_node *entity;
	struct watch_entry n;
	struct str offence;
	uint32_t program; /* place of its programme in the sheet */
};

static void warn(struct person *p, const char *property, const char *what)
{
	list_warn(p->r->rows.w, "property '%s': %s", property, what);
}

/* The earliest programme of the sheet counts. */
static void take_program(struct person *p, struct str name)
{
	const struct watch_sheet *s = &p->r->rows.list->sheet;

	for (uint32_t i = 0; i < p->program; i++)
		if (str_eq(s->program[i].name, name)) {
			p->program = i;
			p->offence = s->program[i].offence;
		}
}

/* "Jane Doe" with the surname DOE; without it, as entry_name_split(). */
static void split(const struct person *p, struct str name, struct str *surname,
		  struct str *given)
{
	struct str last;

	entry_name_split(name, surname, given);
	if (!str_empty(*given))
		return;
	for (size_t i = 0; (last = ftm_text(p->entity, "lastName", i)).ptr;
	     i++) {
		size_t n = last.len;

		if (name.len <= n + 1)
			continue;
		if (name.ptr[n] == ' ' &&
		    str_eq_nocase(str_slice(name, 0, n), last)) {
			*surname = str_slice(name, 0, n);
			*given = str_trim(str_slice(name, n, name.len));
			return;
		}
		if (name.ptr[name.len - n - 1] == ' ' &&
		    str_eq_nocase(str_slice(name, name.len - n, name.len),
				  last)) {
			*surname = str_slice(name, name.len - n, name.len);
			*given = str_trim(str_slice(name, 0, name.len - n - 1));
			return;
		}
	}
}

static bool has_name(const struct watch_entry *n, struct str surname,
		     struct str given)
{
	for (uint32_t i = 0; i < n->nr_names; i++)
		if (str_eq(n->names[i].surname, surname) &&
		    str_eq(n->names[i].given, given))
			return true;
	return false;
}

static void add_name(struct person *p, const char *property, struct str name)
{
	struct str surname, given;

	split(p, name, &surname, &given);
	if (name.len > FTM_NAME || str_empty(surname))
		warn(p, property, "not a name of up to 512 bytes");
	else if (!has_name(&p->n, surname, given) &&
		 !entry_add_name(&p->n, p->r->rows.arena, surname, given))
		warn(p, property, "more than 128 names; this one is left out");
}

static void add_birth(struct person *p, const char *property, struct str s)
{
	struct birth_range range;

	/* a moment may stand where a date is meant */
	if (!birth_read(str_slice(s, 0, s.len < 10 ? s.len : 10), &range))
		warn(p, property, "not YYYY-MM-DD, YYYY-MM or YYYY");
	else if (!entry_add_birth(&p->n, p->r->rows.arena, range))
		warn(p, property, "more than 32; this one is left out");
}

static void add_nation(struct person *p, const char *property, struct str s)
{
	struct str code = country_canonical(s);

	for (uint32_t i = 0; i < p->n.nr_nationalities; i++)
		if (code.ptr && str_eq(p->n.nationalities[i], code))
			return;
	if (!code.ptr)
		warn(p, property, "no ISO 3166 code");
	else if (!entry_add_nationality(&p->n, p->r->rows.arena, code))
		warn(p, property, "more than 32; this one is left out");
}

static void add_sex(struct person *p, const char *property, struct str s)
{
	static const struct {
		struct str word;
		char sex;
	} words[] = { { STR_INIT("male"), 'M' },
		      { STR_INIT("female"), 'F' },
		      { STR_INIT("other"), 'X' } };
	char sex = 0;

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (str_eq_nocase(s, words[i].word))
			sex = words[i].sex;
	if (!sex)
		warn(p, property, "not male, female or other");
	else if (p->n.sex && p->n.sex != sex) /* the sources disagree */
		p->n.sex = 'X';
	else
		p->n.sex = sex;
}

static void add_place(struct person *p, const char *property, struct str s)
{
	struct str *all = &p->n.birth_place;

	(void)property;
	if (all->len + s.len <= FTM_NAME)
		*all = all->ptr ? arena_fmt(p->r->rows.arena,
					    STR_FMT "; " STR_FMT, STR_ARG(*all),
					    STR_ARG(s))
				: arena_str(p->r->rows.arena, s);
}

static void add_document(struct person *p, const char *property,
			 struct str number, struct str country, struct str type)
{
	struct watch_document d = { .number = document_canonical(number),
				    .type = type };

	if (!d.number.len) {
		warn(p, property, "no number of 5 to 24 letters and digits");
		return;
	}
	if (country.ptr)
		d.issuer = country_canonical(country);
	for (uint32_t i = 0; i < p->n.nr_documents; i++)
		if (document_compare(d.number, d.issuer,
				     p->n.documents[i].number,
				     p->n.documents[i].issuer) == WATCH_AGREE)
			return;
	if (!entry_add_document(&p->n, p->r->rows.arena, &d))
		warn(p, property,
		     "more than 32 documents; this one is left "
		     "out");
}

static void add_passport(struct person *p, const char *property, struct str s)
{
	add_document(p, property, s, STR_NONE, STR("P"));
}

static void add_topic(struct person *p, const char *property, struct str s)
{
	(void)property;
	take_program(p, s);
}

/* Properties of a person, in the order in which names are to stand. */
static const struct {
	const char *property;
	void (*add)(struct person *p, const char *property, struct str s);
} properties[] = {
	{ "name", add_name },	       { "alias", add_name },
	{ "previousName", add_name },  { "weakAlias", add_name },
	{ "birthDate", add_birth },    { "nationality", add_nation },
	{ "citizenship", add_nation }, { "gender", add_sex },
	{ "birthPlace", add_place },   { "passportNumber", add_passport },
};

static void take_link(struct person *p, const struct ftm_link *l, bool grounds)
{
	if (grounds && l->program.ptr)
		take_program(p, l->program);
	else if (!grounds && l->number.ptr)
		add_document(p, "number", l->number, l->country, l->type);
}

/* Sanctions (`grounds`) or documents, on lines of their own or inside. */
static void take_links(struct person *p, bool grounds)
{
	const struct json_node *all = json_node_get(p->entity, "properties");
	struct str id = json_node_text(json_node_get(p->entity, "id"));
	const struct ftm_links *links = &p->r->links;
	const struct ftm_link *l = ftm_links_of(links, id);
	const struct json_node *member;
	struct ftm_link inside;
	void *iter = NULL;
	const char *key;

	for (; l && l < links->link + links->nr && str_eq(l->person, id); l++)
		take_link(p, l, grounds);
	while ((member = json_node_next(all, &iter, &key)))
		for (size_t i = 0; i < json_node_nr(member); i++)
			if (ftm_link_read(&inside, json_node_at(member, i)))
				take_link(p, &inside, grounds);
}

static void read_person(struct person *p, size_t line, struct str id)
{
	struct arena *a = p->r->rows.arena;

	list_ground_of_sheet(&p->n, &p->r->rows.list->sheet);
	p->n.offence = p->offence;
	p->n.id = arena_str(a, id);
	p->n.reference = arena_fmt(a, "OpenSanctions " STR_FMT, STR_ARG(id));
	p->r->rows.w->line = line;
	for (size_t i = 0; i < ARRAY_SIZE(properties); i++) {
		const char *property = properties[i].property;
		struct str s;

		for (size_t k = 0; (s = ftm_text(p->entity, property, k)).ptr;
		     k++)
			properties[i].add(p, property, s);
	}
	take_links(p, false);
	list_keep(&p->r->rows, &p->n, line);
}

static int on_entity(void *ctx, size_t line, const struct json_node *entity,
		     struct err *e)
{
	struct reading *r = ctx;
	struct watch_list *l = r->rows.list;
	struct str id = json_node_text(json_node_get(entity, "id"));
	struct str schema = json_node_text(json_node_get(entity, "schema"));
	struct person p = { .r = r,
			    .entity = entity,
			    .program = l->sheet.nr_programs };
	struct ftm_link link;
	struct str topic;

	if (str_empty(id) || id.len > FTM_ID || str_empty(schema))
		return err_at(e, ERR_VALUE, 0,
			      "no 'id' of up to 128 bytes, or no 'schema'");
	if (!str_eq(schema, STR("Person"))) {
		/* a document or a sanction is not a thing of its own */
		if (!ftm_link_read(&link, entity) &&
		    ftm_text(entity, "name", 0).ptr)
			l->left_out_kind++;
		return 0;
	}
	for (size_t i = 0; (topic = ftm_text(entity, "topics", i)).ptr; i++)
		add_topic(&p, "topics", topic);
	take_links(&p, true);
	if (!p.offence.ptr) {
		l->left_out_offence++;
		return 0;
	}
	if (!ftm_text(entity, "name", 0).ptr)
		return err_at(e, ERR_VALUE, 0, "a person without a 'name'");
	read_person(&p, line, id);
	return 0;
}

static int on_link(void *ctx, size_t line, const struct json_node *entity,
		   struct err *e)
{
	struct reading *r = ctx;
	struct ftm_link link;

	(void)line;
	(void)e;
	if (ftm_link_read(&link, entity))
		ftm_links_add(&r->links, r->rows.arena, &link);
	return 0;
}

static void on_bad_line(void *ctx, size_t line, const struct err *e)
{
	struct reading *r = ctx;

	list_leave_out(&r->rows, line, e);
}

/* The second reading tells of them. */
static void pass_over(void *ctx, size_t line, const struct err *e)
{
	(void)ctx;
	(void)line;
	(void)e;
}

int ftm_list_read(struct watch_list *out, struct arena *a,
		  const struct watch_sheet *sheet, struct str text,
		  struct list_warnings *w, struct err *e)
{
	struct watch_list list = { .sheet = *sheet };
	struct reading r = { .rows = { .list = &list, .arena = a, .w = w } };
	uint32_t before = w->nr;

	(void)json_lines_read(text, on_link, pass_over, &r);
	ftm_links_sort(&r.links);
	if (!json_lines_read(text, on_entity, on_bad_line, &r))
		return err_at(e, ERR_VALUE, 0,
			      "no line is an entity of FollowTheMoney, with "
			      "'id', 'schema' and 'properties'");
	if (list_finish(&r.rows, e) < 0)
		return e->code;
	list.unread = w->nr - before;
	*out = list;
	return 0;
}
