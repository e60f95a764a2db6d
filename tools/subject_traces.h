/*
 * subject_traces.h - where a traveller stands, beyond his own rows
 */
#ifndef TOOLS_SUBJECT_TRACES_H
#define TOOLS_SUBJECT_TRACES_H

#include "tools/subject_cli.h"

/*
 * What erasing him needs: the slices of his flight that name him (all are
 * opened and parsed; he is known by surname and given names, or by a
 * document), an emptied booking, the id of his trip. In the arena of `c`.
 * Returns 0 or as subject_unseal().
 */
MUST_CHECK int subject_traces_of(struct subject_traces *out,
				 struct subject_cli *c,
				 const struct subject_view *v, struct err *e);

#endif
