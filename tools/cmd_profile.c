#include "tools/cmd.h"
#include "tools/profile_cli.h"

int cmd_profile(int argc, char **argv)
{
	static const struct cmd_verb verbs[] = {
		{ "approve", profile_cmd_approve,
		  "sign profiles, as a second person" },
		{ "check", profile_cmd_check,
		  "say what is wrong in profiles, and where" },
		{ "fields", profile_cmd_fields,
		  "list the names that expressions may use" },
		{ "show", profile_cmd_show, "explain profiles in plain words" },
		{ "test", profile_cmd_test,
		  "run the tests that profiles carry" },
		{ NULL, NULL, NULL },
	};

	return cmd_run_verb("profile", verbs, argc, argv);
}
