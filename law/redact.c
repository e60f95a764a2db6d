#include "law/redact.h"

#include "law/special.h"

#include <string.h>

/* clang-format off */
/* Segments of UN/EDIFACT and PADIS messages; any other is "other". */
#define TAGS(X) \
	X(ABI) X(ADD) X(APD) X(ATT) X(BGM) X(CNT) X(COM) X(CTA) \
	X(DAT) X(DOC) X(DTM) X(EBD) X(EMP) X(EQN) X(ERC) X(ERP) \
	X(FAR) X(FOP) X(FTI) X(FTX) X(GEI) X(IFT) X(LOC) X(LTS) \
	X(MEA) X(MON) X(MSG) X(NAD) X(NAT) X(ORG) X(OTI) X(PDI) \
	X(PDT) X(PTK) X(PTS) X(QTY) X(RCI) X(REF) X(RFF) X(RPI) X(SAC) \
	X(SRC) X(SSD) X(SSR) X(TBD) X(TDT) X(TIF) X(TKT) X(TRA) \
	X(TRI) X(TVL) X(TXD) X(UGH) X(UGT) X(UNA) X(UNB) X(UNE) \
	X(UNG) X(UNH) X(UNS) X(UNT) X(UNZ) X(VEH)
/* clang-format on */

static const struct {
	char tag[4];
	const char *code;
} tags[] = {
#define X(t) { #t, "not-annex-i:" #t },
	TAGS(X)
#undef X
};

/* clang-format off */
#define CODES(kind)							\
	{								\
		[SPECIAL_HEALTH] = kind ":health",			\
		[SPECIAL_RELIGION] = kind ":religion",			\
		[SPECIAL_ETHNIC] = kind ":ethnic",			\
		[SPECIAL_POLITICAL] = kind ":political",		\
		[SPECIAL_UNION] = kind ":union",			\
		[SPECIAL_SEXUAL] = kind ":sexual",			\
		[SPECIAL_BELIEF] = kind ":belief",			\
		[SPECIAL_POLICY] = kind ":policy",			\
	}
/* clang-format on */

/* Codes are constants: a tag or text of the sender never becomes one. */
static const char *const scan_code[][SPECIAL_CATEGORIES] = {
	[CLAIM_REMARK] = CODES("text"),
	[CLAIM_TITLE] = CODES("title"),
	[CLAIM_TYPE] = CODES("type"),
};

/* Where a tag's row is looked for: its place + 1, or 0; then the next one. */
enum { TAG_ROOM = 256 };
static uint8_t by_tag[TAG_ROOM];

static size_t slot_of(const char name[4])
{
	uint32_t v;

	memcpy(&v, name, sizeof(v));
	return v * 2654435761u >> 24;
}

__attribute__((constructor)) static void fill_by_tag(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(tags); i++) {
		size_t at = slot_of(tags[i].tag);

		while (by_tag[at])
			at = (at + 1) % TAG_ROOM;
		by_tag[at] = (uint8_t)(i + 1);
	}
}

static const char *tag_code(struct str tag)
{
	char name[4] = { 0 };

	tag = str_trim(tag);
	if (tag.len == 3)
		memcpy(name, tag.ptr, 3);
	for (size_t at = slot_of(name); by_tag[at]; at = (at + 1) % TAG_ROOM)
		if (memcmp(name, tags[by_tag[at] - 1].tag, sizeof(name)) == 0)
			return tags[by_tag[at] - 1].code;
	return "not-annex-i:other";
}

static const struct special *scan_special(struct str payload,
					  const struct claim_scan *scan)
{
	struct str raw = str_slice(payload, scan->span.pos,
				   (size_t)scan->span.pos + scan->span.len);
	struct str text = scan->text.ptr ? scan->text : raw;
	char release = scan->text.ptr ? 0 : scan->release;

	switch (scan->kind) {
	case CLAIM_TITLE:
		return special_title(text, release);
	case CLAIM_TYPE:
		return special_type(text, release);
	case CLAIM_REMARK:
		break;
	}
	return special_find(text, release);
}

struct redactor {
	struct str payload;
	char *copy;
	const struct claims *claims;
	const char *
		*special; /* by segment: the code a text of it has, or NULL */
	uint32_t segment; /* the one the walk has come to */
	uint32_t listed_end; /* bytes before it belong to what is listed */
	bool breaks;	     /* there are line breaks in the payload */
	struct redaction *out;
	struct arena *arena;
};

/* The segment byte `pos` is in or, between two, the next one. */
static uint32_t segment_at(const struct claims *c, uint32_t pos)
{
	uint32_t low = 0, high = c->nr_segment;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		struct span s = c->segment[mid].span;

		if (s.pos + s.len <= pos)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool is_blank(char b)
{
	return b == ' ' || b == '\r' || b == '\n';
}

/* Take back the claims on texts that the law does not let us keep. */
static void drop_special(struct redactor *r, struct claims *c)
{
	for (uint32_t i = 0; i < c->nr_scan; i++) {
		const struct claim_scan *scan = &c->scan[i];
		const struct special *s = scan_special(r->payload, scan);
		uint32_t segment;

		if (!s)
			continue;
		r->out->taken_back = true;
		claims_drop(c, scan->span.pos, scan->span.len);
		segment = segment_at(c, scan->span.pos);
		if (segment < c->nr_segment && !r->special[segment])
			r->special[segment] =
				scan_code[scan->kind][s->category];
	}
}

static const char *segment_code(const struct redactor *r, uint32_t i)
{
	const struct claim_segment *s = &r->claims->segment[i];
	struct str tag = claims_tag(r->payload, s);
	const struct special *special = NULL;

	if (str_eq(str_trim(tag), STR("SSR")))
		special = special_ssr(claims_code(r->payload, s));
	if (special)
		return special->word;
	return r->special[i] ? r->special[i] : tag_code(tag);
}

/* Byte `pos` is lost and not a blank: list its segment, once. */
static void list_removal(struct redactor *r, uint32_t pos)
{
	const struct claims *c = r->claims;
	const char *code = "not-annex-i:wrapper";
	struct removal *removal;

	while (r->segment < c->nr_segment &&
	       c->segment[r->segment].span.pos +
			       c->segment[r->segment].span.len <=
		       pos)
		r->segment++;
	if (r->segment == c->nr_segment) {
		r->listed_end = (uint32_t)c->len;
	} else if (c->segment[r->segment].span.pos > pos) {
		r->listed_end = c->segment[r->segment].span.pos;
	} else {
		struct span s = c->segment[r->segment].span;

		r->listed_end = s.pos + s.len;
		code = segment_code(r, r->segment);
	}
	removal = arena_push(r->arena, &r->out->removal, &r->out->nr_removal,
			     sizeof(*removal));
	*removal = (struct removal){ pos, code };
}

/* Blank bytes [from, to), which nobody claims. */
static void blank_run(struct redactor *r, size_t from, size_t to)
{
	const char *in = r->payload.ptr;
	size_t i = from;

	while (i < to) {
		while (i < to && is_blank(in[i]))
			i++;
		if (i == to)
			break;
		if (i >= r->listed_end)
			list_removal(r, (uint32_t)i);
		i = r->listed_end > i ? r->listed_end : i + 1;
	}
	if (!r->breaks)
		memset(r->copy + from, ' ', to - from);
	for (i = r->breaks ? from : to; i < to; i++)
		r->copy[i] = in[i] == '\r' || in[i] == '\n' ? in[i] : ' ';
}

/* The first byte from `pos` on whose claim is `kept`, or the length. */
static size_t next_claim(const struct claims *c, size_t pos, bool kept)
{
	while (pos < c->len) {
		uint64_t word = c->keep[pos / 64];
		uint64_t wanted = (kept ? word : ~word) >> (pos % 64);

		if (wanted) {
			pos += (size_t)__builtin_ctzll(wanted);
			return pos < c->len ? pos : c->len;
		}
		pos = (pos / 64 + 1) * 64;
	}
	return c->len;
}

void redact(struct str payload, struct claims *c, char *copy,
	    struct redaction *out, struct arena *a)
{
	struct redactor r = {
		.payload = payload,
		.copy = copy,
		.claims = c,
		.out = out,
		.arena = a,
	};

	r.breaks = str_find_byte(payload, '\n') >= 0 ||
		   str_find_byte(payload, '\r') >= 0;
	*out = (struct redaction){ 0 };
	r.special = arena_alloc(a, (c->nr_segment + 1) * sizeof(*r.special));
	drop_special(&r, c);
	if (payload.len && copy != payload.ptr)
		memcpy(copy, payload.ptr, payload.len);
	for (size_t pos = next_claim(c, 0, false); pos < c->len;) {
		size_t end = next_claim(c, pos, true);

		blank_run(&r, pos, end);
		pos = next_claim(c, end, false);
	}
}
