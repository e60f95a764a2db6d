/*
 * hits_view.h - the two kinds of evidence, each as a page
 */
#ifndef TOOLS_HITS_VIEW_H
#define TOOLS_HITS_VIEW_H

#include "tools/hits_sheet.h"

/* Put a profile hit on the sheet: verdict, who, flight, clauses. */
void hits_view_profile(struct hits_sheet *s, const struct json_node *evidence);

/* Put a list hit on the sheet: the entry, both sides, the words that met. */
void hits_view_match(struct hits_sheet *s, const struct json_node *evidence);

/* Put the flight on the sheet, in local times. */
void hits_view_flight(struct hits_sheet *s, const struct json_node *evidence);

#endif
