/*
 * gen_dirt_sale.c - dirt in a PNRGOV: contacts, bags, money, texts
 */
#include "tools/gen_dirt_text.h"

/* Put a segment before the first flight of some booking. */
static bool add_to_booking(struct dirt *d, const char *text)
{
	int src = dirt_find(d, "SRC"), tif = dirt_next(d, src, "TIF+");

	if (tif < 0 || d->seg[src].group != d->seg[tif].group)
		return false;
	dirt_insert(d, tif, "%s", text);
	return true;
}

bool dirty_address_purpose(struct dirt *d)
{
	static const char *const forms[] = {
		"ADD++E:::::::NOBODY//POST.EXAMPLE",
		"ADD++M:::::::H5555555555 W 1 555",
		"ADD++O:::::::EK CTC M 32 555 0101",
		"ADD++N:99 SAMPLE STREET:BRUSSELS",
		"ADD++:::::::TBM MAIL TO+:::::::SAM SAMPLE+:::::::99 SAMPLE ST",
	};

	return add_to_booking(d, forms[rng_below(d->dice, ARRAY_SIZE(forms))]);
}

bool dirty_mail_escapes(struct dirt *d)
{
	static const char *const forms[] = {
		"SSR+CTCE:HK:1:XX:::::/SAM..SAMPLE//POST.EXAMPLE",
		"SSR+CTCE:HK:1:XX/SAM./SAMPLE//POST.EXAMPLE",
		"IFT+CTCE SAM.SAMPLE//POST.EXAMPLE",
		"IFT+4:28::XX+CTCE SAM@POST.EXAMPLE",
	};

	return add_to_booking(d, forms[rng_below(d->dice, ARRAY_SIZE(forms))]);
}

bool dirty_bags_odd(struct dirt *d)
{
	static const char *const forms[] = {
		"TBD+++MP:0741234123456",
		"TBD++01:20:700+++KL: 8074902824:1:MSP",
		"TBD++2:20:700++HP:SIN- 168+618:0123456789:2:ICN",
	};
	int i = dirt_find(d, "TBD+");

	if (i < 0)
		return false;
	dirt_set(d, i, "%s", forms[rng_below(d->dice, ARRAY_SIZE(forms))]);
	return true;
}

bool dirty_amount_odd(struct dirt *d)
{
	static const char *const forms[] = { "MON+:235.85:+:250.00:",
					     "MON+T:AWARD",
					     "MON+B:210.:EUR+T:268,40:EUR" };
	int i = dirt_find(d, "MON+");

	if (i < 0)
		return false;
	dirt_set(d, i, "%s", forms[rng_below(d->dice, ARRAY_SIZE(forms))]);
	return true;
}

bool dirty_tax_glued(struct dirt *d)
{
	int i = dirt_find(d, "TXD+");

	if (i < 0)
		return false;
	dirt_set(d, i, "TXD++3.10:::AY6+12.50:::XF9.00:GB");
	return true;
}

bool dirty_text_bare(struct dirt *d)
{
	static const char *const forms[] = {
		"IFT+CTC 32 555 0101-M",
		"IFT+PASSENGER ASKED FOR A QUIET SEAT",
		"IFT",
		"IFT++CTCM 32 555 0102",
	};

	return add_to_booking(d, forms[rng_below(d->dice, ARRAY_SIZE(forms))]);
}

/* A number of the range that card schemes keep for tests. */
bool dirty_card_in_clear(struct dirt *d)
{
	int i = dirt_find(d, "FOP+CC"), lts;

	if (i < 0)
		return false;
	dirt_set(d, i, "FOP+CC::416.00:VI:4111111111111111:1228");
	lts = dirt_next(d, i, "LTS");
	if (lts > 0)
		dirt_insert(d, lts, "LTS+0/O/FP/CCVI4111111111111111/1228");
	return true;
}

bool dirty_history_text(struct dirt *d)
{
	int i = dirt_find(d, "LTS+");

	if (i < 0)
		return false;
	dirt_insert(d, i,
		    "LTS+0/O/SR/SSR DOCS HK1/P/UTO/X1234567/UTO/12JUL64/M/"
		    "01JAN30/DOETEST/JON WCHR VGML");
	dirt_insert(d, i + 1, "LTS+0/O/OS/TEXT ?+ MORE?: UNT?+50");
	return true;
}
