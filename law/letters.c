#include "law/letters.h"

/* Letters U+00C0 to U+017F without their accents; a blank is no letter. */
static const char folded[] =
	"AAAAAAACEEEEIIIIDNOOOOO OUUUUYTSAAAAAAACEEEEIIIIDNOOOOO OUUUUYTY"
	"AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIIIIIJJKKKLLLLLLL"
	"LLLNNNNNNNNNOOOOOOOORRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZZZZS";

static void skip_breaks(struct cursor *c)
{
	while (c->p < c->end && (*c->p == '\r' || *c->p == '\n'))
		c->p++;
}

/* The next byte of the text's content, or END. */
static int next_byte(struct cursor *c)
{
	skip_breaks(c);
	if (c->release && c->p < c->end && *c->p == c->release) {
		c->p++;
		skip_breaks(c);
	}
	return c->p < c->end ? (unsigned char)*c->p++ : END;
}

/* Take a UTF-8 continuation byte if there is one: its six bits, or END. */
static int next_continuation(struct cursor *c)
{
	struct cursor ahead = *c;
	int b = next_byte(&ahead);

	if (b == END || (b & 0xc0) != 0x80)
		return END;
	*c = ahead;
	return b & 0x3f;
}

/* A byte of 0x80 and more, already taken: UTF-8 if it can be. */
static int fold_high(struct cursor *c, int first)
{
	int low = next_continuation(c);

	if (low == END)
		return first < 0xc0 ? SEPARATOR : folded[first - 0xc0];
	if (first >= 0xc3 && first <= 0xc5)
		return folded[(first - 0xc3) * 64 + low];
	while (next_continuation(c) != END)
		;
	/* U+0080 to U+00BF and U+2000 to U+2FFF are signs, not letters */
	return first == 0xc2 || first == 0xe2 ? SEPARATOR : OTHER;
}

int next_other_letter(struct cursor *c)
{
	int b = next_byte(c);

	if (b == END)
		return END;
	if (b >= 'A' && b <= 'Z')
		return b;
	if (b >= 'a' && b <= 'z')
		return b - 'a' + 'A';
	return b < 0x80 ? SEPARATOR : fold_high(c, b);
}
