#include "tools/cmd.h"
#include "tools/profile_cli.h"

int cmd_profile(int argc, char **argv)
{
	static const struct cmd_verb verbs[] = {
		{ "activate", profile_cmd_activate,
		  "make a committed revision live" },
		{ "approve", profile_cmd_approve,
		  "sign profiles, as a second person" },
		{ "check", profile_cmd_check,
		  "say what is wrong in profiles, and where" },
		{ "commit", profile_cmd_commit,
		  "put revisions into the registry" },
		{ "diff", profile_cmd_diff, "compare two revisions" },
		{ "disparity", profile_cmd_disparity,
		  "hit rates by sex, age, origin; put them on record" },
		{ "explain", profile_cmd_explain,
		  "say why a profile hits a traveller, or why not" },
		{ "fields", profile_cmd_fields,
		  "list the names that expressions may use" },
		{ "fmt", profile_cmd_fmt, "print profiles in their one form" },
		{ "log", profile_cmd_log,
		  "what profiles are, and what happened to them" },
		{ "notice", profile_cmd_notice,
		  "what persons are told of how criteria work" },
		{ "perf", profile_cmd_perf, "say what profiles cost" },
		{ "rollback", profile_cmd_rollback,
		  "make the revision live that was before" },
		{ "shadow", profile_cmd_shadow,
		  "what a profile in shadow would have hit" },
		{ "show", profile_cmd_show, "explain profiles in plain words" },
		{ "suspend", profile_cmd_suspend, "stop a profile" },
		{ "test", profile_cmd_test,
		  "run the tests that profiles carry" },
		{ NULL, NULL, NULL },
	};

	return cmd_run_verb("profile", verbs, argc, argv);
}
