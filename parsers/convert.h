/*
 * convert.h - components as members of a record
 *
 * Each function has the signature of a row's conversion: it reads a value
 * that is not empty, claims its bytes and stores it in *member, whose type
 * its name tells. False: the value is not of that kind; nothing is stored
 * or claimed.
 */
#ifndef PARSERS_CONVERT_H
#define PARSERS_CONVERT_H

#include "parsers/walk.h"

/* struct str: any text, as UTF-8. */
bool convert_text(struct walk *w, struct piece v, void *member);
/* struct str: a code without its meaning, at most 70 bytes. */
bool convert_code(struct walk *w, struct piece v, void *member);
/* struct str: a code of at most 4 letters and digits. */
bool convert_short(struct walk *w, struct piece v, void *member);
/* struct str: free text, which the law scans. */
bool convert_remark(struct walk *w, struct piece v, void *member);
/* struct str: IATA code of an airport or a city, three letters. */
bool convert_airport(struct walk *w, struct piece v, void *member);
/* struct str: a country, canonical where known, else up to 3 letters. */
bool convert_country(struct walk *w, struct piece v, void *member);
/* struct str: IATA or ICAO designator of a carrier, 2 or 3 characters. */
bool convert_carrier(struct walk *w, struct piece v, void *member);
/* struct str: a flight number without leading zeros. */
bool convert_flight_number(struct walk *w, struct piece v, void *member);
/* struct number: a count. */
bool convert_int(struct walk *w, struct piece v, void *member);
/* struct str: M, F, X; U and blanks are "not stated" and claim nothing. */
bool convert_sex(struct walk *w, struct piece v, void *member);
/* struct date: YYMMDD or CCYYMMDD of a birth, an expiry, an issue. */
bool convert_birth(struct walk *w, struct piece v, void *member);
bool convert_expiry(struct walk *w, struct piece v, void *member);
bool convert_issue(struct walk *w, struct piece v, void *member);
/*
 * struct moment: YYMMDDHHMM and its longer forms, local time. A zone behind
 * CCYYMMDDHHMM (formats 205, 303) is left alone.
 */
bool convert_local(struct walk *w, struct piece v, void *member);

/*
 * Nothing: a code list, a format, an indicator that means nothing to us stays
 * in the archive copy when it is what everybody writes: up to 3 digits, or
 * ZZZ. Never fails.
 */
bool convert_constant(struct walk *w, struct piece v, void *member);

/* A decimal number with point or comma, in thousandths. */
MUST_CHECK bool decimal_read(struct str s, int64_t *milli);

/* "0417" gives "417", "000" gives "0". */
struct str without_zeros(struct str s);

/* A seat without leading zeros in *out; false: "XXX", "NSSA", not a seat. */
MUST_CHECK bool seat_read(struct str s, struct str *out);

#endif
