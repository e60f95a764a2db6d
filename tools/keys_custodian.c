#include "tools/keys_custodian.h"

#include "law/custodian.h"
#include "tools/passphrase.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { CUSTODIAN_DAYS = 6 * 366 }; /* longer than what is masked is kept */

int keys_custodian_create(const struct keys_custodian *k,
			  const struct config *c, struct arena *a,
			  struct err *e)
{
	const char *slash = strrchr(c->custodians, '/');
	int len = slash ? (int)(slash - c->custodians) + 1 : 0;
	int64_t today = time(NULL) / SECONDS_PER_DAY;
	struct custodian row = { .name = str_of(k->name),
				 .with = str_of(k->with) };
	struct buf passphrase = { 0 };
	const char *path = k->key_file;

	row.from = date_from_days(today);
	row.until = date_from_days(today + CUSTODIAN_DAYS);
	if (k->until && (!date_read(str_of(k->until), &row.until) ||
			 !date_is_full(row.until)))
		return err_at(e, ERR_USAGE, 0,
			      "'%s' is no date; write 2032-11-28", k->until);
	if (!path)
		path = arena_fmt(a, "%.*s%s.key", len, c->custodians, k->name)
			       .ptr;
	if (!passphrase_read(&passphrase, k->passphrase_file, e) &&
	    !custodian_create(&row, c->custodians, path, buf_view(&passphrase),
			      e))
		printf("made %s (secret, for %s alone: off this machine); "
		       "entered in %s\n",
		       path, k->name, c->custodians);
	passphrase_forget(&passphrase);
	return e->code;
}
