/*
 * pax_bgm.c - what a PAXLST is for: BGM+266+CLNB
 *
 * Element 1 names the document, element 2 its function. What a document or a
 * function says that is not among them nobody knows: the list is read.
 */
#include "parsers/convert.h"
#include "parsers/paxlst.h"

/* A function, of one document, and what it says of the persons named. */
static const struct purpose {
	const char *document, *function, *status;
} purposes[] = {
	/* 745 passenger list; CP changes, C is seen and says nothing */
	{ "745", NULL, NULL },
	{ "745", "C", NULL },
	{ "745", "CP", NULL },
	{ "745", "XR", "cancelled" }, /* the reservation */
	{ "745", "RP", "cancelled" }, /* the party is reduced by them */
	{ "745", "CI", "checked_in" },
	{ "745", "DC", "on_board" }, /* departure is confirmed */
	/* 250 crew: passenger and cargo flights, overflights, continuances */
	{ "250", NULL, NULL },
	{ "250", "C", NULL },
	{ "250", "CC", NULL },
	{ "250", "B", NULL },
	{ "250", "BC", NULL },
	{ "250", "A", NULL },
	{ "250", "D", NULL },
	{ "250", "E", NULL },
	{ "250", "EC", NULL },
	{ "250", "F", NULL },
	{ "250", "FC", NULL },
	{ "250", "CI", "checked_in" },
	{ "250", "DC", "on_board" },
	/* 266 the flight's state */
	{ "266", NULL, NULL },
	{ "266", "CL", NULL },
	{ "266", "CLNB", "not_on_board" },
	{ "266", "CLOB", "on_board" },
	{ "266", "XF", "cancelled" },
	{ "266", "CF", NULL },
	/* 336 master list of crew: add, delete, change */
	{ "336", NULL, NULL },
	{ "336", "G", NULL },
	{ "336", "H", NULL },
	{ "336", "I", NULL },
	/* 655 who may go to the gate and does not travel */
	{ "655", NULL, NULL },
};

static const struct purpose *find_purpose(struct piece document,
					  struct piece function)
{
	for (size_t i = 0; i < ARRAY_SIZE(purposes); i++)
		if (piece_is(document, purposes[i].document) &&
		    (purposes[i].function
			     ? piece_is(function, purposes[i].function)
			     : !piece_is_set(function)))
			return &purposes[i];
	return NULL;
}

static const char *status_of(struct piece function)
{
	for (size_t i = 0; i < ARRAY_SIZE(purposes); i++)
		if (purposes[i].function &&
		    piece_is(function, purposes[i].function))
			return purposes[i].status;
	return NULL;
}

void pax_read_purpose(struct walk *w)
{
	struct piece code = piece_at(w, 1, 1), function = piece_at(w, 2, 1);
	struct message *m = w->msg;

	if (piece_is_set(code))
		convert_short(w, code, &m->function);
	if (function.text.len > 4 || !str_is_alnum(function.text))
		function = (struct piece){ 0 };
	if (!find_purpose(code, function))
		pax_note_unknown(w, code);
	if (!m->function.ptr || !piece_is_set(function))
		return;
	/* the function alone decides: dirty senders mix up the documents */
	paxlst_of(w)->status = status_of(function);
	m->function =
		arena_fmt(w->arena, STR_FMT ":" STR_FMT, STR_ARG(m->function),
			  STR_ARG(piece_keep(w, function)));
}
