/*
 * fuzz_paxlst.c - PAXLST: see properties.h
 */
#include "tests/fuzz/properties.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_payload((struct str){ (const char *)data, size },
		      STR("UNB+UNOA:4+A+B+261114:0916+R'"
			  "UNH+1+PAXLST:D:12B:UN'BGM+745'TDT+20+X9417'"
			  "LOC+125+CMN'DTM+189:2611140930:201'"
			  "NAD+FL+++DOETEST:JON'"));
	return 0;
}
