#include "law/checklist.h"

#include "base/yaml.h"

#define LAW "C-817/19, paragraphs 151-157, 203-207"

/* What no checklist may leave out. */
static const char *const needed[] = { "identity",      "alert",
				      "offence",       "seriousness",
				      "air-link",      "exonerating",
				      "discrimination" };

static const char *const question_keys[] = { "id", "ask", "answers", "confirms",
					     "words" };

/* Lower-case letters and '-': a code, fit to be stored in clear. */
static bool is_code(struct str s)
{
	if (str_empty(s) || s.len > CHECKLIST_ID || s.ptr[0] == '-')
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!(s.ptr[i] >= 'a' && s.ptr[i] <= 'z') && s.ptr[i] != '-')
			return false;
	return true;
}

static int wrong(const struct yaml_node *n, struct err *e, const char *what)
{
	return err_at(e, ERR_VALUE, 0, "line %u, column %u: %s", n->line,
		      n->column, what);
}

static struct str text_at(const struct yaml_node *map, const char *key)
{
	const struct yaml_node *n = yaml_get(map, str_of(key));

	return n && n->kind == YAML_SCALAR ? n->text : STR_NONE;
}

static int refuse_unknown_keys(const struct yaml_node *map, struct err *e)
{
	for (const struct yaml_node *n = map->child; n; n = n->next) {
		bool known = false;

		for (size_t i = 0; i < ARRAY_SIZE(question_keys); i++)
			known |= str_eq(n->key, str_of(question_keys[i]));
		if (!known)
			return wrong(n, e,
				     "a question has the keys id, ask, "
				     "answers, confirms, words");
	}
	return 0;
}

static int find_answer(const struct checklist_question *q, struct str word)
{
	for (uint32_t i = 0; i < q->nr; i++)
		if (str_eq(q->answer[i], word))
			return (int)i;
	return -1;
}

static int read_answers(struct checklist_question *q,
			const struct yaml_node *map, struct err *e)
{
	const struct yaml_node *list = yaml_get(map, STR("answers"));
	const struct yaml_node *yes = yaml_get(map, STR("confirms"));

	if (!list || list->kind != YAML_SEQ || !list->nr ||
	    list->nr > CHECKLIST_ANSWERS)
		return wrong(map, e, "'answers:' takes a list of 1 to 20");
	for (const struct yaml_node *n = list->child; n; n = n->next) {
		if (n->kind != YAML_SCALAR || !is_code(n->text) ||
		    find_answer(q, n->text) >= 0)
			return wrong(n, e,
				     "an answer is a word of lower-case "
				     "letters and '-', each once");
		q->answer[q->nr++] = n->text;
	}
	if (!yes || yes->kind != YAML_SEQ)
		return wrong(map, e,
			     "'confirms:' takes a list of those answers with "
			     "which a hit may be confirmed");
	for (const struct yaml_node *n = yes->child; n; n = n->next) {
		int at = n->kind == YAML_SCALAR ? find_answer(q, n->text) : -1;

		if (at < 0)
			return wrong(n, e, "this is none of the answers");
		q->confirms[at] = true;
	}
	return 0;
}

static const struct checklist_question *find(const struct checklist *c,
					     struct str id)
{
	for (uint32_t i = 0; i < c->nr; i++)
		if (str_eq(c->question[i].id, id))
			return &c->question[i];
	return NULL;
}

static int read_question(struct checklist *c, const struct yaml_node *n,
			 struct arena *a, struct err *e)
{
	struct checklist_question q = { .id = text_at(n, "id"),
					.ask = text_at(n, "ask") };
	struct str words = text_at(n, "words");

	if (n->kind != YAML_MAP)
		return wrong(n, e, "a question is a map with an 'id:'");
	if (refuse_unknown_keys(n, e))
		return e->code;
	if (!is_code(q.id) || find(c, q.id))
		return wrong(n, e,
			     "'id:' takes a word of lower-case letters and "
			     "'-' that no other question has");
	if (str_empty(q.ask))
		return wrong(n, e, "'ask:' takes the question");
	if (words.ptr && !str_eq(words, STR("yes")) &&
	    !str_eq(words, STR("no")))
		return wrong(n, e, "'words:' is yes or no");
	q.words = str_eq(words, STR("yes"));
	if (read_answers(&q, n, e))
		return e->code;
	*(struct checklist_question *)arena_push(a, &c->question, &c->nr,
						 sizeof(q)) = q;
	return 0;
}

/* Those that the law asks, and the words the database knows. */
static int check_needed(const struct checklist *c, struct err *e)
{
	static const char *const links[] = { "direct", "indirect", "none" };
	const struct checklist_question *q;

	for (size_t i = 0; i < ARRAY_SIZE(needed); i++)
		if (!find(c, str_of(needed[i])))
			return err_at(e, ERR_LEGAL, 0,
				      LAW ": the question '%s' is missing",
				      needed[i]);
	q = find(c, STR("air-link"));
	for (uint32_t i = 0; i < q->nr; i++)
		if (i >= ARRAY_SIZE(links) ||
		    find_answer(q, str_of(links[i])) < 0)
			return err_at(e, ERR_LEGAL, 0,
				      LAW ": 'air-link' is answered by "
					  "direct, indirect or none");
	q = find(c, STR("discrimination"));
	for (uint32_t i = 0; i < q->nr; i++)
		if (q->confirms[i] != str_eq(q->answer[i], STR("pass")))
			return err_at(e, ERR_LEGAL, 0,
				      LAW ": of 'discrimination', pass "
					  "confirms and nothing else");
	return 0;
}

int checklist_read(struct checklist *out, struct str text, struct arena *a,
		   struct err *e)
{
	struct yaml_node *doc;
	const struct yaml_node *list;
	int64_t version = 0;

	*out = (struct checklist){ .text = arena_str(a, text) };
	if (yaml_read(&doc, a, text, e))
		return e->code;
	if (!str_to_i64(text_at(doc, "version"), &version) || version < 1 ||
	    version > INT32_MAX)
		return wrong(doc, e, "'version:' takes a number from 1");
	out->version = (int32_t)version;
	list = yaml_get(doc, STR("questions"));
	if (!list || list->kind != YAML_SEQ || list->nr > CHECKLIST_QUESTIONS)
		return wrong(doc, e, "'questions:' takes a list of at most 50");
	for (const struct yaml_node *n = list->child; n; n = n->next)
		if (read_question(out, n, a, e))
			return e->code;
	return check_needed(out, e);
}
