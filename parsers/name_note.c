/*
 * name_note.c - every form of a traveller's name, each once
 */
#include "parsers/name.h"

#include <string.h>

/* Told twice, the name is what is left without the title. */
static void drop_glued(struct traveller *t, const struct name *sure)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < t->nr_names; i++)
		if (!str_ends(t->names[i].source, STR(NAME_GLUED)) ||
		    !name_match(t->names[i].surname, t->names[i].given,
				sure->surname, sure->given))
			t->names[kept++] = t->names[i];
	t->nr_names = kept;
}

/* Add the form, unless it is there. True: one of the same letters was. */
static bool note(struct walk *w, struct traveller *t, struct name n)
{
	bool same = false;

	for (uint32_t i = 0; i < t->nr_names; i++) {
		const struct name *o = &t->names[i];

		if (str_eq(o->surname, n.surname) && str_eq(o->given, n.given))
			return true;
		same |= name_match(o->surname, o->given, n.surname, n.given) ==
			2;
	}
	*LIST_PUSH(w, t, names) = n;
	return same;
}

/* SMITHJR may be SMITH, junior: the surname itself stays as it was sent. */
static void note_without_suffix(struct walk *w, struct traveller *t,
				const struct person *p,
				struct name_source source)
{
	static const char *const suffixes[] = { "JR", "SR", "III", "II" };
	enum { REST = 4 }; /* letters that must be left */
	struct str s = p->surname;

	/* most surnames end otherwise */
	if (s.len < REST || ((s.ptr[s.len - 1] & ~0x20) != 'R' &&
			     (s.ptr[s.len - 1] & ~0x20) != 'I'))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(suffixes); i++) {
		size_t n = strlen(suffixes[i]);

		if (s.len < n + REST ||
		    !str_eq_nocase(str_slice(s, s.len - n, s.len),
				   str_of(suffixes[i])))
			continue;
		if (s.ptr[s.len - n - 1] == ' ') /* a word: read as one */
			return;
		(void)note(w, t,
			   (struct name){ str_slice(s, 0, s.len - n), p->given,
					  source.suffixed });
		return;
	}
}

void name_note(struct walk *w, struct traveller *t, const struct person *p,
	       struct name_source source)
{
	struct name plain = { p->surname, p->given, source.plain };
	bool known;

	t->known_names = true;
	if (!p->surname.ptr && !p->given.ptr)
		return;
	known = note(w, t, plain);
	if (known && !p->glued.ptr)
		drop_glued(t, &plain);
	else if (!known && p->glued.ptr)
		(void)note(w, t,
			   (struct name){ p->surname, p->glued, source.glued });
	note_without_suffix(w, t, p, source);
}
