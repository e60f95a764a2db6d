/*
 * replay_evidence.c - in which members two pieces of evidence differ
 */
#include "engine/replay.h"

#include "base/json.h"

#include <string.h>

struct walk {
	struct replay *replay;
	struct arena *arena;
};

static struct str write_node(const struct walk *w, const struct json_node *n)
{
	struct buf text = { 0 };
	struct str out = STR_NONE;

	if (n) {
		json_node_write(&text, n);
		out = arena_str(w->arena, buf_view(&text));
	}
	buf_release(&text);
	return out;
}

static void differ(const struct walk *w, struct str path,
		   const struct json_node *x, const struct json_node *y)
{
	replay_differ(w->replay, w->arena,
		      &(struct replay_difference){
			      .part = path,
			      .what = !x   ? "was not there"
				      : !y ? "is not there any more"
					   : "differs",
			      .recorded = write_node(w, x),
			      .replayed = write_node(w, y),
			      .personal = true });
}

static void compare(const struct walk *w, struct str path,
		    const struct json_node *x, const struct json_node *y);

static void compare_objects(const struct walk *w, struct str path,
			    const struct json_node *x,
			    const struct json_node *y)
{
	const struct json_node *n;
	const char *key;
	void *iter = NULL;

	while ((n = json_node_next(x, &iter, &key)))
		compare(w,
			arena_fmt(w->arena, STR_FMT ".%s", STR_ARG(path), key),
			n, json_node_get(y, key));
	iter = NULL;
	while ((n = json_node_next(y, &iter, &key)))
		if (!json_node_get(x, key))
			differ(w,
			       arena_fmt(w->arena, STR_FMT ".%s", STR_ARG(path),
					 key),
			       NULL, n);
}

static void compare_arrays(const struct walk *w, struct str path,
			   const struct json_node *x, const struct json_node *y)
{
	size_t nr = json_node_nr(x);

	if (json_node_nr(y) > nr)
		nr = json_node_nr(y);
	for (size_t i = 0; i < nr; i++)
		compare(w,
			arena_fmt(w->arena, STR_FMT "[%zu]", STR_ARG(path), i),
			json_node_at(x, i), json_node_at(y, i));
}

static void compare(const struct walk *w, struct str path,
		    const struct json_node *x, const struct json_node *y)
{
	enum json_kind kind = json_node_kind(x);

	if (!x || !y || kind != json_node_kind(y))
		differ(w, path, x, y);
	else if (kind == JSON_KIND_OBJECT)
		compare_objects(w, path, x, y);
	else if (kind == JSON_KIND_ARRAY)
		compare_arrays(w, path, x, y);
	else if (!str_eq(write_node(w, x), write_node(w, y)))
		differ(w, path, x, y);
}

void replay_compare_evidence(struct replay *r, struct str recorded,
			     struct str replayed, struct arena *a)
{
	struct walk w = { r, a };
	struct json_node *x = NULL, *y = NULL;
	struct err e = { 0 };
	uint32_t before = r->nr;

	if (str_eq(recorded, replayed))
		return;
	if (!json_read(&x, recorded, &e) && !json_read(&y, replayed, &e))
		compare(&w, STR("evidence"), x, y);
	json_node_free(x);
	json_node_free(y);
	if (r->nr == before)
		replay_differ(r, a,
			      &(struct replay_difference){
				      .part = STR("evidence"),
				      .what = e.code ? "is no JSON"
						     : "has other bytes" });
}
