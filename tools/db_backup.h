/*
 * db_backup.h - paxgate db backup and restore
 */
#ifndef TOOLS_DB_BACKUP_H
#define TOOLS_DB_BACKUP_H

#include "base/arena.h"
#include "base/err.h"
#include "law/crypt.h"

/* As commands. */
int db_backup(int argc, char **argv);
int db_restore(int argc, char **argv);

/*
 * The hash of a file of any length, by pieces of 1 MiB: each is hashed
 * together with the hash of those before. Returns 0 or ERR_IO.
 */
MUST_CHECK int db_backup_hash(uint8_t out[CRYPT_HASH_LEN], const char *path,
			      struct err *e);

/* FILE.manifest, in the arena. */
const char *db_backup_manifest(const char *path, struct arena *a);

#endif
