#include "tools/settings_page.h"

#include "engine/config.h"
#include "tools/opt_help.h"

#include <stdio.h>

void settings_page_print(void)
{
	man_head(".yaml", 5, "settings of the engine");
	puts(".SH DESCRIPTION");
	man_text("One YAML file, given with -c FILE. A setting \"kafka.topic\" "
		 "is the key topic\nbelow the key kafka. What is not named has "
		 "its preset. Secrets are never\nwritten here: settings name "
		 "files that hold them.\n");
	puts(".SH SETTINGS");
	for (size_t i = 0; i < config_keys_nr; i++) {
		const struct config_key *k = &config_keys[i];

		printf(".TP\n\\fB%s\\fR\n", k->name);
		man_text(k->help);
		printf(".br\nPreset: ");
		man_text(*k->preset ? k->preset : "empty");
		if (k->type == CONFIG_INT)
			printf(".br\nRange: %lld to %lld\n", (long long)k->low,
			       (long long)k->high);
	}
	puts(".SH EXAMPLES\n.nf");
	man_text("kafka:\n"
		 "  brokers: kafka1:9092,kafka2:9092\n"
		 "database:\n"
		 "  uri: host=/run/postgresql dbname=piu\n"
		 "screen:\n"
		 "  watchlist: var/wanted.snap\n");
	puts(".fi");
	man_tail();
}
