/*
 * fuzz_list.c - any bytes as a named list's file: read, or refused with
 * faults that can be shown
 */
#include "rules/named_list.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct faults faults = { 0 };
	struct named_list *l = NULL;
	struct buf shown = { 0 };
	struct err e = { 0 };
	int rc = named_list_read(&l, "transit_hubs.yaml",
				 (struct str){ (const char *)data, size }, &a,
				 &faults, &e);

	if ((rc == 0) != (faults.nr == 0) || (rc == 0) != (l != NULL))
		abort();
	if (l && (!l->nr || l->nr > LIST_MAX_VALUES || !l->kind ||
		  !validity_is_set(&l->valid)))
		abort();
	for (uint32_t i = 0; i < faults.nr; i++)
		fault_write(&shown, "l", &faults, &faults.fault[i]);
	buf_release(&shown);
	arena_release(&a);
	return 0;
}
