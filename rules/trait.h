/*
 * trait.h - what a profile may read of a person only with a reason
 *
 * Fields of use REASON (record.def) tell sex, age or origin. A profile that
 * reads one runs in shadow until a test of disparity is on record
 * (C-817/19, 197): groups are made by what it reads.
 */
#ifndef RULES_TRAIT_H
#define RULES_TRAIT_H

#include "parsers/field.h"

enum trait {
	TRAIT_SEX = 1,
	TRAIT_AGE = 2,	  /* age, date of birth */
	TRAIT_ORIGIN = 4, /* nationality, residence, who issued a document */
};

/* The trait that a field tells, or 0. */
uint32_t trait_of(const struct field *f);

#endif
