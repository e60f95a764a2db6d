#include "watchlist/build.h"

#include "watchlist/build_index.h"
#include "watchlist/build_order.h"
#include "watchlist/build_sounds.h"
#include "watchlist/entry_add.h"
#include "watchlist/snapshot.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(LIST_NAMES <= UINT8_MAX && LIST_VALUES <= UINT8_MAX,
	       "snap_entry counts them in a byte");

struct build {
	struct buf section[SNAP_SECTIONS];
	struct dictionary texts; /* count: names that have it as a token */
	uint32_t nr_names;
	bool too_long;
	struct name_form form;
	const struct build_progress *progress; /* NULL: nobody listens */
	uint64_t done, all;		       /* steps */
};

enum { TELL_EACH = 1024, STEPS = 3 }; /* entries; passes, the index is one */

static void step(struct build *b)
{
	if (b->progress && b->done % TELL_EACH == 0)
		b->progress->tell(b->progress->ctx, b->done, b->all);
	b->done++;
}

static uint32_t nr_of(const struct build *b, enum snap_section s, size_t size)
{
	return (uint32_t)(b->section[s].len / size);
}

static struct snap_ref put_text(struct build *b, struct str s)
{
	struct snap_ref r = { UINT32_MAX, 0 };
	struct buf *bytes = &b->section[SNAP_byte];

	if (s.ptr) {
		r.pos = (uint32_t)bytes->len;
		r.len = (uint32_t)s.len;
		buf_str(bytes, s);
	}
	return r;
}

/* First pass: how many names have each word. */
static void count_words(struct build *b, const struct watch_list *list)
{
	for (uint32_t i = 0; i < list->nr_entries; i++) {
		const struct watch_entry *n = &list->entries[i];

		step(b);
		for (uint32_t k = 0; k < n->nr_names; k++) {
			b->nr_names++;
			name_normalise(&b->form, n->names[k].surname,
				       n->names[k].given, NAME_LISTED);
			for (uint8_t t = 0; t < b->form.nr_tokens; t++) {
				uint32_t nr = dictionary_add(
					&b->texts, b->form.unit[t].key[0].text);
				struct dictionary_word *w;

				if (nr == UINT32_MAX)
					return;
				w = dictionary_word(&b->texts, nr);
				if (w->mark != b->nr_names)
					w->count++;
				w->mark = b->nr_names;
			}
		}
	}
}

static void put_unit(struct build *b, uint8_t at, uint16_t weight)
{
	const struct name_unit *u = &b->form.unit[at];
	bool token = at < b->form.nr_tokens;
	struct snap_unit s = {
		.mask = u->mask,
		.weight = (uint8_t)weight,
		.nr_keys = u->nr_keys,
		.kind = token ? b->form.kind[at] & 15 : 0,
		.part = u->part & 15,
	};

	for (uint8_t i = 0; i < u->nr_keys; i++) {
		uint32_t text = dictionary_add(&b->texts, u->key[i].text);
		struct snap_key k = {
			.packed = (text & (SNAP_TEXTS - 1)) |
				  (uint32_t)u->key[i].spelt << 24 |
				  (uint32_t)u->key[i].cost / COST_STEP << 28,
		};

		buf_add(&b->section[SNAP_key], &k, sizeof(k));
	}
	buf_add(&b->section[SNAP_unit], &s, sizeof(s));
}

/* Length of a field, which then follows the last among the bytes. */
static uint16_t put_field(struct build *b, struct str s)
{
	if (!s.ptr)
		return SNAP_ABSENT;
	if (s.len >= SNAP_ABSENT)
		b->too_long = true;
	buf_str(&b->section[SNAP_byte], s);
	return (uint16_t)s.len;
}

static uint16_t weight_of(struct build *b, uint8_t token)
{
	const struct name_form *f = &b->form;
	uint32_t nr = dictionary_add(&b->texts, f->unit[token].key[0].text);
	uint32_t df =
		nr == UINT32_MAX ? 1 : dictionary_word(&b->texts, nr)->count;

	return name_weight(f->kind[token], f->unit[token].part,
			   name_base_weight(df, b->nr_names));
}

static void put_name(struct build *b, struct watch_name *name, uint32_t entry)
{
	const struct name_form *f = &b->form;
	struct snap_name s = {
		.pos = (uint32_t)b->section[SNAP_byte].len,
		.entry = entry,
		.first_unit = nr_of(b, SNAP_unit, sizeof(struct snap_unit)),
		.first_key = nr_of(b, SNAP_key, sizeof(struct snap_key)),
	};

	s.surname = put_field(b, name->surname);
	s.given = put_field(b, name->given);
	name_normalise(&b->form, name->surname, name->given, NAME_LISTED);
	s.nr_units = f->nr_units;
	s.nr_tokens = f->nr_tokens;
	memset(name->weight, 0, sizeof(name->weight));
	for (uint8_t i = 0; i < f->nr_tokens; i++)
		name->weight[i] = weight_of(b, i);
	for (uint8_t i = 0; i < f->nr_units; i++)
		put_unit(b, i, i < f->nr_tokens ? name->weight[i] : 0);
	buf_add(&b->section[SNAP_name], &s, sizeof(s));
}

static struct snap_nation nation(struct str code)
{
	struct snap_nation n = { "" };

	if (code.len < sizeof(n.code) && code.len)
		memcpy(n.code, code.ptr, code.len);
	return n;
}

static void put_sets(struct build *b, const struct watch_entry *n,
		     uint32_t entry)
{
	for (uint32_t i = 0; i < n->nr_births; i++)
		buf_add(&b->section[SNAP_birth], &n->births[i],
			sizeof(n->births[i]));
	for (uint32_t i = 0; i < n->nr_nationalities; i++) {
		struct snap_nation s = nation(n->nationalities[i]);

		buf_add(&b->section[SNAP_nation], &s, sizeof(s));
	}
	for (uint32_t i = 0; i < n->nr_documents; i++) {
		const struct watch_document *d = &n->documents[i];
		struct snap_document s = { .issuer = nation(d->issuer),
					   .entry = entry };

		s.number = put_text(
			b, (struct str){ d->number.text, d->number.len });
		s.type = put_text(b, d->type);
		buf_add(&b->section[SNAP_document], &s, sizeof(s));
	}
}

static void put_entry(struct build *b, const struct watch_entry *n,
		      uint32_t list)
{
	struct snap_entry s = {
		.list = list,
		.valid_until = (int32_t)date_to_days(n->valid_until),
		.first_name = nr_of(b, SNAP_name, sizeof(struct snap_name)),
		.first_birth = nr_of(b, SNAP_birth, sizeof(struct birth_range)),
		.first_nation =
			nr_of(b, SNAP_nation, sizeof(struct snap_nation)),
		.first_document =
			nr_of(b, SNAP_document, sizeof(struct snap_document)),
		.nr_names = (uint8_t)n->nr_names,
		.nr_births = (uint8_t)n->nr_births,
		.nr_nations = (uint8_t)n->nr_nationalities,
		.nr_documents = (uint8_t)n->nr_documents,
		.sex = (unsigned char)n->sex,
	};
	uint32_t at = nr_of(b, SNAP_entry, sizeof(s));

	s.id = put_text(b, n->id);
	s.reference = put_text(b, n->reference);
	s.offence = put_text(b, n->offence);
	s.birth_place = put_text(b, n->birth_place);
	for (uint32_t i = 0; i < n->nr_names; i++)
		put_name(b, &n->names[i], at);
	put_sets(b, n, at);
	buf_add(&b->section[SNAP_entry], &s, sizeof(s));
}

static void put_list(struct build *b, const struct watch_list *list,
		     uint32_t at)
{
	const struct watch_sheet *from = &list->sheet;
	struct snap_list s = {
		.from = (int32_t)date_to_days(from->from),
		.until = (int32_t)date_to_days(from->until),
		.first_entry = nr_of(b, SNAP_entry, sizeof(struct snap_entry)),
		.nr_entries = list->nr_entries,
		.left_out_offence = list->left_out_offence,
		.left_out_expired = list->left_out_expired,
		.left_out_kind = list->left_out_kind,
		.left_out_bad = list->left_out_bad,
		.unread = list->unread,
		.threshold = from->threshold,
		.least = { from->least[0], from->least[1], from->least[2],
			   from->least[3] },
		.documents = from->kind == SHEET_DOCUMENTS,
		.test = from->test,
	};

	memcpy(s.version, list->version, sizeof(s.version));
	s.id = put_text(b, from->id);
	s.title = put_text(b, from->title);
	s.owner = put_text(b, from->owner);
	s.basis = put_text(b, from->basis);
	s.alert = put_text(b, from->alert);
	buf_add(&b->section[SNAP_list], &s, sizeof(s));
	for (uint32_t i = 0; i < list->nr_entries; i++) {
		step(b);
		put_entry(b, &list->entries[i], at);
	}
}

/* Open addressing: at most half of the slots are used. */
static void put_slots(struct build *b)
{
	const struct snap_document *d =
		(const void *)b->section[SNAP_document].data;
	uint32_t nr = nr_of(b, SNAP_document, sizeof(*d)), slots = 8;
	uint32_t *slot;

	while (slots < 2 * nr)
		slots *= 2;
	slot = buf_room(&b->section[SNAP_slot], slots * sizeof(*slot));
	if (!slot)
		return;
	memset(slot, 0, slots * sizeof(*slot));
	for (uint32_t i = 0; i < nr; i++) {
		struct str number = { b->section[SNAP_byte].data +
					      d[i].number.pos,
				      d[i].number.len };
		uint32_t at = document_hash(document_canonical(number));

		for (at &= slots - 1; slot[at]; at = (at + 1) & (slots - 1))
			continue;
		slot[at] = i + 1;
	}
}

static const size_t record_size[SNAP_SECTIONS] = {
#define SECTION_SIZE(name, type) sizeof(type),
	SNAPSHOT_SECTIONS(SECTION_SIZE)
#undef SECTION_SIZE
};

static int check_sections(const struct build *b, struct err *e)
{
	for (int i = 0; i < SNAP_SECTIONS; i++) {
		const struct buf *s = &b->section[i];

		if (s->failed || b->texts.failed)
			return err_at(e, ERR_NOMEM, 0,
				      "out of memory, or the lists are too "
				      "large");
		if (s->len >= UINT32_MAX || b->too_long)
			return err_at(e, ERR_LIMIT, 0,
				      "the lists are larger than a snapshot "
				      "can be");
	}
	return 0;
}

static int join_sections(struct buf *out, struct build *b, struct err *e)
{
	struct snap_header h = { .version = SNAPSHOT_VERSION,
				 .endian = SNAPSHOT_ENDIAN };

	if (check_sections(b, e))
		return e->code;
	memcpy(h.magic, SNAPSHOT_MAGIC, SNAPSHOT_MAGIC_LEN);
	h.size = sizeof(h);
	for (int i = 0; i < SNAP_SECTIONS; i++) {
		const struct buf *s = &b->section[i];

		h.section[i].pos = (h.size + 7) & ~7ull;
		h.section[i].nr = s->len / record_size[i];
		h.size = h.section[i].pos + s->len;
	}
	buf_add(out, &h, sizeof(h));
	for (int i = 0; i < SNAP_SECTIONS; i++) {
		while (!out->failed && out->len < h.section[i].pos)
			buf_byte(out, '\0');
		buf_str(out, buf_view(&b->section[i]));
	}
	if (out->failed)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	h.checksum = snapshot_checksum(buf_view(out));
	memcpy(out->data, &h, sizeof(h));
	return 0;
}

static int compare_lists(const void *a, const void *b)
{
	return str_cmp(((const struct watch_list *)a)->sheet.id,
		       ((const struct watch_list *)b)->sheet.id);
}

int watchlist_build(struct buf *out, struct watch_list *list, uint32_t nr,
		    struct err *e)
{
	return watchlist_build_told(out, list, nr, NULL, e);
}

int watchlist_build_told(struct buf *out, struct watch_list *list, uint32_t nr,
			 const struct build_progress *p, struct err *e)
{
	struct build *b;
	int rc;

	qsort(list, nr, sizeof(*list), compare_lists);
	for (uint32_t i = 1; i < nr; i++)
		if (str_eq(list[i - 1].sheet.id, list[i].sheet.id))
			return err_at(e, ERR_VALUE, 0,
				      "two lists have the id '" STR_FMT "'",
				      STR_ARG(list[i].sheet.id));
	b = calloc(1, sizeof(*b));
	if (!b)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	b->progress = p;
	for (uint32_t i = 0; i < nr; i++)
		b->all += (uint64_t)list[i].nr_entries * STEPS;
	for (uint32_t i = 0; i < nr; i++)
		count_words(b, &list[i]);
	for (uint32_t i = 0; i < nr; i++)
		put_list(b, &list[i], i);
	rc = check_sections(b, e);
	if (rc == 0)
		rc = build_order(b->section, e);
	if (rc == 0)
		rc = build_index(b->section, &b->texts, e);
	if (rc == 0)
		rc = build_sounds(b->section, e);
	if (rc == 0) {
		put_slots(b);
		rc = join_sections(out, b, e);
	}
	for (int i = 0; i < SNAP_SECTIONS; i++)
		buf_release(&b->section[i]);
	dictionary_release(&b->texts);
	free(b);
	return rc;
}
