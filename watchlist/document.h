/*
 * document.h - document numbers compared
 *
 * The canonical form is base/docnumber.h's. The loose form reads O as 0 and I
 * as 1, as eyes do; it finds candidates, equality is judged on the canonical
 * one. Pure functions.
 */
#ifndef WATCHLIST_DOCUMENT_H
#define WATCHLIST_DOCUMENT_H

#include "base/docnumber.h"
#include "watchlist/birth.h"

/*
 * The number without the check digit of a machine-readable zone that was read
 * along with it: nine characters whose tenth agrees (ICAO 9303-3, 4.9); else
 * len 0. One number in ten agrees by chance: an alternative, no correction.
 */
struct document_number document_unchecked(struct document_number n);

/* The same with O as 0 and I as 1. */
struct document_number document_loose(struct document_number n);

/* A hash of the loose form: equal numbers have equal hashes. */
uint32_t document_hash(struct document_number n);

/*
 * Compare two documents; `issuer` is a canonical country, absent or empty:
 * not stated. AGREE: number and issuer equal. PARTIAL: number equal and an
 * issuer not stated, or equal in the loose form and issuers equal. Anything
 * else: DISAGREE.
 */
enum watch_verdict document_compare(struct document_number a,
				    struct str a_issuer,
				    struct document_number b,
				    struct str b_issuer);

#endif
