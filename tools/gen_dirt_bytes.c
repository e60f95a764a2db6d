/*
 * gen_dirt_bytes.c - dirt around the written message, and in its encoding
 */
#include "tools/gen_dirt_text.h"

static void surround(struct dirt *d, const char *head, const char *tail)
{
	struct dirt_edit e;

	dirt_edit_open(&e, d);
	dirt_edit_add(&e, str_of(head));
	dirt_edit_copy(&e, d->bytes.len);
	dirt_edit_add(&e, str_of(tail));
	dirt_edit_close(&e);
}

bool dirty_headings(struct dirt *d)
{
	static const struct {
		const char *head, *tail;
	} forms[] = {
		{ "\001QU BRUPIXB VIEPIXB\r\n.CMNDCX9 141205 REF 1\r\n\002",
		  "\003" },
		{ "^AQD BRUPIXB\n.CMNDCX9 141205\n^B", "^C\n" },
		{ "ZCZC ABC123\r\nQK BRUPIXB\r\n.CMNDCX9 141205 NOV "
		  "26\r\nPDM\r\n",
		  "\r\nNNNN\r\n" },
		{ "Received: from gate.example by mail.example\n"
		  "Subject: UNB, UNA and NAD of flight X9 417\n\n",
		  "\n\f\n____________\nScanned: no virus found\n"
		  "14NOV26 0031Z *3872\n" },
		{ "\tPRI\tDEST\tORIG\n\tQU\tBRUPIXB\tCMNDCX9\n", "\n\n \n" },
		{ "=HEADER\r\nRCV,2026/11/14 12:05\r\n=PRIORITY\r\nQU\r\n"
		  "=DESTINATION TYPE B\r\nSTX,BRUPIXB\r\n=ORIGIN\r\nCMNDCX9\r\n"
		  "=TEXT\r\n",
		  "\r\n" },
		{ "V.\\VDLG.WA/E11HCNIAPIR/I11HCNIAPIQ/P0042\\VGYA\\", "" },
	};
	uint32_t i = rng_below(d->dice, ARRAY_SIZE(forms));

	surround(d, forms[i].head, forms[i].tail);
	return true;
}

bool dirty_line_wrap(struct dirt *d)
{
	static const char *const ends[] = { "\r\n", "\n", "\r" };
	struct str end = str_of(ends[rng_below(d->dice, ARRAY_SIZE(ends))]);
	size_t width = (size_t)rng_range(d->dice, 7, 80), size = d->bytes.len;
	struct dirt_edit e;

	dirt_edit_open(&e, d);
	for (size_t pos = width; pos < size; pos += width) {
		dirt_edit_copy(&e, pos);
		dirt_edit_add(&e, end);
	}
	dirt_edit_close(&e);
	return true;
}

/* Each byte as a character of its own; marks count transcoded bytes. */
static void to_utf16(struct dirt *d, bool little)
{
	struct buf out = { 0 };

	buf_z(&out, little ? "\xff\xfe" : "\xfe\xff");
	for (size_t i = 0; i < d->bytes.len; i++) {
		char c = d->bytes.ptr[i];

		buf_byte(&out, little ? c : '\0');
		buf_byte(&out, little ? '\0' : c);
	}
	d->bytes = arena_str(d->arena, buf_view(&out));
	buf_release(&out);
}

static void twice(struct dirt *d)
{
	struct str one = d->bytes;
	uint32_t marks = d->nr_marks;
	struct buf out = { 0 };

	for (uint32_t i = 0; i < marks; i++) {
		struct dirt_mark m = d->mark[i];

		m.pos += one.len;
		*(struct dirt_mark *)arena_push(d->arena, &d->mark,
						&d->nr_marks, sizeof(m)) = m;
	}
	buf_str(&out, one);
	buf_str(&out, one);
	d->bytes = arena_str(d->arena, buf_view(&out));
	buf_release(&out);
}

bool dirty_file_forms(struct dirt *d)
{
	switch (rng_below(d->dice, 5)) {
	case 0:
		surround(d, "\xef\xbb\xbf", "");
		break;
	case 1:
		to_utf16(d, true);
		break;
	case 2:
		to_utf16(d, false);
		break;
	case 3:
		twice(d);
		break;
	default: {
		struct dirt_edit e;

		dirt_edit_open(&e, d);
		dirt_edit_add(&e, (struct str){ "\0\0\0", 3 });
		dirt_edit_copy(&e, d->bytes.len);
		dirt_edit_add(&e, (struct str){ "\0\0\0\0", 4 });
		dirt_edit_close(&e);
	}
	}
	return true;
}
