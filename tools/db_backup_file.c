/*
 * db_backup_file.c - a backup's file, and what is said of it
 */
#include "tools/db_backup.h"

#include <stdio.h>
#include <string.h>

enum { PIECE = 1 << 20 };

int db_backup_hash(uint8_t out[CRYPT_HASH_LEN], const char *path, struct err *e)
{
	struct arena a = { 0 };
	char *piece = arena_alloc(&a, PIECE);
	FILE *f = fopen(path, "rbe");
	size_t len = 1;

	memset(out, 0, CRYPT_HASH_LEN);
	while (f && len) {
		struct str part[] = { { (const char *)out, CRYPT_HASH_LEN },
				      { piece, 0 } };

		part[1].len = len = fread(piece, 1, PIECE, f);
		crypt_hash(out, "backup", part, 2);
	}
	if (!f || ferror(f))
		(void)err_at(e, ERR_IO, 0, "cannot read '%s': %m", path);
	if (f)
		fclose(f);
	arena_release(&a);
	return e->code;
}

const char *db_backup_manifest(const char *path, struct arena *a)
{
	return arena_fmt(a, "%s.manifest", path).ptr;
}
