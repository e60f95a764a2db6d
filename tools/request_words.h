/*
 * request_words.h - what people wrote of a request: files, and sealed words
 *
 * Grounds and the like are sentences about persons: the file they come in is
 * closed to others, and they are stored sealed under the key of the day on which
 * the request was made. When that day is masked nobody reads them any more; the
 * files of the authority and the court have them.
 */
#ifndef TOOLS_REQUEST_WORDS_H
#define TOOLS_REQUEST_WORDS_H

#include "tools/request_cli.h"

/*
 * Read a file that is closed to others; "-" is standard input. Returns 0;
 * ERR_USAGE when others may read it; ERR_IO, ERR_LIMIT.
 */
MUST_CHECK int request_read_private(struct str *text, const char *path,
				    struct arena *a, struct err *e);

/* Make one, mode 0600; it may not be there: ERR_USAGE. */
MUST_CHECK int request_write_private(const char *path, struct str bytes,
				     struct err *e);

/* Read a form. As request_form_read(), with the file's name. */
MUST_CHECK int request_read_form(struct request_form *out,
				 enum request_kind kind, const char *path,
				 struct arena *a, struct err *e);

/* Words under the key of `day`, for request `id`, in the arena. */
MUST_CHECK int request_seal_words(struct str *sealed, struct request_cli *c,
				  int32_t day, int64_t id, struct str words,
				  struct err *e);

/* Opened again, of the request itself or of a search. ERR_LEGAL when the day is masked. */
MUST_CHECK int request_open_words(struct str *words, struct request_cli *c,
				  const struct request *r, struct str sealed,
				  struct err *e);

/* A new request out of a form; borrows from it. Its words are sealed. */
MUST_CHECK int request_make(struct request_new *n, struct request_cli *c,
			    const struct request_form *f, struct err *e);

#endif
