/*
 * cmd_unmask.c - paxgate unmask: masked records, seen again for a case
 */
#include "tools/cmd.h"
#include "tools/request_cli.h"

int cmd_unmask(int argc, char **argv)
{
	static const struct cmd_verb verbs[] = {
		{ "list", unmask_list_verb, "the masked view of records" },
		{ "request", unmask_request_verb, "ask that some are seen" },
		{ "approve", unmask_approve_verb,
		  "as a court, approve and sign it" },
		{ "refuse", unmask_refuse_verb, "as a court, refuse it" },
		{ "release", unmask_release_verb,
		  "as a custodian, release their keys, offline" },
		{ "show", unmask_show_verb, "look at them, for a while" },
		{ "task", unmask_task_verb,
		  "what the data protection officer looks at" },
		{ 0 },
	};

	return cmd_run_verb("unmask", verbs, argc, argv);
}
