/*
 * contact.h - telephone numbers and e-mail addresses in texts
 *
 * Contacts stand in free text: "CTCP BOG 571 600 5820 A PBX", an ADD's
 * "H5125551212", a CTCE's "NAME//DOMAIN". Only the number or the address is
 * taken and claimed, not the words around it.
 */
#ifndef PARSERS_CONTACT_H
#define PARSERS_CONTACT_H

#include "parsers/walk.h"

/* A place for contacts: a booking's or a traveller's list. */
struct contacts {
	struct contact **list;
	uint32_t *nr;
	bool *known;
};

#define CONTACTS_OF(record)                                              \
	((struct contacts){ &(record)->contacts, &(record)->nr_contacts, \
			    &(record)->known_contacts })

/*
 * Look for a CTC keyword in a text and take what it announces: OSI texts,
 * ADD texts. False: there is no such keyword.
 */
bool contact_read_keyword(struct walk *w, struct value v, struct contacts to);

/*
 * Take the numbers in a text: of one, or of several when letters H, B, W or
 * M before them tell their kind ("H5555 W 1 555"). `kind` is for the others.
 */
void contact_read_phones(struct walk *w, struct value v, const char *kind,
			 struct contacts to);

/* Take the text as an e-mail address, escapes decoded. */
void contact_read_email(struct walk *w, struct value v, struct contacts to);

/* Add one unless it is there. */
void contact_add(struct walk *w, struct contacts to, const char *kind,
		 struct str value);

/* "mobile", ... of a CTC code's last letter; "unknown" for others. */
const char *contact_kind(char letter);

/* "INGA..X//EXAMPLE.INVALID" is INGA_X@EXAMPLE.INVALID (AIRIMP escapes). */
struct str contact_decode_email(struct arena *a, struct str s);

#endif
