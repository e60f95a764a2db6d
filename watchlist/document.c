#include "watchlist/document.h"

#include <string.h>

enum {
	FNV_BASIS = 0x811c9dc5u, /* FNV-1a, 32 bits */
	FNV_PRIME = 0x01000193u,
	MRZ_NUMBER = 9, /* characters of the zone's number */
};

struct document_number document_unchecked(struct document_number n)
{
	static const unsigned char weight[] = { 7, 3, 1 };
	unsigned sum = 0;

	if (n.len != MRZ_NUMBER + 1 || n.text[MRZ_NUMBER] > '9')
		return (struct document_number){ .len = 0 };
	for (unsigned i = 0; i < MRZ_NUMBER; i++) {
		char c = n.text[i];

		sum += weight[i % 3] *
		       (unsigned)(c <= '9' ? c - '0' : c - 'A' + 10);
	}
	if (sum % 10 != (unsigned)(n.text[MRZ_NUMBER] - '0'))
		return (struct document_number){ .len = 0 };
	n.text[MRZ_NUMBER] = '\0';
	n.len = MRZ_NUMBER;
	return n;
}

struct document_number document_loose(struct document_number n)
{
	for (uint8_t i = 0; i < n.len; i++) {
		if (n.text[i] == 'O')
			n.text[i] = '0';
		else if (n.text[i] == 'I')
			n.text[i] = '1';
	}
	return n;
}

uint32_t document_hash(struct document_number n)
{
	struct document_number l = document_loose(n);
	uint32_t h = FNV_BASIS;

	for (uint8_t i = 0; i < l.len; i++)
		h = (h ^ (unsigned char)l.text[i]) * FNV_PRIME;
	return h;
}

static bool same_number(struct document_number a, struct document_number b)
{
	return a.len == b.len && memcmp(a.text, b.text, a.len) == 0;
}

enum watch_verdict document_compare(struct document_number a,
				    struct str a_issuer,
				    struct document_number b,
				    struct str b_issuer)
{
	bool stated = !str_empty(a_issuer) && !str_empty(b_issuer);
	bool issuer = stated && str_eq(a_issuer, b_issuer);

	if (a.len == 0 || b.len == 0)
		return WATCH_DISAGREE;
	if (same_number(a, b))
		return issuer	? WATCH_AGREE
		       : stated ? WATCH_DISAGREE
				: WATCH_PARTIAL;
	if (issuer && same_number(document_loose(a), document_loose(b)))
		return WATCH_PARTIAL;
	return WATCH_DISAGREE;
}
