#include "tools/cmd.h"
#include "tools/profile_cli.h"

int cmd_profile(int argc, char **argv)
{
	static const struct cmd_verb verbs[] = {
		{ "check", profile_cmd_check,
		  "say what is wrong in profiles, and where" },
		{ "explain", profile_cmd_explain,
		  "say why a profile hits a traveller, or why not" },
		{ "fields", profile_cmd_fields,
		  "list the names that expressions may use" },
		{ "fmt", profile_cmd_fmt, "print profiles in their one form" },
		{ "perf", profile_cmd_perf, "say what profiles cost" },
		{ "show", profile_cmd_show, "explain profiles in plain words" },
		{ "test", profile_cmd_test,
		  "run the tests that profiles carry" },
		{ NULL, NULL, NULL },
	};

	return cmd_run_verb("profile", verbs, argc, argv);
}
