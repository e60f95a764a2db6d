#include "engine/archive.h"

#include <string.h>

void archive_message(struct archived_message *out, struct str archive,
		     const struct parsed *p, struct arena *a)
{
	size_t hashes = (size_t)(p->nr_slice + 1) * CRYPT_HASH_LEN;
	char *all = arena_alloc(a, hashes);

	out->header.bytes = message_head(archive, p, a);
	crypt_hash(out->header.hash, "slice", &out->header.bytes, 1);
	memcpy(all, out->header.hash, CRYPT_HASH_LEN);
	out->nr_slice = p->nr_slice;
	out->slice = arena_alloc(a, p->nr_slice * sizeof(*out->slice) + 1);
	for (uint32_t i = 0; i < p->nr_slice; i++) {
		struct archived *s = &out->slice[i];

		s->bytes = str_slice(archive, p->slice[i].pos,
				     p->slice[i].pos + p->slice[i].len);
		crypt_hash(s->hash, "slice", &s->bytes, 1);
		memcpy(all + (size_t)(i + 1) * CRYPT_HASH_LEN, s->hash,
		       CRYPT_HASH_LEN);
	}
	crypt_hash(out->hash, "message", &(struct str){ all, hashes }, 1);
}

int archive_parse(struct parsed *out, struct str header, struct str slice,
		  struct arena *a, struct err *e)
{
	struct parse_limits limits = { SIZE_MAX };
	struct payload p;
	char *bytes = arena_alloc(a, header.len + slice.len + 1);

	memcpy(bytes, header.ptr, header.len);
	memcpy(bytes + header.len, slice.ptr, slice.len);
	if (payload_parse(&p, (struct str){ bytes, header.len + slice.len },
			  &limits, a, e) ||
	    p.nr_parsed != 1 || p.parsed[0].error.code)
		return err_at(e, ERR_INTEGRITY, 0,
			      "a stored slice does not parse as one message");
	*out = p.parsed[0];
	return 0;
}
