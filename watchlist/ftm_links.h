/*
 * ftm_links.h - what stands on lines of its own about a person: documents and
 * sanctions
 *
 * Lifetime: everything is in the arena. Threads: none of its own.
 */
#ifndef WATCHLIST_FTM_LINKS_H
#define WATCHLIST_FTM_LINKS_H

#include "base/arena.h"
#include "base/json.h"

/* Absent where it is not of that kind. */
struct ftm_link {
	struct str person;  /* his id; absent when it stands inside of him */
	struct str program; /* of a sanction: its id, else its name */
	struct str number;  /* of a document */
	struct str country; /* that issued it, as written */
	struct str type;    /* P, I or empty */
};

struct ftm_links {
	struct ftm_link *link;
	uint32_t nr;
};

/* The i-th text of a property of an entity, or absent. */
struct str ftm_text(const struct json_node *entity, const char *property,
		    size_t i);

/*
 * Read an entity as a link; its texts are borrowed from the JSON. False: it is
 * of another kind, or a document that no traveller shows.
 */
bool ftm_link_read(struct ftm_link *out, const struct json_node *entity);

/* Append a copy of a link that names its person; others are passed over. */
void ftm_links_add(struct ftm_links *l, struct arena *a,
		   const struct ftm_link *link);

/* Sort, once all are there: then they can be found. */
void ftm_links_sort(struct ftm_links *l);

/* The first of a person's, or NULL; his others follow it, up to the end. */
const struct ftm_link *ftm_links_of(const struct ftm_links *l,
				    struct str person);

#endif
