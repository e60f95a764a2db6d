#include "base/buf.h"
#include "rules/sentence.h"
#include "tools/cmd.h"
#include "tools/opt.h"
#include "tools/profile_cli.h"

#include <stdio.h>

static const char *offences, *lists;

static const struct opt opts[] = {
	{ "offences", 0, "FILE", OPT_TEXT, &offences,
	  "catalogue of offences (etc/offences.yaml)" },
	{ "lists", 0, "DIR", OPT_TEXT, &lists,
	  "the lists that profiles name (etc/lists); '' for none" },
	{ 0 },
};

static const struct opt_usage usage = {
	"profile show",
	"[OPTIONS] FILE|DIR...",
	"Say in plain words what a profile is for, what speaks against and for "
	"a "
	"traveller\nand when it hits.",
	opts,
	"  paxgate profile show etc/profiles/late-cash-one-way.yaml\n",
};

/* A text on one line, blanks and line breaks as one blank. */
static void write_line(struct buf *b, struct str s)
{
	bool blank = false;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
			blank = true;
			continue;
		}
		if (blank)
			buf_byte(b, ' ');
		blank = false;
		buf_byte(b, c);
	}
}

/* The condition as a sentence, with its capital and its full stop. */
static void write_sentence(struct buf *b, const struct expr *n)
{
	size_t start = b->len;

	sentence_write(b, n);
	if (b->len > start && b->data[start] >= 'a' && b->data[start] <= 'z')
		b->data[start] = (char)(b->data[start] - 32);
	buf_z(b, ".\n         written ");
}

static void write_clauses(struct buf *b, const char *title,
			  const struct clause_list *l)
{
	buf_fmt(b, "%s\n", title);
	for (uint32_t i = 0; i < l->nr; i++) {
		const struct clause *c = &l->clause[i];

		buf_fmt(b, "  %+5d  " STR_FMT ": ", c->points, STR_ARG(c->id));
		write_sentence(b, c->when);
		write_line(b, c->text);
		buf_fmt(b, "\n         because ");
		write_line(b, c->why);
		if (c->reason.len) {
			buf_z(b, "\n         reason for a protected field: ");
			write_line(b, c->reason);
		}
		buf_byte(b, '\n');
	}
}

static void write_scope(struct buf *b, const struct profile_scope *s)
{
	bool any = false;

	buf_z(b, "Looks at flights");
	for (int k = 0; k < NR_SCOPES; k++) {
		if (!s->nr[k])
			continue;
		buf_fmt(b, "%s %s", any ? " and" : " with",
			profile_scope_name((enum profile_scope_kind)k));
		for (uint32_t i = 0; i < s->nr[k]; i++)
			buf_fmt(b, "%s " STR_FMT, i ? " or" : "",
				STR_ARG(s->words[k][i]));
		any = true;
	}
	buf_z(b, any ? ".\n" : ", all of them.\n");
}

static void write_lists(struct buf *b, const struct profile *p)
{
	if (p->lists)
		buf_z(b, "Names lists:\n");
	for (const struct list_use *u = p->lists; u; u = u->next) {
		const struct named_list *l = u->list;

		buf_fmt(b, "  " STR_FMT ", %s: ", STR_ARG(l->name),
			named_list_kind(l));
		write_line(b, l->title);
		buf_fmt(b,
			".\n         owner: " STR_FMT "; basis: " STR_FMT
			"; from ",
			STR_ARG(l->owner), STR_ARG(l->basis));
		date_write(b, l->valid.from);
		buf_z(b, " until ");
		date_write(b, l->valid.until);
		buf_z(b, "\n        ");
		for (uint32_t i = 0; i < l->nr; i++)
			buf_fmt(b, " " STR_FMT, STR_ARG(l->value[i]));
		buf_byte(b, '\n');
	}
}

/* Fields that a condition reads, each once. */
struct words {
	struct arena arena;
	const struct field **field;
	uint32_t nr;
};

static void gather_words(struct words *w, const struct expr *n)
{
	const struct field **to;

	for (size_t i = 0; i < ARRAY_SIZE(n->arg); i++)
		if (n->arg[i])
			gather_words(w, n->arg[i]);
	if ((n->kind != EXPR_FIELD && n->kind != EXPR_COLLECTION) || !n->field)
		return;
	for (uint32_t i = 0; i < w->nr; i++)
		if (w->field[i] == n->field)
			return;
	to = arena_push(&w->arena, &w->field, &w->nr, sizeof(*to));
	*to = n->field;
}

static void write_words(struct buf *b, const struct profile *p)
{
	struct words w = { 0 };

	for (uint32_t i = 0; i < p->incriminating.nr; i++)
		gather_words(&w, p->incriminating.clause[i].when);
	for (uint32_t i = 0; i < p->exonerating.nr; i++)
		gather_words(&w, p->exonerating.clause[i].when);
	buf_z(b, "Words:\n");
	for (uint32_t i = 0; i < w.nr; i++)
		buf_fmt(b, "  %s.%s: %s\n", w.field[i]->record,
			w.field[i]->name, w.field[i]->help);
	arena_release(&w.arena);
}

static void write_profile(struct buf *b, const struct profile *p)
{
	buf_fmt(b, STR_FMT ", revision %lld: " STR_FMT ".\n", STR_ARG(p->name),
		(long long)p->revision, STR_ARG(p->title));
	buf_z(b, p->state != PROFILE_DRAFT
			 ? "Approved.\n"
			 : "A draft: it has not been approved.\n");
	buf_z(b, "Serves offence");
	for (uint32_t i = 0; i < p->nr_offences; i++)
		buf_fmt(b, "%s " STR_FMT, i ? "," : "", STR_ARG(p->offence[i]));
	buf_fmt(b, "; basis: " STR_FMT "; author: " STR_FMT ".\nRuns from ",
		STR_ARG(p->basis), STR_ARG(p->author));
	date_write(b, p->valid.from);
	buf_z(b, " until ");
	date_write(b, p->valid.until);
	buf_z(b, ", both included.\n");
	write_scope(b, &p->scope);
	write_clauses(b, "Speaks against a traveller:", &p->incriminating);
	write_clauses(b, "Speaks for a traveller:", &p->exonerating);
	write_lists(b, p);
	buf_fmt(b,
		"Hits at %d points or more, when at least two clauses against "
		"are true.\nWhat is not known gives no points. Suspended when "
		"more than %u.%04u %% of a day's travellers hit.\n",
		p->threshold, p->max_share_ppm / 10000,
		p->max_share_ppm % 10000);
	write_words(b, p);
}

static int show(const struct profile_file *f, void *arg)
{
	bool *is_next = arg;
	struct buf b = { 0 };

	if (!f->profile) {
		profile_print_faults(f);
		return EXIT_OK;
	}
	if (*is_next)
		buf_byte(&b, '\n');
	*is_next = true;
	write_profile(&b, f->profile);
	fwrite(buf_view(&b).ptr, 1, b.len, stdout);
	buf_release(&b);
	return EXIT_OK;
}

int profile_cmd_show(int argc, char **argv)
{
	bool is_next = false;
	struct profile_walk w = { .each = show, .arg = &is_next };
	int first;

	offences = "etc/offences.yaml";
	lists = "etc/lists";
	first = opt_parse(&usage, argc, argv);
	if (first < 0)
		return opt_exit(first);
	if (first == argc)
		return opt_wrong(&usage, "no profile named");
	w.offences = offences;
	w.lists = lists;
	return profile_walk(&w, argc - first, argv + first);
}
