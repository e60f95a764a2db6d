#include "rules/read.h"

#include "rules/name.h"

struct str read_stem(const char *file)
{
	const char *slash = strrchr(file, '/');
	struct str s = str_of(slash ? slash + 1 : file);

	return str_ends(s, STR(".yaml")) ? str_slice(s, 0, s.len - 5) : s;
}

static bool is_known(const char *const *keys, struct str key,
		     struct nearest *near)
{
	for (; *keys; keys++) {
		if (str_eq(key, str_of(*keys)))
			return true;
		nearest_try(near, str_of(*keys));
	}
	return false;
}

bool read_map(struct faults *f, const struct yaml_node *n,
	      const char *const *keys)
{
	if (n->kind != YAML_MAP) {
		fault_at(f, ERR_VALUE, n,
			 "expected keys and values here, as "
			 "'%s: ...'",
			 keys[0]);
		return false;
	}
	for (const struct yaml_node *c = n->child; c; c = c->next) {
		struct nearest near = { .word = c->key };

		if (is_known(keys, c->key, &near))
			continue;
		fault_at_key(f, ERR_VALUE, c,
			     "there is no key '" STR_FMT "' here%s" STR_FMT
			     "%s",
			     STR_ARG(str_slice(c->key, 0, 40)),
			     near.best.ptr ? "; did you mean '" : "",
			     STR_ARG(near.best), near.best.ptr ? "'?" : "");
	}
	return true;
}

static const struct yaml_node *
scalar(struct faults *f, const struct yaml_node *map, const char *key)
{
	const struct yaml_node *n = yaml_get(map, str_of(key));

	if (n && n->kind != YAML_SCALAR) {
		fault_at(f, ERR_VALUE, n,
			 "'%s' is one value, not a list or "
			 "map",
			 key);
		return NULL;
	}
	return n;
}

struct str read_text(struct faults *f, const struct yaml_node *map,
		     const char *key)
{
	const struct yaml_node *n = scalar(f, map, key);

	return n ? str_trim(n->text) : STR_NONE;
}

struct str read_needed(struct faults *f, const struct yaml_node *map,
		       const char *key, enum err_code code, const char *missing)
{
	const struct yaml_node *n = yaml_get(map, str_of(key));
	struct str s = read_text(f, map, key);

	if (!s.len && n && n->kind == YAML_SCALAR)
		fault_at(f, code, n, "'%s' is empty; %s", key, missing);
	else if (!n)
		fault_at_key(f, code, map, "'%s:' is missing; %s", key,
			     missing);
	return s;
}

int64_t read_int(struct faults *f, const struct yaml_node *map, const char *key,
		 int64_t min, int64_t max, int64_t preset)
{
	const struct yaml_node *n = scalar(f, map, key);
	int64_t v;

	if (!n)
		return preset;
	if (!str_to_i64(n->text, &v) || v < min || v > max) {
		fault_at(f, ERR_VALUE, n,
			 "'%s' is a whole number from %lld to %lld", key,
			 (long long)min, (long long)max);
		return preset;
	}
	return v;
}

struct date read_date(struct faults *f, const struct yaml_node *map,
		      const char *key)
{
	const struct yaml_node *n = scalar(f, map, key);
	struct date d;

	if (!n)
		return DATE_NONE;
	if (!date_read(n->text, &d) || !date_is_full(d)) {
		fault_at(f, ERR_VALUE, n, "'%s' is a date, as 2026-09-01", key);
		return DATE_NONE;
	}
	return d;
}

static void add_word(struct faults *f, const struct yaml_node *n,
		     struct str **words, uint32_t *nr)
{
	struct str *w;

	if (n->kind != YAML_SCALAR || !str_trim(n->text).len) {
		fault_at(f, ERR_VALUE, n, "expected a word here");
		return;
	}
	w = arena_push(f->arena, words, nr, sizeof(*w));
	*w = arena_str(f->arena, str_trim(n->text));
}

struct str *read_words(struct faults *f, const struct yaml_node *n,
		       uint32_t *nr)
{
	struct str *words = NULL;

	*nr = 0;
	if (n->kind == YAML_SCALAR)
		add_word(f, n, &words, nr);
	else if (n->kind == YAML_MAP)
		fault_at(f, ERR_VALUE, n, "expected a list, as [A, B]");
	else
		for (const struct yaml_node *c = n->child; c; c = c->next)
			add_word(f, c, &words, nr);
	return words;
}
