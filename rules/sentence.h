/*
 * sentence.h - a condition as a plain English sentence
 *
 *	any(booking.payments, form == CA)
 *	for at least one of the booking's payments, the payment's form is CA
 *
 * Made from the checked tree by rule, word for word the same each time: what
 * reviewers read is what runs, not what an author says of it.
 */
#ifndef RULES_SENTENCE_H
#define RULES_SENTENCE_H

#include "base/buf.h"
#include "rules/expr.h"

/* Append the sentence, without a capital and a full stop. */
void sentence_write(struct buf *out, const struct expr *n);

#endif
