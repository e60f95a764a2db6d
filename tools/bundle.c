#include "tools/bundle.h"

#include "tools/row_json.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define WORD "paxgate-bundle 1 "

/* The opened texts, by name. */
static const struct {
	const char *name;
	size_t offset;
} opened[] = {
	{ "evidence", offsetof(struct bundle, evidence) },
	{ "pnr_header", offsetof(struct bundle, pnr_header) },
	{ "pnr_slice", offsetof(struct bundle, pnr_slice) },
	{ "api_header", offsetof(struct bundle, api_header) },
	{ "api_slice", offsetof(struct bundle, api_slice) },
	{ "airports", offsetof(struct bundle, airports) },
	{ "zones", offsetof(struct bundle, zones) },
	{ "offences", offsetof(struct bundle, offences) },
};

static struct str *text_at(struct bundle *b, size_t i)
{
	return (struct str *)((char *)b + opened[i].offset);
}

static void write_items(struct json *j, const struct profile_items *items)
{
	json_open(j, "profiles", '[');
	for (uint32_t i = 0; i < items->nr; i++) {
		const struct profile_item *it = &items->item[i];

		json_open(j, NULL, '{');
		json_bool(j, "list", it->is_list);
		json_str(j, "name", it->name);
		json_int(j, "revision", it->revision);
		json_str(j, "state", it->state);
		json_str(j, "text", it->content);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void write_events(struct json *j, const struct bundle *b)
{
	json_open(j, "log", '[');
	for (uint32_t i = 0; i < b->nr_event; i++) {
		const struct audit_about *ev = &b->event[i];

		json_open(j, NULL, '{');
		json_str(j, "chain", ev->row.chain);
		json_int(j, "event", ev->row.seq);
		row_json_bytes(j, "before", ev->before);
		row_json_bytes(j, "hash", ev->row.hash);
		json_str(j, "line", ev->row.line);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void write_object(struct buf *out, const struct bundle *b)
{
	struct bundle copy = *b;
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_moment(&j, "made_at", b->made_at, true);
	json_str(&j, "made_by", b->made_by);
	json_z(&j, "hit", hit_name_of(b->hit.clock_day, b->hit.hit_id).text);
	row_json_write(&j, "row", ROW_ID_hit, &b->hit);
	for (size_t i = 0; i < ARRAY_SIZE(opened); i++)
		row_json_bytes(&j, opened[i].name, *text_at(&copy, i));
	write_items(&j, &b->items);
	write_events(&j, b);
	json_close(&j, '}');
	buf_byte(out, '\n');
}

static void hash_of(uint8_t hash[CRYPT_HASH_LEN], struct str object)
{
	crypt_hash(hash, "bundle 1", &object, 1);
}

static void add_hex(struct buf *out, const uint8_t *bin, size_t len, char end)
{
	char *room = buf_room(out, 2 * len + 1);

	if (!room)
		return;
	crypt_to_hex(room, bin, len);
	room[2 * len] = end;
}

void bundle_write(struct buf *out, const struct bundle *b,
		  const struct sign_pair *pair)
{
	uint8_t hash[CRYPT_HASH_LEN], signature[CRYPT_SIGNATURE_LEN];
	struct buf object = { 0 };

	write_object(&object, b);
	hash_of(hash, buf_view(&object));
	crypt_sign(signature, pair->secret_half,
		   (struct str){ (const char *)hash, sizeof(hash) });
	buf_z(out, WORD);
	add_hex(out, pair->public_half, CRYPT_KEY_LEN, ' ');
	add_hex(out, signature, CRYPT_SIGNATURE_LEN, '\n');
	buf_str(out, buf_view(&object));
	out->failed |= object.failed;
	crypt_wipe(object.data, object.cap);
	buf_release(&object);
}

static bool read_items(struct profile_items *out, const struct json_node *list,
		       struct arena *a)
{
	out->nr = (uint32_t)json_node_nr(list);
	out->item = arena_alloc(a, (out->nr + 1) * sizeof(*out->item));
	for (uint32_t i = 0; i < out->nr; i++) {
		const struct json_node *n = json_node_at(list, i);
		struct profile_item *it = &out->item[i];
		int64_t revision;

		it->is_list = json_node_is_true(json_node_get(n, "list"));
		it->name =
			arena_str(a, json_node_text(json_node_get(n, "name")));
		it->state =
			arena_str(a, json_node_text(json_node_get(n, "state")));
		it->content =
			arena_str(a, json_node_text(json_node_get(n, "text")));
		if (!it->name.ptr || !it->state.ptr || !it->content.ptr ||
		    !json_node_int(json_node_get(n, "revision"), &revision))
			return false;
		it->revision = (int32_t)revision;
	}
	return true;
}

static bool read_events(struct bundle *b, const struct json_node *list,
			struct arena *a)
{
	struct audit_about *ev;

	b->nr_event = (uint32_t)json_node_nr(list);
	ev = arena_alloc(a, (b->nr_event + 1) * sizeof(*ev));
	b->event = ev;
	for (uint32_t i = 0; i < b->nr_event; i++, ev++) {
		const struct json_node *n = json_node_at(list, i);

		ev->row.chain =
			arena_str(a, json_node_text(json_node_get(n, "chain")));
		ev->row.line =
			arena_str(a, json_node_text(json_node_get(n, "line")));
		if (!ev->row.chain.ptr || !ev->row.line.ptr ||
		    !json_node_int(json_node_get(n, "event"), &ev->row.seq) ||
		    !row_json_read_bytes(&ev->before,
					 json_node_get(n, "before"), a) ||
		    !row_json_read_bytes(&ev->row.hash,
					 json_node_get(n, "hash"), a) ||
		    ev->before.len != CRYPT_HASH_LEN ||
		    ev->row.hash.len != CRYPT_HASH_LEN)
			return false;
	}
	return true;
}

static bool read_object(struct bundle *b, const struct json_node *doc,
			struct arena *a)
{
	if (!moment_read(json_node_text(json_node_get(doc, "made_at")),
			 &b->made_at) ||
	    !row_json_read(&b->hit, ROW_ID_hit, json_node_get(doc, "row"), a))
		return false;
	b->made_by =
		arena_str(a, json_node_text(json_node_get(doc, "made_by")));
	for (size_t i = 0; i < ARRAY_SIZE(opened); i++)
		if (!row_json_read_bytes(text_at(b, i),
					 json_node_get(doc, opened[i].name), a))
			return false;
	return read_items(&b->items, json_node_get(doc, "profiles"), a) &&
	       read_events(b, json_node_get(doc, "log"), a);
}

int bundle_read(struct bundle *out, enum bundle_seal *seal,
		uint8_t key[CRYPT_KEY_LEN], struct str file, struct arena *a,
		struct err *e)
{
	uint8_t hash[CRYPT_HASH_LEN], signature[CRYPT_SIGNATURE_LEN];
	struct str line = str_split(&file, '\n');
	struct json_node *doc = NULL;
	bool good;

	*out = (struct bundle){ .nr_event = 0 };
	*seal = BUNDLE_BROKEN;
	if (!file.ptr || !str_starts(line, STR(WORD)))
		return err_at(e, ERR_SYNTAX, 0, "not a bundle");
	line = str_slice(line, strlen(WORD), line.len);
	hash_of(hash, file);
	if (!crypt_from_hex(key, CRYPT_KEY_LEN, str_split(&line, ' ')) ||
	    !crypt_from_hex(signature, CRYPT_SIGNATURE_LEN, line))
		return err_at(e, ERR_SYNTAX, 0, "a bundle without a signature");
	if (crypt_is_signed(signature, key,
			    (struct str){ (const char *)hash, sizeof(hash) }))
		*seal = BUNDLE_SIGNED;
	if (json_read(&doc, file, e))
		return e->code;
	good = read_object(out, doc, a);
	json_node_free(doc);
	return good ? 0
		    : err_at(e, ERR_SYNTAX, 0,
			     "a bundle in which something is missing");
}

bool bundle_is_one(const char *path)
{
	char head[sizeof(WORD) - 1];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool is = fd >= 0 &&
		  read(fd, head, sizeof(head)) == (ssize_t)sizeof(head) &&
		  !memcmp(head, WORD, sizeof(head));

	if (fd >= 0)
		close(fd);
	return is;
}
