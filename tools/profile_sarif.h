/*
 * profile_sarif.h - faults of profiles as SARIF 2.1.0 (OASIS), the form in
 * which code hosts show them beside the lines
 *
 *	sarif_begin(&s, &buf);
 *	sarif_add(&s, &file);	for each file
 *	sarif_end(&s);
 *
 * Threads: one.
 */
#ifndef TOOLS_PROFILE_SARIF_H
#define TOOLS_PROFILE_SARIF_H

#include "base/json_write.h"
#include "tools/profile_cli.h"

struct sarif {
	struct json json;
};

/* "legal", "syntax", ...: the word for a fault's code. */
const char *fault_code_name(enum err_code c);

/* Open the document at the end of `out` (borrowed). */
void sarif_begin(struct sarif *s, struct buf *out);
/* A file's faults. */
void sarif_add(struct sarif *s, const struct profile_file *f);
/* Something that is no fault, at the top of a file. */
void sarif_warn(struct sarif *s, const char *path, struct str text);
/* Close it. */
void sarif_end(struct sarif *s);

#endif
