/*
 * fuzz_profile.c - any bytes as a profile's file: loaded, or refused with
 * faults that can be shown
 */
#include "rules/profile.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct offences *catalogue(void)
{
	static struct offences *o;
	struct err e = { 0 };

	if (!o && offences_read(&o,
				STR("offences: [{code: \"04\", annex_ii: 4, "
				    "title: t, national_provision: p, "
				    "max_penalty_years: 5, valid_from: "
				    "2020-01-01}]"),
				"o", NULL, &e))
		abort();
	return o;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct regex *regexes = NULL;
	struct profile_source source = { "circuitous-return.yaml",
					 { (const char *)data, size },
					 catalogue(),
					 NULL,
					 &a,
					 &regexes };
	struct faults faults = { 0 };
	struct profile *p = NULL;
	struct buf shown = { 0 };
	struct err e = { 0 };
	int rc = profile_read(&p, &source, &faults, &e);

	if ((rc == 0) != (faults.nr == 0) || (rc == 0) != (p != NULL))
		abort();
	for (uint32_t i = 0; i < faults.nr; i++)
		fault_write(&shown, "p", &faults, &faults.fault[i]);
	buf_release(&shown);
	regex_free_list(regexes);
	arena_release(&a);
	return 0;
}
