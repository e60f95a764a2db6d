/*
 * lts_read.c - agency, payment, ticket and changes in lines of text
 */
#include "parsers/lts.h"

#include "parsers/when.h"

/* The word at `at`, up to a blank or a slash. */
static struct piece word_at(struct walk *w, const struct lts_line *line,
			    size_t at)
{
	struct str s = line->text.text;
	size_t end = at;

	while (end < s.len && s.ptr[end] != ' ' && s.ptr[end] != '/')
		end++;
	return piece_slice(w, line->text, at, end);
}

/* Where "CR-" stands; false: who made the transaction is not said. */
static bool find_office(const struct lts_line *line, size_t *at)
{
	ptrdiff_t cr = str_find(line->text.text, STR("CR-"));

	if (cr < 0)
		return false;
	*at = (size_t)cr;
	return true;
}

static bool is_office(struct piece v)
{
	enum { OFFICE = 9 }; /* city, company, queue: SINSQ08AA */

	return v.text.len == OFFICE && str_is_alnum(v.text);
}

static bool is_route(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < 'A' || s.ptr[i] > 'Z')
			return false;
	return true;
}

void lts_read_agency(struct walk *w, const struct lts_line *line)
{
	enum { NUMBER = 8 };
	struct agency *a = w->rec[REC_AGENCY];
	struct piece office, number;
	size_t at;

	if (!find_office(line, &at))
		return;
	office = word_at(w, line, at + 3);
	if (!is_office(office))
		return;
	lts_claim_stamp(w, line, at);
	a->office = piece_keep(w, office);
	number = word_at(w, line, at + 3 + office.text.len + 1);
	if (number.text.len == NUMBER && str_is_digits(number.text) &&
	    !str_eq(number.text, STR("00000000")))
		a->number = piece_keep(w, number);
}

/* CCVI4111111111111111/1228, CASH */
void lts_read_payment(struct walk *w, const struct lts_line *line)
{
	enum { ACCOUNT = 4, EXPIRY = 4 }; /* behind the form and the vendor */
	struct piece v = lts_value(w, line), account, expires = { 0 };
	struct payment p = { .form = STR_NONE };
	ptrdiff_t slash = str_find_byte(v.text, '/');

	if (str_starts(v.text, STR("CASH"))) {
		piece_claim(w, piece_slice(w, v, 0, 4));
		p.form = STR("CA");
	} else if (str_starts(v.text, STR("CC")) && v.text.len > ACCOUNT) {
		size_t end = slash < 0 ? v.text.len : (size_t)slash;

		account = pnr_without_card(w, piece_slice(w, v, ACCOUNT, end));
		if (!str_is_alnum(account.text) ||
		    !str_is_alnum(str_slice(v.text, 2, ACCOUNT)))
			return;
		p.form = piece_keep(w, piece_slice(w, v, 0, 2));
		p.vendor = piece_keep(w, piece_slice(w, v, 2, ACCOUNT));
		p.account = piece_keep(w, account);
		expires = piece_slice(w, v, end + 1, end + 1 + EXPIRY);
		piece_claim(w, piece_slice(w, v, end, end + 1));
	} else {
		return;
	}
	lts_claim_head(w, line);
	if (expires.text.len == EXPIRY && str_is_digits(expires.text))
		p.expires = piece_keep(w, expires);
	*LIST_PUSH(w, booking_of(w), payments) = p;
}

/* PAX 999-2400000017/...: carrier's code and number. */
void lts_read_ticket(struct walk *w, const struct lts_line *line)
{
	enum { CARRIER = 3, NUMBER = 10, WHOLE = CARRIER + 1 + NUMBER };
	struct piece v = lts_value(w, line);
	struct ticket t = { .number = STR_NONE };
	struct str s = v.text;

	for (size_t i = 0; i + WHOLE <= s.len; i++) {
		struct str number = str_slice(s, i + CARRIER + 1, i + WHOLE);

		if (s.ptr[i + CARRIER] != '-' || !str_is_digits(number) ||
		    !str_is_digits(str_slice(s, i, i + CARRIER)))
			continue;
		lts_claim_head(w, line);
		piece_claim(w, piece_slice(w, v, i, i + WHOLE));
		t.number = arena_fmt(w->arena, STR_FMT STR_FMT,
				     STR_ARG(str_slice(s, i, i + CARRIER)),
				     STR_ARG(number));
		pnr_add_ticket(
			w, booking_of(w)->nr_travellers == 1 ? 0 : NOBODY, &t);
		return;
	}
}

/* DDMMM without a year: of this day's year, or of one beside it. */
static bool read_day(struct walk *w, struct str s, int back, int ahead,
		     struct date *out)
{
	enum { LENGTH = 5 };
	int64_t today = date_to_days(w->today);

	if (s.len != LENGTH)
		return false;
	for (int year = w->today.year - 1; year <= w->today.year + 1; year++) {
		struct str text =
			arena_fmt(w->arena, STR_FMT "%04d", STR_ARG(s), year);
		int64_t days;

		if (!when_text_date(text, WHEN_NEAR, w->today, out) ||
		    !date_is_full(*out))
			continue;
		days = date_to_days(*out) - today;
		if (days >= -back && days <= ahead)
			return true;
	}
	return false;
}

/* "SQ 609 E 27MAY 1 ICNSIN LK1 1640 2200/": words, told apart by shape. */
static void read_leg(struct walk *w, const struct lts_line *line,
		     struct history *h)
{
	enum { BACK = 180, AHEAD = 180 };
	struct piece v = lts_value(w, line), rest = v, word;
	struct date day;

	rest = piece_split(w, &v, '/');
	while (piece_is_set(word = piece_split(w, &rest, ' ')) ||
	       rest.text.ptr) {
		struct str s = word.text;

		if (!h->carrier.ptr && s.len == 2 && str_is_alnum(s)) {
			h->carrier = piece_keep(w, word);
		} else if (h->carrier.ptr && !h->number.ptr &&
			   str_is_digits(s) && s.len <= 4) {
			h->number = piece_keep(w, word);
		} else if (!moment_is_set(h->departs) &&
			   read_day(w, s, BACK, AHEAD, &day)) {
			piece_claim(w, word);
			h->departs = when_moment(day, STR_NONE);
		} else if (!h->origin.ptr && s.len == 6 && is_route(s)) {
			s = piece_keep(w, word);
			h->origin = str_slice(s, 0, 3);
			h->destination = str_slice(s, 3, 6);
		}
	}
}

void lts_read_change(struct walk *w, const struct lts_line *line)
{
	struct pnr *p = pnr_of(w);
	bool leg = str_eq(line->code, STR("SS"));

	if (!leg && !str_eq(line->code, STR("NM")))
		return;
	if (line->action != 'A' && !lts_takes_back(line))
		return;
	lts_claim_head(w, line);
	if (p->lts_version != line->version) {
		p->lts_version = line->version;
		p->lts_stamped = booking_of(w)->nr_history;
	}
	p->change = (struct history){ .action = line->action == 'A'
							? STR("added")
							: STR("cancelled") };
	if (leg)
		read_leg(w, line, pnr_history_add(w, "leg"));
	else
		pnr_history_name(w);
}

/* "25MAY0309Z" at the end of a Z line; absent: none. */
static struct piece find_stamp(struct walk *w, const struct lts_line *line)
{
	enum { STAMP = 10 };
	struct str s = line->text.text;

	for (size_t i = s.len; i >= STAMP; i--)
		if (s.ptr[i - 1] == 'Z' &&
		    str_is_digits(str_slice(s, i - STAMP, i - STAMP + 2)) &&
		    str_is_digits(str_slice(s, i - 5, i - 1)))
			return piece_slice(w, line->text, i - STAMP, i);
	return (struct piece){ 0 };
}

void lts_stamp_history(struct walk *w, const struct lts_line *line)
{
	enum { BACK = 366, DAY = 5 };
	struct pnr *p = pnr_of(w);
	struct booking *b = booking_of(w);
	struct piece stamp = find_stamp(w, line), office = { 0 };
	struct moment at = NO_MOMENT;
	struct date day;
	size_t cr;

	if (p->lts_version != line->version || p->lts_stamped >= b->nr_history)
		return;
	/* also one that says nothing stands between changes and a later one */
	lts_claim_action(w, line);
	if (find_office(line, &cr)) {
		office = word_at(w, line, cr + 3);
		lts_claim_stamp(w, line, cr);
	}
	if (piece_is_set(stamp) &&
	    read_day(w, str_slice(stamp.text, 0, DAY), BACK, 0, &day)) {
		piece_claim(w, stamp);
		at = when_moment(day, str_slice(stamp.text, DAY, DAY + 4));
	}
	for (; p->lts_stamped < b->nr_history; p->lts_stamped++) {
		struct history *h = &b->history[p->lts_stamped];

		h->at = at;
		if (is_office(office))
			h->office = piece_keep(w, office);
	}
}
