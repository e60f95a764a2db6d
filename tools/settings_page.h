/*
 * settings_page.h - the man page of paxgate.yaml, out of the settings' table
 */
#ifndef TOOLS_SETTINGS_PAGE_H
#define TOOLS_SETTINGS_PAGE_H

/* Print paxgate.yaml(5) on standard output. */
void settings_page_print(void);

#endif
