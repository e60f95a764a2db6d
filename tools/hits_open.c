#include "tools/hits_open.h"

#include "law/keyfile.h"
#include "law/keyfolder.h"

int hits_open(struct buf *plain, const struct hits_keys *keys,
	      const struct evidence_row *evidence, struct err *e)
{
	struct row_ref row = { STR("evidence"),
			       date_from_days(evidence->clock_day),
			       evidence->hit_id };
	struct key_folder *folder = NULL;
	struct key_pair *pair = NULL;
	const uint8_t *day_key = NULL;
	int rc = crypt_init(e);

	if (rc == 0)
		rc = key_pair_load(&pair, keys->engine_key, e);
	if (rc == 0)
		rc = key_folder_open(&folder, keys->folder, pair, e);
	if (rc == 0)
		rc = key_folder_day(folder, row.clock_day, DAY_KEY_OPEN,
				    &day_key, e);
	if (rc == 0)
		rc = crypt_open_row(plain, day_key, &row, evidence->sealed, e);
	key_folder_free(folder);
	key_pair_free(pair);
	return rc;
}
