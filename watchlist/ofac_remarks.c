#include "watchlist/ofac_remarks.h"

#include "base/country.h"
#include "watchlist/entry_add.h"

struct reading {
	struct watch_entry *n;
	struct arena *arena;
	struct list_warnings *w;
	struct str places; /* of birth, so far */
};

static void warn(struct reading *r, const char *what)
{
	list_warn(r->w, "column 'remarks': %s", what);
}

static void warn_full(struct reading *r, const char *what, int limit)
{
	list_warn(r->w,
		  "column 'remarks': more than %d %s; this one is left "
		  "out",
		  limit, what);
}

/* "12 Jan 1964", "Jan 1964" or "1964". */
static bool read_day(struct str s, struct date *out)
{
	static const struct str month[] = {
		STR_INIT("Jan"), STR_INIT("Feb"), STR_INIT("Mar"),
		STR_INIT("Apr"), STR_INIT("May"), STR_INIT("Jun"),
		STR_INIT("Jul"), STR_INIT("Aug"), STR_INIT("Sep"),
		STR_INIT("Oct"), STR_INIT("Nov"), STR_INIT("Dec"),
	};
	struct str part[3];
	size_t nr = 0;
	int64_t year, day = 0;
	struct date d = { 0 };

	while (s.ptr && nr < ARRAY_SIZE(part))
		part[nr++] = str_split(&s, ' ');
	if (s.ptr || nr == 0 || part[nr - 1].len != 4 ||
	    !str_is_digits(part[nr - 1]) || !str_to_i64(part[nr - 1], &year))
		return false;
	d.year = (int16_t)year;
	if (nr > 1) {
		while (d.month < ARRAY_SIZE(month) &&
		       !str_eq_nocase(month[d.month], part[nr - 2]))
			d.month++;
		if (d.month++ == ARRAY_SIZE(month))
			return false;
	}
	if (nr > 2) {
		if (part[0].len > 2 || !str_is_digits(part[0]) ||
		    !str_to_i64(part[0], &day) || day == 0)
			return false;
		d.day = (uint8_t)day;
	}
	*out = d;
	return date_is_set(d) && date_is_valid(d);
}

bool ofac_birth_read(struct str s, struct birth_range *out)
{
	struct str about = STR("circa ");
	bool circa = str_starts(s, about);
	struct date from, to;
	struct birth_range r;
	ptrdiff_t at;

	if (circa)
		s = str_slice(s, about.len, s.len);
	at = str_find(s, STR(" to "));
	if (at >= 0) {
		if (!read_day(str_slice(s, (size_t)at + 4, s.len), &to))
			return false;
		s = str_slice(s, 0, (size_t)at);
	} else if (s.len == 9 && s.ptr[4] == '-') { /* 1964-1966 */
		if (!read_day(str_slice(s, 5, s.len), &to))
			return false;
		s = str_slice(s, 0, 4);
		at = 4;
	}
	if (!read_day(s, &from))
		return false;
	r = birth_of_date(from);
	if (at >= 0)
		r.to = birth_of_date(to).to;
	if (circa)
		birth_widen(&r, BIRTH_CIRCA_YEARS);
	if (r.to < r.from)
		return false;
	*out = r;
	return true;
}

static void read_birth(struct reading *r, struct str s)
{
	struct birth_range range;

	if (!ofac_birth_read(s, &range))
		warn(r, "DOB is not a date as '12 Jan 1964', 'Jan 1964', "
			"'1964', 'circa 1964' or two with 'to'");
	else if (!entry_add_birth(r->n, r->arena, range))
		warn_full(r, "birth dates", LIST_VALUES);
}

static void read_place(struct reading *r, struct str s)
{
	r->places = r->places.ptr ? arena_fmt(r->arena, STR_FMT "; " STR_FMT,
					      STR_ARG(r->places), STR_ARG(s))
				  : s;
}

static void read_nation(struct reading *r, struct str s)
{
	struct str code = country_of_name(s);

	if (!code.ptr) {
		warn(r, "nationality is no country's name of "
			"base/country_name.def");
		return;
	}
	for (uint32_t i = 0; i < r->n->nr_nationalities; i++)
		if (str_eq(r->n->nationalities[i], code))
			return;
	if (!entry_add_nationality(r->n, r->arena, code))
		warn_full(r, "nationalities", LIST_VALUES);
}

static void read_sex(struct reading *r, struct str s)
{
	if (str_eq(s, STR("Male")))
		r->n->sex = 'M';
	else if (str_eq(s, STR("Female")))
		r->n->sex = 'F';
	else
		warn(r, "Gender is not 'Male' or 'Female'");
}

/* In quotes of either kind; the name itself may begin or end with one. */
static void read_name(struct reading *r, struct str s)
{
	struct str surname, given;

	if (s.len >= 2 && s.ptr[0] == s.ptr[s.len - 1] &&
	    (s.ptr[0] == '\'' || s.ptr[0] == '"'))
		s = str_slice(s, 1, s.len - 1);
	entry_name_split(s, &surname, &given);
	if (str_empty(surname))
		warn(r, "a.k.a. without a name");
	else if (!entry_add_name(r->n, r->arena, surname, given))
		warn_full(r, "names", LIST_NAMES);
}

static const struct {
	struct str label;
	void (*read)(struct reading *r, struct str s);
} parts[] = {
	{ STR_INIT("DOB "), read_birth },
	{ STR_INIT("POB "), read_place },
	{ STR_INIT("nationality "), read_nation },
	{ STR_INIT("citizen "), read_nation },
	{ STR_INIT("Gender "), read_sex },
	{ STR_INIT("a.k.a. "), read_name },
	{ STR_INIT("f.k.a. "), read_name },
	{ STR_INIT("n.k.a. "), read_name },
};

static const struct label {
	struct str text, type;
} labels[] = {
#define OFAC_LABEL(label, type) { STR_INIT(label), STR_INIT(type) },
#include "watchlist/ofac_label.def"
#undef OFAC_LABEL
};

static size_t before(struct str s, struct str part)
{
	ptrdiff_t at = str_find(s, part);

	return at < 0 ? s.len : (size_t)at;
}

/* " No. A1234567 (Iran) issued 1 Jan 2000": number and country. */
static void read_document(struct reading *r, struct str s, struct str type)
{
	static const struct str ends[] = {
		STR_INIT(" ("),
		STR_INIT(" issued"),
		STR_INIT(" expires"),
		STR_INIT(", "),
	};
	struct watch_document d = { .type = type };
	struct str number = s;
	ptrdiff_t open = str_find(s, STR(" (")), colon;

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		number = str_slice(number, 0, before(number, ends[i]));
	colon = str_find(number, STR(": "));
	if (colon >= 0) /* "No. CNIC: 123" */
		number = str_slice(number, (size_t)colon + 2, number.len);
	if (str_starts(number, STR(" No. ")))
		number = str_slice(number, 5, number.len);
	d.number = document_canonical(number);
	if (!d.number.len) {
		warn(r, "a document without a number of 5 to 24 letters and "
			"digits");
		return;
	}
	if (open >= 0) {
		struct str in = str_slice(s, (size_t)open + 2, s.len);

		d.issuer = country_of_name(str_split(&in, ')'));
		if (!d.issuer.ptr)
			warn(r, "a document's country is no name of "
				"base/country_name.def");
	}
	if (!entry_add_document(r->n, r->arena, &d))
		warn_full(r, "documents", LIST_VALUES);
}

/* The longest that `s` begins with, or NULL: others are of another kind. */
static const struct label *find_label(struct str s)
{
	const struct label *best = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(labels); i++) {
		struct str l = labels[i].text;

		if (str_starts(s, l) && s.len > l.len &&
		    (s.ptr[l.len] == ' ' || s.ptr[l.len] == ':') &&
		    (!best || l.len > best->text.len))
			best = &labels[i];
	}
	return best;
}

static void read_part(struct reading *r, struct str s)
{
	struct str alt = STR("alt. ");
	const struct label *label;

	if (str_starts(s, alt))
		s = str_slice(s, alt.len, s.len);
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (str_starts(s, parts[i].label)) {
			parts[i].read(r,
				      str_trim(str_slice(s, parts[i].label.len,
							 s.len)));
			return;
		}
	label = find_label(s);
	if (label)
		read_document(r, str_slice(s, label->text.len, s.len),
			      label->type);
}

void ofac_remarks_read(struct watch_entry *n, struct arena *a,
		       struct str remarks, struct list_warnings *w)
{
	struct reading r = { n, a, w, STR_NONE };
	bool ended = str_ends(remarks, STR("."));
	bool cut = remarks.len >= OFAC_REMARKS && !ended;

	if (ended)
		remarks = str_slice(remarks, 0, remarks.len - 1);
	while (remarks.ptr) {
		struct str s = str_trim(str_split(&remarks, ';'));

		if (cut && !remarks.ptr)
			warn(&r, "cut by its publisher at 1000 bytes; its last "
				 "part is left out");
		else if (!str_empty(s))
			read_part(&r, s);
	}
	n->birth_place = arena_str(a, r.places);
}
