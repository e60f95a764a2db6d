/*
 * cmd_subject.c - paxgate subject: rights of the persons whom data are about
 */
#include "tools/cmd.h"
#include "tools/subject_cli.h"

int cmd_subject(int argc, char **argv)
{
	static const struct cmd_verb verbs[] = {
		{ "find", subject_find_verb, "what is stored of a person" },
		{ "export", subject_export_verb,
		  "it as JSON, with the meaning of each field" },
		{ "correct", subject_correct_verb,
		  "put what is right beside the record" },
		{ "restrict", subject_restrict_verb,
		  "nobody uses it until it is settled" },
		{ "erase", subject_erase_verb,
		  "erase what is processed unlawfully" },
		{ "list", subject_list_verb, "what was done and refused" },
		{ 0 },
	};

	return cmd_run_verb("subject", verbs, argc, argv);
}
