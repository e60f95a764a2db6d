/*
 * registers.h - reads the law's registers for the watchlist commands
 *
 * etc/offences.yaml: `offences:`, a list of items with a `code`.
 * etc/authorities.yaml: `authorities:`, a list of items with `id`, `from` and
 * an optional `until`. Other keys of an item are left to their readers.
 */
#ifndef TOOLS_REGISTERS_H
#define TOOLS_REGISTERS_H

#include "watchlist/sheet.h"

/*
 * Fill in authorities and offences; `today` is left alone. Everything is in
 * the arena. Returns 0 or the error, which names the file.
 */
MUST_CHECK int registers_read(struct watch_registers *out, struct arena *a,
			      const char *offences, const char *authorities,
			      struct err *e);

#endif
