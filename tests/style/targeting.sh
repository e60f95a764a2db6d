#!/bin/sh
# targeting.sh - what doc/law.md says of targeting and a script can see
#
# TGT-02: two methods; TGT-06: the engine itself never makes a profile live;
# TGT-15: nothing that says whether somebody may enter or board.
grep -qF 'enum hit_source { HIT_OF_PROFILE, HIT_OF_LIST };' engine/screen.h ||
	echo "engine/screen.h: a hit comes of a profile or of a list (TGT-02)"
grep -n 'STR("live")' engine/upkeep.c engine/overseer.c |
	sed 's/$/ the engine activates nothing (TGT-06)/'
grep -nEi '\<(deny|refuse|no|do_not)_(entry|board|boarding)\>|\<(admit|entry)_(ok|refused)\>' \
	db/sql/*.sql db/row.def parsers/record.def parsers/reply.def |
	sed 's/$/ entry and boarding are for others (TGT-15)/'
exit 0
