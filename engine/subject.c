#include "engine/subject.h"

#include "engine/compare.h"
#include "parsers/field.h"

#include <string.h>

enum { ANNEX_API = 18 };

/* A member's text that tells two elements of a list apart. */
struct list_key {
	const char *record;
	size_t offset
		[2]; /* struct str members; the second may repeat the first */
};

/* Lists that are joined; of the others one side is taken whole. */
static const struct list_key joined[] = {
	{ "name",
	  { offsetof(struct name, surname), offsetof(struct name, given) } },
	{ "document",
	  { offsetof(struct document, number),
	    offsetof(struct document, type) } },
	{ "visa",
	  { offsetof(struct visa, number), offsetof(struct visa, number) } },
	{ "contact",
	  { offsetof(struct contact, value),
	    offsetof(struct contact, value) } },
	{ "address",
	  { offsetof(struct address, street),
	    offsetof(struct address, city) } },
};

static const struct list_key *find_joined(const char *record)
{
	for (size_t i = 0; i < ARRAY_SIZE(joined); i++)
		if (!strcmp(joined[i].record, record))
			return &joined[i];
	return NULL;
}

static struct str text_at(const char *element, size_t offset)
{
	struct str s;

	memcpy(&s, element + offset, sizeof(s));
	return s;
}

static bool same_element(const struct list_key *k, const char *x, const char *y)
{
	return str_eq(text_at(x, k->offset[0]), text_at(y, k->offset[0])) &&
	       str_eq(text_at(x, k->offset[1]), text_at(y, k->offset[1]));
}

struct list {
	const char *item;
	uint32_t nr;
	bool known;
};

static struct list list_of(const struct field *f, const void *record)
{
	const char *r = record;
	struct list l;

	memcpy(&l.item, r + f->offset, sizeof(l.item));
	memcpy(&l.nr, r + f->nr_offset, sizeof(l.nr));
	memcpy(&l.known, r + f->known_offset, sizeof(l.known));
	return l;
}

static void set_list(const struct field *f, void *record, const struct list *l)
{
	char *r = record;

	memcpy(r + f->offset, &l->item, sizeof(l->item));
	memcpy(r + f->nr_offset, &l->nr, sizeof(l->nr));
	memcpy(r + f->known_offset, &l->known, sizeof(l->known));
}

static struct list join(const struct field *f, const struct list_key *k,
			const struct list *x, const struct list *y,
			struct arena *a)
{
	size_t size = f->child_size;
	char *all = arena_alloc(a, (x->nr + y->nr) * size + 1);
	struct list out = { all, x->nr, x->known || y->known };

	if (x->nr)
		memcpy(all, x->item, x->nr * size);
	for (uint32_t i = 0; i < y->nr; i++) {
		const char *item = y->item + i * size;
		uint32_t n = 0;

		while (n < out.nr && !same_element(k, all + n * size, item))
			n++;
		if (n == out.nr)
			memcpy(all + out.nr++ * size, item, size);
	}
	return out;
}

static void merge_list(const struct field *f, struct traveller *out,
		       const struct traveller *first,
		       const struct traveller *second, struct arena *a)
{
	const struct list_key *k = find_joined(f->child);
	struct list x = list_of(f, first), y = list_of(f, second);
	struct list l = x;

	if (k)
		l = join(f, k, &x, &y, a);
	else if (!x.nr)
		l = y;
	l.known = x.known || y.known;
	set_list(f, out, &l);
}

/* Zeroed memory is "not stated", whatever the type. */
static bool is_stated(const struct field *f, const struct traveller *t,
		      size_t size)
{
	const char *at = (const char *)t + f->offset;

	for (size_t i = 0; i < size; i++)
		if (at[i])
			return true;
	return false;
}

static size_t member_size(const struct field *f)
{
	switch (f->type) {
	case FIELD_INT:
	case FIELD_DECIMAL:
		return sizeof(struct number);
	case FIELD_MONEY:
		return sizeof(struct money);
	case FIELD_BOOL:
		return sizeof(enum flag);
	case FIELD_DATE:
		return sizeof(struct date);
	case FIELD_UTC:
	case FIELD_LOCAL:
		return sizeof(struct moment);
	default:
		return sizeof(struct str);
	}
}

void traveller_merge(struct traveller *out, const struct traveller *pnr,
		     const struct traveller *api, struct arena *a)
{
	const struct field *end = field_end("traveller");

	*out = *pnr;
	for (const struct field *f = field_first("traveller"); f < end; f++) {
		bool api_first = f->annex == ANNEX_API;
		const struct traveller *first = api_first ? api : pnr;
		const struct traveller *second = api_first ? pnr : api;
		size_t size = member_size(f);

		if (f->type == FIELD_LIST) {
			merge_list(f, out, first, second, a);
			continue;
		}
		if (!is_stated(f, first, size))
			first = second;
		memcpy((char *)out + f->offset, (const char *)first + f->offset,
		       size);
	}
}

static int bad_slice(struct err *e)
{
	return err_at(e, ERR_INTEGRITY, 0,
		      "a slice does not hold the traveller it is kept for");
}

struct subject_side subject_side_of(const struct sighting *x)
{
	if (!x)
		return (struct subject_side){ .header = STR_NONE };
	return (struct subject_side){ x->header->bytes, x->slice->bytes,
				      x->index, x->header->hash,
				      x->slice->hash };
}

static int parse_side(const struct parsed **out,
		      const struct subject_side *side,
		      struct archive_cache *cache, struct arena *a,
		      struct err *e)
{
	struct archive_ref ref = { side->header, side->slice, side->header_hash,
				   side->slice_hash };

	return archive_parse_once(out, cache, &ref, a, e);
}

static int read_pnr(struct subject *out, struct traveller *t,
		    const struct subject_side *side,
		    struct archive_cache *cache, struct arena *a, struct err *e)
{
	const struct parsed *p;
	const struct traveller **others;
	const struct booking *b;

	if (parse_side(&p, side, cache, a, e))
		return e->code;
	b = p->message.bookings;
	if (!p->message.nr_bookings || side->index >= b->nr_travellers)
		return bad_slice(e);
	others = arena_alloc(a, b->nr_travellers * sizeof(*others));
	for (uint32_t i = 0; i < b->nr_travellers; i++)
		if (i != side->index)
			others[out->nr_co_travellers++] = &b->travellers[i];
	out->co_traveller = others;
	out->booking = b;
	out->message = &p->message;
	*t = b->travellers[side->index];
	return 0;
}

static int read_api(struct subject *out, struct traveller *t,
		    const struct subject_side *side,
		    struct archive_cache *cache, struct arena *a, struct err *e)
{
	const struct parsed *p;

	if (parse_side(&p, side, cache, a, e))
		return e->code;
	if (side->index >= p->message.nr_travellers)
		return bad_slice(e);
	if (!out->message || p->message.sent_at.s > out->message->sent_at.s)
		out->message = &p->message;
	*t = p->message.travellers[side->index];
	return 0;
}

int subject_build(struct subject *out, const struct subject_side *pnr,
		  const struct subject_side *api, struct moment screened_at,
		  struct archive_cache *cache, struct arena *a, struct err *e)
{
	struct traveller *merged = arena_alloc(a, sizeof(*merged));
	struct traveller from_pnr = { 0 }, from_api = { 0 };

	*out = (struct subject){ .screened_at = screened_at };
	if (pnr->header.ptr && read_pnr(out, &from_pnr, pnr, cache, a, e))
		return e->code;
	/* the push names flight and times as booked; keep it where there is one */
	out->flight = out->message ? &out->message->flight : NULL;
	if (api->header.ptr && read_api(out, &from_api, api, cache, a, e))
		return e->code;
	if (!out->flight)
		out->flight = &out->message->flight;
	if (pnr->header.ptr && api->header.ptr) {
		traveller_merge(merged, &from_pnr, &from_api, a);
		compare_sides(out, &from_pnr, &from_api);
	} else {
		*merged = pnr->header.ptr ? from_pnr : from_api;
	}
	out->traveller = merged;
	return 0;
}
