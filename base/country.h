/*
 * country.h - country codes as documents and airlines write them
 *
 * Canonical form: ISO 3166-1 alpha-3, or one of the codes ICAO Doc 9303-3
 * section 5 adds (UTO specimen, XXA stateless, RKS, UNO, ...). Airlines send
 * alpha-2 as well, and MRZ's one letter D for Germany.
 * Static and read-only.
 */
#ifndef BASE_COUNTRY_H
#define BASE_COUNTRY_H

#include "base/str.h"

/*
 * The canonical code for `code` in any of these forms, case aside; the UK's
 * MRZ classes (GBD, GBN, ...) give GBR. Absent when it is none of them. The
 * view is static.
 */
struct str country_canonical(struct str code);

/* English short name of a canonical code, or absent. Static. */
struct str country_name(struct str canonical);

/*
 * The canonical code of a country's name: the short one, or a row of
 * country_name.def (Korea, North; Burma; Soviet Union); case aside. Absent when
 * it is neither. Linear: for lists, not for messages. Static.
 */
struct str country_of_name(struct str name);

/* Member State of the European Union? (27, as of 2026.) */
bool country_is_eu(struct str canonical);

#endif
