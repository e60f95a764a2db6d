/*
 * fuzz_profile.c - any bytes as a profile's file: loaded, or refused with
 * faults that can be shown; formatted, it says the same, and formatted twice
 * it is as formatted once
 */
#include "rules/format.h"
#include "tests/unit/rules_same.h"

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

/* What it says, or nothing when it is refused. */
static void read_profile(struct buf *says, struct str text)
{
	struct arena a = { 0 };
	struct regex *regexes = NULL;
	struct profile_source source = {
		"circuitous-return.yaml", text, catalogue(), NULL, &a, &regexes
	};
	struct faults faults = { 0 };
	struct profile *p = NULL;
	struct buf shown = { 0 };
	struct err e = { 0 };
	int rc = profile_read(&p, &source, &faults, &e);

	if ((rc == 0) != (faults.nr == 0) || (rc == 0) != (p != NULL))
		abort();
	for (uint32_t i = 0; i < faults.nr; i++)
		fault_write(&shown, "p", &faults, &faults.fault[i]);
	if (p)
		same_write(says, p);
	buf_release(&shown);
	regex_free_list(regexes);
	arena_release(&a);
}

static bool format(struct buf *out, struct str text)
{
	struct arena a = { 0 };
	struct faults faults = { .arena = &a };
	int rc = profile_format(out, text, &faults);

	arena_release(&a);
	return rc == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };
	struct buf says = { 0 }, again = { 0 }, once = { 0 }, twice = { 0 };

	read_profile(&says, text);
	if (format(&once, text)) {
		read_profile(&again, buf_view(&once));
		if (says.len && !str_eq(buf_view(&says), buf_view(&again)))
			abort();
		if (!format(&twice, buf_view(&once)) ||
		    !str_eq(buf_view(&once), buf_view(&twice)))
			abort();
	} else if (says.len) {
		abort();
	}
	buf_release(&says);
	buf_release(&again);
	buf_release(&once);
	buf_release(&twice);
	return 0;
}
