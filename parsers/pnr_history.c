/*
 * pnr_history.c - changes of a booking, as its history tells them
 *
 * Kept is what was changed, how and when: a leg with its flight, of a name
 * that it was a name. Old names, documents and texts are of persons and
 * matters that no longer travel; no row claims them.
 */
#include "parsers/pnr.h"

#include "parsers/convert.h"

/* ABI+4+05XX28:GS+CMN++X9: who made the changes that follow. */
void pnr_open_history(struct walk *w)
{
	struct pnr *p = pnr_of(w);
	struct piece agent = piece_at(w, 2, 1);

	p->change = (struct history){ .item = STR_NONE };
	w->rec[REC_HISTORY] = NULL;
	if (!piece_is_set(agent))
		agent = piece_at(w, 2, 2);
	if (piece_is_set(agent))
		convert_code(w, agent, &p->change.office);
	p->change.city = pnr_airport(w, 3);
}

/* SAC+++X */
void pnr_history_action(struct walk *w)
{
	struct piece v = piece_at(w, 3, 1);
	struct pnr *p = pnr_of(w);

	w->rec[REC_HISTORY] = NULL;
	p->change.action = STR_NONE;
	if (v.text.len == 0 || v.text.len > 3)
		return;
	p->change.action = piece_keep(w, v);
	if (piece_is(v, "A"))
		p->change.action = STR("added");
	else if (piece_is(v, "X"))
		p->change.action = STR("cancelled");
}

struct history *pnr_history_add(struct walk *w, const char *item)
{
	struct booking *b = booking_of(w);
	const struct history *open = w->rec[REC_HISTORY];
	size_t at = open ? (size_t)(open - b->history) : 0;
	struct history *h = LIST_PUSH(w, b, history);

	if (open) /* the array may have moved */
		w->rec[REC_HISTORY] = &b->history[at];
	*h = pnr_of(w)->change;
	h->item = str_of(item);
	return h;
}

void pnr_history_leg(struct walk *w)
{
	struct pnr_times t = pnr_times(w);
	struct history *h = w->rec[REC_HISTORY] = pnr_history_add(w, "leg");

	h->carrier = pnr_carrier(w, 4, 1);
	h->number = pnr_number(w, 5);
	h->origin = pnr_airport(w, 2);
	h->destination = pnr_airport(w, 3);
	h->departs = t.departs;
}

/* Several of a kind that were changed together are one change. */
static bool is_told(const struct walk *w, const char *item, struct str code)
{
	const struct booking *b = w->rec[REC_BOOKING];
	const struct history *last, *change;

	if (!b->nr_history)
		return false;
	last = &b->history[b->nr_history - 1];
	change = &((struct pnr *)w->state)->change;
	return str_eq(last->item, str_of(item)) && str_eq(last->code, code) &&
	       str_eq(last->action, change->action) &&
	       last->at.s == change->at.s;
}

void pnr_history_name(struct walk *w)
{
	if (!is_told(w, "name", STR_NONE))
		pnr_history_add(w, "name");
}

void pnr_history_bags(struct walk *w)
{
	if (!is_told(w, "bags", STR_NONE))
		pnr_history_add(w, "bags");
}

/* A service, if the law allows its code at all. */
void pnr_history_service(struct walk *w)
{
	const struct ssr_code *code = ssr_find(piece_at(w, 1, 1).text);

	if (!code)
		return;
	piece_claim(w, piece_at(w, 1, 1));
	if (!is_told(w, "service", str_of(code->code)))
		pnr_history_add(w, "service")->code = str_of(code->code);
}
