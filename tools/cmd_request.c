/*
 * cmd_request.c - paxgate request: authorities ask, courts decide, the PIU answers
 */
#include "tools/cmd.h"
#include "tools/request_cli.h"

int cmd_request(int argc, char **argv)
{
	static const struct cmd_verb verbs[] = {
		{ "open", request_open_verb, "enter an authority's request" },
		{ "approve", request_approve_verb, "as a court, approve it" },
		{ "refuse", request_refuse_verb, "as a court, refuse it" },
		{ "search", request_search_verb,
		  "find whom an approved one is about" },
		{ "disclose", request_disclose_verb,
		  "write what was found for the authority" },
		{ "close", request_close_verb, "nothing more is answered" },
		{ "lapse", request_lapse_verb,
		  "end urgent ones whose review did not come" },
		{ "list", request_list_verb,
		  "registers of requests and transfers" },
		{ "show", request_show_verb, "one request and its steps" },
		{ 0 },
	};

	return cmd_run_verb("request", verbs, argc, argv);
}
