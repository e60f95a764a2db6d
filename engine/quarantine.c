#include "engine/quarantine.h"

/* Tags of the service segments, PAXLST and PNRGOV, three letters each. */
static const char tags[] =
	"UNA UNB UNG UNH UNT UNE UNZ BGM RFF NAD CTA COM TDT LOC DTM ATT MEA "
	"GEI GIS FTX EMP NAT DOC CPI QTY GID CNT AUT PDT UNS MSG ORG TVL EQN "
	"SRC RCI SSR DAT IFT REF ADD EBD TIF FTI FAR TKT MON PTK TXD FOP TRA "
	"RPI APD SSD TRI TBD ABI SAC LTS ERC ";

enum { TAG = 3 };

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A known tag at the start of s, alone or before a separator. */
static bool has_tag(struct str s)
{
	ptrdiff_t at;

	if (s.len < TAG ||
	    (s.len > TAG && (is_letter(s.ptr[TAG]) || is_digit(s.ptr[TAG]))))
		return false;
	at = str_find(str_of(tags), str_slice(s, 0, TAG));
	return at >= 0 && at % (TAG + 1) == 0;
}

/* The usual terminators, and line ends. */
static bool ends_segment(char c)
{
	return c == '\'' || c == '$' || c == '\r' || c == '\n' || c == 0x1c;
}

static char shape(char c)
{
	if (is_letter(c))
		return 'x';
	if (is_digit(c))
		return '9';
	if (((unsigned char)c < 0x20 && c != '\r' && c != '\n') || c == 0x7f)
		return '.';
	return c;
}

struct str quarantine_skeleton(struct str payload, struct arena *a)
{
	size_t len =
		payload.len < SKELETON_BYTES ? payload.len : SKELETON_BYTES;
	char *out = arena_alloc(a, len + 1);
	bool start = true; /* of a segment */

	for (size_t i = 0; i < len; i++) {
		struct str rest = str_slice(payload, i, len);

		if (start && has_tag(rest)) {
			for (int k = 0; k < TAG; k++)
				out[i + (size_t)k] = payload.ptr[i + (size_t)k];
			i += TAG - 1;
			start = false;
			continue;
		}
		out[i] = shape(payload.ptr[i]);
		start = ends_segment(payload.ptr[i]);
	}
	return (struct str){ out, len };
}
