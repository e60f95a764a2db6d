#include "rules/comment.h"

/* Scalars, in the order of the file: a '#' in one begins no comment. */
struct scalars {
	struct arena *arena;
	const struct yaml_node **node;
	uint32_t nr;
};

static void gather(struct scalars *s, const struct yaml_node *n)
{
	const struct yaml_node **to;

	for (const struct yaml_node *c = n->child; c; c = c->next)
		gather(s, c);
	if (n->kind != YAML_SCALAR || !n->end_line)
		return;
	to = arena_push(s->arena, &s->node, &s->nr, sizeof(*to));
	*to = n;
}

/* The line on which a block begins holds its sign, and perhaps a comment. */
static bool is_inside(const struct yaml_node *n, uint32_t line, uint32_t column)
{
	if (n->block)
		return line > n->line && line < n->end_line;
	if (line < n->line || (line == n->line && column < n->column))
		return false;
	return line < n->end_line ||
	       (line == n->end_line && column < n->end_column);
}

static bool is_in_scalar(const struct scalars *s, uint32_t line,
			 uint32_t column)
{
	uint32_t low = 0, high = s->nr;

	while (low < high) { /* the first that ends on this line or below */
		uint32_t mid = low + (high - low) / 2;

		if (s->node[mid]->end_line < line)
			low = mid + 1;
		else
			high = mid;
	}
	for (uint32_t i = low; i < s->nr && s->node[i]->line <= line; i++)
		if (is_inside(s->node[i], line, column))
			return true;
	return false;
}

/* Byte of the line at which a comment begins, or its length. Columns count
 * characters, as YAML's marks do. */
static size_t find_start(const struct scalars *s, struct str text,
			 uint32_t line)
{
	uint32_t column = 1;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		bool open = i == 0 || text.ptr[i - 1] == ' ' ||
			    text.ptr[i - 1] == '\t';

		if (c == '#' && open && !is_in_scalar(s, line, column))
			return i;
		column += (c & 0xc0) != 0x80;
	}
	return text.len;
}

/* Bytes of the line break that `s` begins with, of those that YAML knows. */
static size_t break_length(struct str s)
{
	static const struct str breaks[] = {
		STR_INIT("\r\n"),	  STR_INIT("\n"),
		STR_INIT("\r"),		  STR_INIT("\xc2\x85"),
		STR_INIT("\xe2\x80\xa8"), STR_INIT("\xe2\x80\xa9"),
	};

	for (size_t i = 0; i < ARRAY_SIZE(breaks); i++)
		if (str_starts(s, breaks[i]))
			return breaks[i].len;
	return 0;
}

/* The next line, without its break; *s is absent behind the last one. */
static struct str next_line(struct str *s)
{
	struct str line = *s;

	for (size_t i = 0; i < s->len; i++) {
		size_t n = break_length(str_slice(*s, i, s->len));

		if (!n)
			continue;
		line = str_slice(*s, 0, i);
		*s = str_slice(*s, i + n, s->len);
		return line;
	}
	*s = STR_NONE;
	return line;
}

static void append(struct comment **list, struct comment *c)
{
	while (*list)
		list = &(*list)->next;
	*list = c;
}

void comments_place(struct comments *c, const struct yaml_node *n,
		    uint32_t line)
{
	struct place *p =
		arena_push(c->arena, &c->place, &c->nr_places, sizeof(*p));

	*p = (struct place){ .line = line };
	c->index.arena = c->arena;
	intern_put(&c->index, 0, (struct str){ (const char *)&n, sizeof(n) });
}

/* To the place it speaks of; a second one behind a place goes to the next. */
static void attach(struct comments *c, struct comment *one, uint32_t line,
		   bool alone)
{
	uint32_t i = 0;

	while (i < c->nr_places && c->place[i].line <= line)
		i++;
	c->nr++;
	if (!alone && i && !c->place[i - 1].behind)
		c->place[i - 1].behind = one;
	else if (i < c->nr_places)
		append(&c->place[i].above, one);
	else
		append(&c->below, one);
}

void comments_find(struct comments *c, struct str source,
		   const struct yaml_node *doc)
{
	struct scalars s = { .arena = c->arena };
	uint32_t line = 0;

	gather(&s, doc);
	while (source.ptr) {
		struct str text = next_line(&source);
		size_t start = find_start(&s, text, ++line);
		struct comment *one;

		if (start == text.len)
			continue;
		one = arena_alloc(c->arena, sizeof(*one));
		one->text = str_trim(str_slice(text, start, text.len));
		attach(c, one, line, !str_trim(str_slice(text, 0, start)).len);
	}
}

const struct place *comments_of(const struct comments *c,
				const struct yaml_node *n)
{
	uint32_t i = intern_find(&c->index, 0,
				 (struct str){ (const char *)&n, sizeof(n) });

	return i == INTERN_NONE ? NULL : &c->place[i];
}
