#include "tools/gen_wanted.h"

#include "base/buf.h"
#include "watchlist/csv.h"

#include <string.h>

enum {
	LIST_BYTES = 64 << 20,
};

enum column {
	COL_ID,
	COL_REFERENCE,
	COL_SURNAME,
	COL_GIVEN,
	COL_ALIASES,
	COL_BIRTH_DATES,
	COL_SEX,
	COL_NATIONALITIES,
	COL_BIRTH_PLACE,
	COL_DOCUMENTS,
	COL_OFFENCE,
	COL_VALID_UNTIL,
};

static const struct csv_column columns[] = {
	[COL_ID] = { "id", true, 64 },
	[COL_REFERENCE] = { "reference", false, 200 },
	[COL_SURNAME] = { "surname", true, 200 },
	[COL_GIVEN] = { "given", false, 200 },
	[COL_ALIASES] = { "aliases", false, 4000 },
	[COL_BIRTH_DATES] = { "birth_dates", false, 400 },
	[COL_SEX] = { "sex", false, 1 },
	[COL_NATIONALITIES] = { "nationalities", false, 100 },
	[COL_BIRTH_PLACE] = { "birth_place", false, 200 },
	[COL_DOCUMENTS] = { "documents", false, 1000 },
	[COL_OFFENCE] = { "offence", false, 20 },
	[COL_VALID_UNTIL] = { "valid_until", false, 20 },
	{ 0 },
};

static const struct {
	const char *letter, *passport, *airline;
} folds[] = {
#define FOLD(letter, passport, airline) { letter, passport, airline },
#include "tools/gen_fold.def"
#undef FOLD
};

/* A-Z and blanks of `s`; "" when a letter is of another script. */
static const char *fold(struct arena *a, struct str s, bool airline)
{
	char *out = arena_alloc(a, s.len * 2 + 1), *to = out;

	for (size_t i = 0; i < s.len;) {
		struct str rest = str_slice(s, i, s.len);
		size_t k = 0;

		if ((unsigned char)s.ptr[i] < 0x80) {
			char c = s.ptr[i++];

			if ((c >= 'A' && c <= 'Z') || c == ' ')
				*to++ = c;
			else if (c == '-')
				*to++ = ' ';
			continue;
		}
		while (k < ARRAY_SIZE(folds) &&
		       !str_starts(rest, str_of(folds[k].letter)))
			k++;
		if (k == ARRAY_SIZE(folds))
			return "";
		to = stpcpy(to, airline ? folds[k].airline : folds[k].passport);
		i += strlen(folds[k].letter);
	}
	*to = 0;
	return out;
}

static const char *copy(struct arena *a, struct str s)
{
	return arena_str(a, str_empty(s) ? STR("") : s).ptr;
}

static void read_aliases(struct gen_entry *en, struct arena *a, struct str s)
{
	while (!str_empty(s)) {
		struct str given = str_split(&s, ';');
		const char *surname = fold(a, str_split(&given, '/'), false);
		struct gen_alias *al;

		if (!*surname)
			continue;
		al = arena_push(a, &en->alias, &en->nr_alias, sizeof(*al));
		al->surname = surname;
		al->given = fold(a, given, false);
	}
}

static int read_birth_dates(struct gen_entry *en, struct arena *a, struct str s,
			    struct err *e)
{
	while (!str_empty(s)) {
		struct str one = str_split(&s, ';');
		ptrdiff_t dots = str_find(one, STR(".."));
		struct date *d =
			arena_push(a, &en->born, &en->nr_born, sizeof(*d));

		if (dots >= 0 &&
		    !date_read(str_slice(one, (size_t)dots + 2, one.len),
			       &en->born_upto))
			return err_at(e, ERR_VALUE, 0,
				      "birth_dates: no date after '..'");
		if (dots >= 0)
			one = str_slice(one, 0, (size_t)dots);
		if (!date_read(one, d))
			return err_at(e, ERR_VALUE, 0,
				      "birth_dates: not a date");
	}
	return 0;
}

struct loading {
	struct gen_wanted *out;
	struct arena *a;
};

static int take_row(void *ctx, const struct csv_row_view *row, struct err *e)
{
	struct loading *l = ctx;
	const struct str *f = row->field;
	struct str document = f[COL_DOCUMENTS], nations = f[COL_NATIONALITIES];
	struct gen_entry *en =
		arena_push(l->a, &l->out->entry, &l->out->nr, sizeof(*en));

	en->id = copy(l->a, f[COL_ID]);
	en->surname = fold(l->a, f[COL_SURNAME], false);
	en->given = fold(l->a, f[COL_GIVEN], false);
	en->short_surname = fold(l->a, f[COL_SURNAME], true);
	en->short_given = fold(l->a, f[COL_GIVEN], true);
	read_aliases(en, l->a, f[COL_ALIASES]);
	en->sex = str_empty(f[COL_SEX]) ? 0 : f[COL_SEX].ptr[0];
	en->nation = copy(l->a, str_split(&nations, ';'));
	document = str_split(&document, ';');
	en->doc_number = copy(l->a, str_split(&document, ':'));
	en->doc_issuer = copy(l->a, str_split(&document, ':'));
	return read_birth_dates(en, l->a, f[COL_BIRTH_DATES], e);
}

/* "demo-wanted" of "etc/watchlists/demo-wanted.csv". */
static const char *list_name(const char *path, struct arena *a)
{
	const char *slash = strrchr(path, '/');
	struct str name = str_of(slash ? slash + 1 : path);

	if (str_ends(name, STR(".csv")))
		name = str_slice(name, 0, name.len - 4);
	return copy(a, name);
}

int gen_wanted_load(struct gen_wanted *out, const char *path, struct arena *a,
		    struct err *e)
{
	struct buf text = { 0 };
	struct loading l = { out, a };
	int rc;

	*out = (struct gen_wanted){ .list = list_name(path, a) };
	rc = buf_read_file(&text, path, LIST_BYTES, e);
	if (rc < 0)
		goto done;
	rc = csv_read_rows(buf_view(&text), columns, take_row, NULL, &l, e);
	if (rc < 0)
		err_wrap(e, "%s", path);
done:
	buf_release(&text);
	return rc;
}
