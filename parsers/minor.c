#include "parsers/minor.h"

#include <string.h>

static const struct row {
	const char *word;
	unsigned opens; /* words behind it that are kept with it */
} rows[] = {
#define ALONE(w)    { w, 0 },
#define OPENS(w, n) { w, n },
#include "parsers/minor.def"
};

static const char ends[] = "/,;"; /* of what a row opens */

static const struct row *find_row(struct str word)
{
	while (word.len && word.ptr[word.len - 1] == '.')
		word.len--;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (str_eq_nocase(word, str_of(rows[i].word)))
			return &rows[i];
	return NULL;
}

/* A word of the text, and whether what was open before it has ended. */
struct word {
	struct piece at;
	bool closes;
};

static bool next_word(const struct walk *w, struct piece text, size_t *pos,
		      struct word *out)
{
	struct str s = text.text;
	size_t from = *pos, to;

	out->closes = false;
	for (; from < s.len; from++)
		if (s.ptr[from] && strchr(ends, s.ptr[from]))
			out->closes = true;
		else if (!s.ptr[from] || !strchr(" \t:()", s.ptr[from]))
			break;
	for (to = from; to < s.len; to++)
		if (s.ptr[to] && strchr(" \t:()/,;", s.ptr[to]))
			break;
	*pos = to;
	out->at = piece_slice(w, text, from, to);
	return from < to;
}

/* Up to two digits: years. */
static bool is_years(struct str digits, struct number *age)
{
	enum { DIGITS = 2 };
	int64_t years;

	if (!digits.len || digits.len > DIGITS || !str_is_digits(digits) ||
	    !str_to_i64(digits, &years))
		return false;
	*age = (struct number){ years, true };
	return true;
}

/* "UM09" */
static bool is_age(struct str s, struct number *age)
{
	return s.len > 2 && str_eq_nocase(str_slice(s, 0, 2), STR("UM")) &&
	       is_years(str_slice(s, 2, s.len), age);
}

/* What becomes of words that stay. */
struct keeper {
	void (*age)(struct walk *, struct minor *, struct piece);
	void (*text)(struct walk *, struct minor *, struct piece);
};

static void each_kept(struct walk *w, struct piece text, struct minor *m,
		      const struct keeper *k)
{
	struct word word;
	unsigned open = 0; /* words that are still kept */

	for (size_t pos = 0; next_word(w, text, &pos, &word);) {
		const struct row *row = find_row(word.at.text);

		if (word.closes)
			open = 0;
		if (!row && is_age(word.at.text, &m->age)) {
			k->age(w, m, word.at);
			continue;
		}
		if (row)
			open = row->opens ? row->opens : open;
		else if (open)
			open--;
		else
			continue;
		k->text(w, m, word.at);
	}
}

static void pass(struct walk *w, struct minor *m, struct piece word)
{
	(void)w;
	(void)m;
	(void)word;
}

static void claim(struct walk *w, struct minor *m, struct piece word)
{
	(void)m;
	piece_claim(w, word);
}

static void add_text(struct walk *w, struct minor *m, struct piece word)
{
	struct str text = piece_text(w, word);

	m->text = m->text.ptr ? arena_join(w->arena, m->text, STR(" "), text)
			      : text;
}

static void offer(struct walk *w, struct minor *m, struct piece word)
{
	piece_scan_as(w, word, CLAIM_REMARK, m->text);
}

void minor_read(struct walk *w, struct piece text, struct minor *out)
{
	static const struct keeper look = { pass, add_text };
	static const struct keeper keep = { claim, offer };

	*out = (struct minor){ .text = STR_NONE };
	for (const char *c = ends; *c; c++)
		piece_claim_each(w, text, *c);
	each_kept(w, text, out, &look);
	if (out->age.set && out->age.v >= MINOR_ADULT)
		*out = (struct minor){ .text = STR_NONE };
	else
		each_kept(w, text, out, &keep);
}
