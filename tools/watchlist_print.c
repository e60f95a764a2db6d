#include "tools/watchlist_print.h"

#include "watchlist/evidence.h"
#include "watchlist/step.h"

#include <stdio.h>

static void print_buf(struct buf *b)
{
	buf_byte(b, '\n');
	fwrite(b->data, 1, b->len, stdout);
	buf_release(b);
}

/* What a sound list of ours has none of. */
static void print_foreign(uint32_t kind, uint32_t bad, uint32_t unread)
{
	if (kind || bad || unread)
		printf(", %u no persons, %u unreadable rows; %u values of "
		       "entries unread",
		       kind, bad, unread);
}

void watchlist_print_list(const struct watch_list *list)
{
	const struct watch_sheet *s = &list->sheet;

	printf(STR_FMT ": %u entries; left out: %u for their offence, %u run "
		       "out",
	       STR_ARG(s->id), list->nr_entries, list->left_out_offence,
	       list->left_out_expired);
	print_foreign(list->left_out_kind, list->left_out_bad, list->unread);
	if (list->left_out_same)
		printf("; %u alerts that stand twice", list->left_out_same);
	printf("%s\n", s->test ? "; TEST LIST" : "");
}

static uint32_t nr_added(const struct watch_delta *d)
{
	return d->added ? d->added->nr_entry : 0;
}

static void print_info_json(const struct watchlist *wl,
			    const struct watch_delta *d)
{
	struct buf b = { .data = NULL };
	struct json j;

	json_init(&j, &b);
	json_open(&j, NULL, '{');
	json_int(&j, "version", SNAPSHOT_VERSION);
	json_int(&j, "bytes", (int64_t)wl->bytes.len);
	json_int(&j, "entries", wl->nr_entry);
	json_int(&j, "names", wl->nr_name);
	json_int(&j, "documents", wl->nr_document);
	json_int(&j, "texts", wl->nr_text);
	json_int(&j, "delta", d->sequence);
	json_int(&j, "added", nr_added(d));
	json_int(&j, "withdrawn", d->nr_withdrawn);
	json_open(&j, "lists", '[');
	for (uint32_t i = 0; i < wl->nr_list; i++) {
		const struct snap_list *l = &wl->list[i];

		json_open(&j, NULL, '{');
		json_str(&j, "id", watchlist_text(wl, l->id));
		json_str(&j, "title", watchlist_text(wl, l->title));
		json_str(&j, "owner", watchlist_text(wl, l->owner));
		json_str(&j, "basis", watchlist_text(wl, l->basis));
		json_str(&j, "alert", watchlist_text(wl, l->alert));
		json_date(&j, "from", date_from_days(l->from));
		json_date(&j, "until", date_from_days(l->until));
		json_int(&j, "entries", l->nr_entries);
		json_int(&j, "left_out_offence", l->left_out_offence);
		json_int(&j, "left_out_expired", l->left_out_expired);
		json_int(&j, "left_out_kind", l->left_out_kind);
		json_int(&j, "left_out_bad", l->left_out_bad);
		json_int(&j, "unread", l->unread);
		json_int(&j, "threshold", l->threshold);
		json_open(&j, "classes", '{');
		for (int c = 0; c < ENTRY_CLASSES; c++)
			if (l->least[c])
				json_int(&j, watch_class_word(c), l->least[c]);
		json_close(&j, '}');
		json_bool(&j, "test", l->test);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_close(&j, '}');
	print_buf(&b);
}

static void print_classes(const struct snap_list *l)
{
	for (int c = 0; c < ENTRY_CLASSES; c++)
		if (l->least[c] == ENTRY_CLASS_OFF)
			printf("; class %s off", watch_class_word(c));
		else if (l->least[c])
			printf("; class %s from %u", watch_class_word(c),
			       l->least[c]);
}

void watchlist_print_info(const struct watchlist *wl,
			  const struct watch_delta *d, bool json)
{
	if (json) {
		print_info_json(wl, d);
		return;
	}
	printf("%zu bytes; %u entries, %u names, %u documents, %u distinct "
	       "texts\n",
	       wl->bytes.len, wl->nr_entry, wl->nr_name, wl->nr_document,
	       wl->nr_text);
	if (d->sequence)
		printf("delta %lld: %u entries added, %u withdrawn\n",
		       (long long)d->sequence, nr_added(d), d->nr_withdrawn);
	for (uint32_t i = 0; i < wl->nr_list; i++) {
		const struct snap_list *l = &wl->list[i];
		struct date until = date_from_days(l->until);

		printf("\n" STR_FMT "%s\n  " STR_FMT "\n  owner " STR_FMT
		       ", alert " STR_FMT "\n  basis " STR_FMT
		       "\n  valid until %04d-%02d-%02d, threshold %u\n"
		       "  %u entries; left out: %u for their offence, %u run "
		       "out",
		       STR_ARG(watchlist_text(wl, l->id)),
		       l->test ? " (TEST LIST)" : "",
		       STR_ARG(watchlist_text(wl, l->title)),
		       STR_ARG(watchlist_text(wl, l->owner)),
		       STR_ARG(watchlist_text(wl, l->alert)),
		       STR_ARG(watchlist_text(wl, l->basis)), until.year,
		       until.month, until.day, l->threshold, l->nr_entries,
		       l->left_out_offence, l->left_out_expired);
		print_foreign(l->left_out_kind, l->left_out_bad, l->unread);
		print_classes(l);
		printf("\n");
	}
}

static void print_match_json(const struct watch_match *m,
			     const struct watch_query *q,
			     const struct watch_entry *n)
{
	struct buf b = { .data = NULL };
	struct json j;

	json_init(&j, &b);
	watch_match_write_json(&j, NULL, m, q, n);
	print_buf(&b);
}

/* The words of a name that nothing met. */
static void print_alone(const char *whose, const struct name_form *f,
			unsigned int used)
{
	for (uint8_t i = 0; i < f->nr_tokens; i++)
		if (!(used >> i & 1))
			printf("    %-20.*s alone, %s's %s: %s\n",
			       STR_ARG(f->unit[i].key[0].text), whose,
			       f->unit[i].part == NAME_SURNAME ? "surname"
							       : "given name",
			       name_kind_word(f->kind[i]));
}

/* What reading a name did to it. */
static void print_steps(const char *whose, const struct name_form *f)
{
	const char *before = ": ";

	if (!f->steps)
		return;
	printf("    %s read", whose);
	for (unsigned int i = 0; i < NAME_STEPS; i++)
		if (f->steps >> i & 1) {
			printf("%s%s", before, name_step_word(i));
			before = ", ";
		}
	putchar('\n');
}

static void print_alignment(const struct watch_match *m,
			    const struct watch_query *q,
			    const struct watch_entry *n)
{
	static struct name_form carried, listed;
	unsigned int q_used = 0, n_used = 0;

	name_normalise(&carried, q->name[m->carried_name].surname,
		       q->name[m->carried_name].given, NAME_CARRIED);
	name_normalise(&listed, n->names[m->listed_name].surname,
		       n->names[m->listed_name].given, NAME_LISTED);
	print_steps("traveller", &carried);
	print_steps("entry", &listed);
	printf("    %-20s %-20s %-10s %-11s %-6s %s\n", "carried", "listed",
	       "method", "similarity", "weight", "spelt");
	for (uint8_t i = 0; i < m->name.nr; i++) {
		const struct name_match *a = &m->name.match[i];
		const struct name_unit *x = &carried.unit[a->carried];
		const struct name_unit *y = &listed.unit[a->listed];
		const struct name_key *k = &x->key[a->carried_key];
		const struct name_key *l = &y->key[a->listed_key];
		enum name_method how;

		text_compare(k, l, x->stub, &how);
		q_used |= x->mask;
		n_used |= y->mask;
		printf("    %-20.*s %-20.*s %-10s %-11u %-6u %s/%s%s\n",
		       STR_ARG(k->text), STR_ARG(l->text),
		       name_method_word(how), a->sim, a->weight,
		       name_spelt_word(k->spelt), name_spelt_word(l->spelt),
		       x->part != y->part ? ", crossed" : "");
	}
	print_alone("traveller", &carried, q_used);
	print_alone("entry", &listed, n_used);
}

static void print_match(const struct watch_match *m,
			const struct watch_query *q,
			const struct watch_entry *n)
{
	printf("class %s  score %-4u total %-4u " STR_FMT " " STR_FMT
	       "  offence " STR_FMT "  reference " STR_FMT "\n",
	       watch_class_word(m->class), m->name.score, m->total,
	       STR_ARG(n->list), STR_ARG(n->id), STR_ARG(n->offence),
	       STR_ARG(n->reference));
	if (m->name.nr) {
		const struct watch_query_name *c = &q->name[m->carried_name];
		const struct watch_name *l = &n->names[m->listed_name];

		printf("  traveller: " STR_FMT "/" STR_FMT "\n"
		       "  listed:    " STR_FMT "/" STR_FMT "%s\n",
		       STR_ARG(c->surname), STR_ARG(c->given),
		       STR_ARG(l->surname), STR_ARG(l->given),
		       m->listed_name ? " (alias)" : "");
		print_alignment(m, q, n);
	}
	for (int i = 0; i < WATCH_FEATURES; i++)
		printf("  %-12s %-9s %+d\n", watch_feature_word(i),
		       watch_verdict_word(m->line[i].verdict),
		       m->line[i].points);
}

void watchlist_print_matches(const struct watchlist *wl,
			     const struct watch_query *q,
			     const struct watch_match *m, uint32_t nr,
			     uint32_t all, bool json)
{
	struct arena a = { 0 };
	struct watch_entry n;

	for (uint32_t i = 0; i < nr; i++) {
		watchlist_entry(wl, m[i].entry, &a, &n);
		if (json) {
			print_match_json(&m[i], q, &n);
			continue;
		}
		if (i)
			printf("\n");
		print_match(&m[i], q, &n);
	}
	if (!json && nr == 0)
		printf("no match\n");
	if (all > nr)
		fprintf(stderr, "%u more matches are not shown\n", all - nr);
	arena_release(&a);
}
