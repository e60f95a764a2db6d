#include "engine/test_fault.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool test_fault_is_set(void)
{
	return getenv("PAXGATE_FAULT") != NULL;
}

void test_fault_at(const char *site, void *arg)
{
	static _Atomic unsigned passed;
	const char *wanted = getenv("PAXGATE_FAULT");
	char name[16], what[8];
	unsigned n;

	(void)arg;
	if (!wanted || sscanf(wanted, "%15[^:]:%u:%7s", name, &n, what) != 3 ||
	    strcmp(name, site) || atomic_fetch_add(&passed, 1) + 1 != n)
		return;
	if (!strcmp(what, "kill"))
		raise(SIGKILL);
	else if (!strcmp(what, "stop"))
		raise(SIGSTOP);
}
