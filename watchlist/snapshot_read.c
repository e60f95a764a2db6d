/* snapshot_read.c - records of a snapshot in the forms others use */
#include "watchlist/snapshot.h"

#include "watchlist/variant.h"

#include <string.h>

static struct str nation_text(const struct snap_nation *n)
{
	return (struct str){ n->code, strlen(n->code) };
}

/* A field of a name that stands there; SNAP_ABSENT stays absent. */
static struct str field_text(const struct watchlist *wl, uint32_t pos,
			     uint16_t len)
{
	if (len == SNAP_ABSENT)
		return STR_NONE;
	return (struct str){ wl->byte + pos, len };
}

void watchlist_weights(const struct watchlist *wl, uint32_t index,
		       uint16_t weight[NAME_TOKENS])
{
	const struct snap_name *n = &wl->name[index];

	memset(weight, 0, NAME_TOKENS * sizeof(*weight));
	for (uint8_t i = 0; i < n->nr_tokens; i++)
		weight[i] = wl->unit[n->first_unit + i].weight;
}

struct name_sound watchlist_sound(const struct watchlist *wl, uint32_t fold)
{
	const struct snap_fold *f;

	if (fold == SNAP_NO_FOLD)
		return (struct name_sound){ .variant = VARIANT_NONE };
	f = &wl->fold[fold];
	return (struct name_sound){ .fold = { wl->byte + f->pos, f->len },
				    .sig = wl->fold_sig[fold],
				    .variant = f->variant };
}

struct name_key watchlist_text_key(const struct watchlist *wl, uint32_t index)
{
	const struct snap_text *t = &wl->text[index];

	return (struct name_key){ .text = { wl->byte + t->pos, t->len },
				  .sig = wl->sig[index] };
}

struct name_key watchlist_key(const struct watchlist *wl, uint32_t index)
{
	struct name_key k = watchlist_text_key(wl, index);

	k.sound = watchlist_sound(wl, wl->text[index].fold);
	k.sound.joined = index >= wl->bucket[REGION_JOINED * (NAME_TEXT + 1)];
	return k;
}

static void read_names(const struct watchlist *wl, const struct snap_entry *s,
		       struct watch_entry *out)
{
	for (uint32_t i = 0; i < out->nr_names; i++) {
		const struct snap_name *n = &wl->name[s->first_name + i];
		struct watch_name *name = &out->names[i];

		name->surname = field_text(wl, n->pos, n->surname);
		name->given = field_text(
			wl, n->pos + (uint32_t)name->surname.len, n->given);
		watchlist_weights(wl, s->first_name + i, name->weight);
	}
}

static void read_documents(const struct watchlist *wl,
			   const struct snap_entry *s, struct watch_entry *out)
{
	for (uint32_t i = 0; i < out->nr_documents; i++) {
		const struct snap_document *from =
			&wl->document[s->first_document + i];
		struct watch_document *d = &out->documents[i];
		struct str number = watchlist_text(wl, from->number);

		d->number.len = (uint8_t)number.len;
		memcpy(d->number.text, number.ptr, number.len);
		d->issuer = nation_text(&from->issuer);
		d->type = watchlist_text(wl, from->type);
	}
}

void watchlist_entry(const struct watchlist *wl, uint32_t index,
		     struct arena *a, struct watch_entry *out)
{
	const struct snap_entry *s = &wl->entry[index];
	const struct snap_list *l = &wl->list[s->list];

	*out = (struct watch_entry){
		.list = watchlist_text(wl, l->id),
		.id = watchlist_text(wl, s->id),
		.reference = watchlist_text(wl, s->reference),
		.offence = watchlist_text(wl, s->offence),
		.birth_place = watchlist_text(wl, s->birth_place),
		.nr_names = s->nr_names,
		.nr_births = s->nr_births,
		.nr_nationalities = s->nr_nations,
		.nr_documents = s->nr_documents,
		.valid_until = date_from_days(s->valid_until),
		.threshold = l->threshold,
		.least = { l->least[0], l->least[1], l->least[2], l->least[3] },
		.sex = (char)s->sex,
	};
	out->names = arena_alloc(a, s->nr_names * sizeof(*out->names));
	out->births = arena_alloc(a, s->nr_births * sizeof(*out->births));
	out->nationalities =
		arena_alloc(a, s->nr_nations * sizeof(*out->nationalities));
	out->documents =
		arena_alloc(a, s->nr_documents * sizeof(*out->documents));
	read_names(wl, s, out);
	if (s->nr_births)
		memcpy(out->births, wl->birth + s->first_birth,
		       s->nr_births * sizeof(*out->births));
	for (uint32_t i = 0; i < out->nr_nationalities; i++)
		out->nationalities[i] =
			nation_text(&wl->nation[s->first_nation + i]);
	read_documents(wl, s, out);
}

void watchlist_name(const struct watchlist *wl, uint32_t index,
		    struct name_form *out)
{
	const struct snap_name *n = &wl->name[index];
	const struct snap_key *key = wl->key + n->first_key;

	out->nr_units = n->nr_units;
	out->nr_tokens = n->nr_tokens;
	out->cut[NAME_SURNAME] = out->cut[NAME_GIVEN] = false;
	out->steps = 0;
	out->pool_len = 0;
	memset(out->kind, 0, sizeof(out->kind));
	for (uint8_t i = 0; i < n->nr_units; i++) {
		const struct snap_unit *from = &wl->unit[n->first_unit + i];
		struct name_unit *u = &out->unit[i];

		if (i < n->nr_tokens)
			out->kind[i] = from->kind;
		u->mask = from->mask;
		u->part = from->part;
		u->nr_keys = from->nr_keys;
		u->stub = false;
		for (uint8_t k = 0; k < from->nr_keys; k++, key++) {
			u->key[k] = watchlist_key(wl, snap_key_text(*key));
			u->key[k].sound.joined = i >= n->nr_tokens;
			u->key[k].cost = (uint8_t)snap_key_cost(*key);
			u->key[k].spelt = (uint8_t)snap_key_spelt(*key);
		}
	}
}
