/*
 * fuzz_redact.c - the redaction of any payload
 */
#include "tests/fuzz/redaction.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_redaction((struct str){ (const char *)data, size });
	return 0;
}
