/*
 * segments_page.h - doc/segments.md: what fills the record, what is told of a
 * message, what is answered, and where limits are
 */
#ifndef TOOLS_SEGMENTS_PAGE_H
#define TOOLS_SEGMENTS_PAGE_H

/* Print the page, Markdown, to the standard output. */
void segments_page_print(void);

#endif
