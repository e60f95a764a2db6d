/*
 * fuzz_pnrgov.c - PNRGOV: see properties.h
 */
#include "tests/fuzz/properties.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_payload((struct str){ (const char *)data, size },
		      STR("UNB+IATA:1+X9+B+261113:0930+R'"
			  "UNH+1+PNRGOV:13:1:IA'MSG+:22'"
			  "TVL+141126:0930:141126:1340+CMN+BRU+X9+417'SRC'"
			  "TIF+DOETEST+JONMR:A:1'TIF+ROETEST+BO:IN:2'"
			  "TVL+141126:0930:141126:1340+CMN+BRU+X9+417:K'"));
	return 0;
}
