/*
 * in_scope.h - may we look at the flight a message is about
 *
 * Puts together what three folders know: the message's legs, the countries of
 * their airports, and the law.
 */
#ifndef ENGINE_IN_SCOPE_H
#define ENGINE_IN_SCOPE_H

#include "law/scope.h"
#include "parsers/record.h"

struct reference;

/*
 * The scope of the flight, legs and all, on its day of departure, and the
 * decision that selects it, borrowed from `scope`.
 */
struct scope_verdict message_scope(const struct message *m,
				   const struct reference *r,
				   const struct scope *scope);

#endif
