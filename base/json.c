#include "base/json.h"

#include "base/buf.h"

/*
 * json_write.h has a json_null(), as jansson does: never include both.
 * (libjansson binds its own calls inside, so that ours is not taken for it.)
 */
#include <jansson.h>

static json_t *peel(const struct json_node *n)
{
	/* jansson takes no const for reading */
	return (json_t *)(uintptr_t)n;
}

int json_read(struct json_node **out, struct str text, struct err *e)
{
	json_error_t why;
	json_t *doc =
		json_loadb(text.ptr ? text.ptr : "", text.len,
			   JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);

	if (!doc)
		return err_at(e, ERR_SYNTAX,
			      why.position > 0 ? (size_t)why.position : 0,
			      "not valid JSON, line %d, column %d", why.line,
			      why.column);
	*out = (struct json_node *)doc;
	return 0;
}

void json_node_free(struct json_node *doc)
{
	json_decref(peel(doc));
}

enum json_kind json_node_kind(const struct json_node *n)
{
	if (!n)
		return JSON_KIND_NULL;
	switch (json_typeof(peel(n))) {
	case JSON_TRUE:
	case JSON_FALSE:
		return JSON_KIND_BOOL;
	case JSON_INTEGER:
		return JSON_KIND_INT;
	case JSON_REAL:
		return JSON_KIND_DECIMAL;
	case JSON_STRING:
		return JSON_KIND_TEXT;
	case JSON_ARRAY:
		return JSON_KIND_ARRAY;
	case JSON_OBJECT:
		return JSON_KIND_OBJECT;
	case JSON_NULL:
		break;
	}
	return JSON_KIND_NULL;
}

const struct json_node *json_node_get(const struct json_node *n,
				      const char *key)
{
	return (const struct json_node *)json_object_get(peel(n), key);
}

struct str json_node_text(const struct json_node *n)
{
	if (json_node_kind(n) != JSON_KIND_TEXT)
		return STR_NONE;
	return (struct str){ json_string_value(peel(n)),
			     json_string_length(peel(n)) };
}

bool json_node_int(const struct json_node *n, int64_t *out)
{
	if (json_node_kind(n) != JSON_KIND_INT)
		return false;
	*out = json_integer_value(peel(n));
	return true;
}

bool json_node_is_true(const struct json_node *n)
{
	return n && json_is_true(peel(n));
}

size_t json_node_nr(const struct json_node *n)
{
	return json_node_kind(n) == JSON_KIND_OBJECT ? json_object_size(peel(n))
						     : json_array_size(peel(n));
}

const struct json_node *json_node_at(const struct json_node *n, size_t i)
{
	return (const struct json_node *)json_array_get(peel(n), i);
}

const struct json_node *json_node_next(const struct json_node *n, void **iter,
				       const char **key)
{
	*iter = *iter ? json_object_iter_next(peel(n), *iter)
		      : json_object_iter(peel(n));
	if (!*iter)
		return NULL;
	*key = json_object_iter_key(*iter);
	return (const struct json_node *)json_object_iter_value(*iter);
}

static int add_to_buf(const char *text, size_t len, void *arg)
{
	buf_add(arg, text, len);
	return 0;
}

void json_node_write(struct buf *out, const struct json_node *n)
{
	if (!n)
		buf_z(out, "null");
	else if (json_dump_callback(peel(n), add_to_buf, out,
				    JSON_COMPACT | JSON_ENCODE_ANY) < 0)
		out->failed = true;
}
