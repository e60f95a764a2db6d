/*
 * fuzz_flight_key.c - a flight has one key, however its number is padded; or
 * none, and then the error names what is missing
 *
 * The input is carrier, number and origin, each up to a comma, and then the
 * bytes of the moment of departure.
 */
#include "parsers/flight_key.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const int64_t first = -62135596800, last = 253402300799; /* 1 to 9999 */

static void check(bool ok)
{
	if (!ok)
		abort();
}

/* The same flight, its number padded with one more zero. */
static void check_padded(const struct flight_key *k, struct flight f)
{
	struct flight_key padded;
	struct err e = { 0 };
	char *number = malloc(f.number.len + 1);

	number[0] = '0';
	memcpy(number + 1, f.number.ptr, f.number.len);
	f.number = (struct str){ number, f.number.len + 1 };
	check(flight_key_make(&padded, &f, &e) == 0);
	check(strcmp(padded.text, k->text) == 0);
	free(number);
}

/* The next day is another flight. */
static void check_next_day(const struct flight_key *k, struct flight f)
{
	struct flight_key next;
	struct err e = { 0 };

	f.departs.s += SECONDS_PER_DAY;
	if (f.departs.s > last)
		return;
	check(flight_key_make(&next, &f, &e) == 0);
	check(strlen(next.text) == strlen(k->text));
	check(strcmp(next.text, k->text) != 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = { (const char *)data, size };
	struct flight f = { 0 };
	struct flight_key k;
	struct err e = { 0 };

	if (memchr(data, 0, size ? size - (size > 8 ? 8 : 0) : 0))
		return 0; /* no message's component holds one */
	f.carrier = str_split(&in, ',');
	f.number = str_split(&in, ',');
	f.origin = str_split(&in, ',');
	if (in.len >= sizeof(f.departs.s)) {
		memcpy(&f.departs.s, in.ptr, sizeof(f.departs.s));
		f.departs.s = first + (int64_t)((uint64_t)f.departs.s %
						(uint64_t)(last - first));
		f.departs.precision = MOMENT_MINUTE;
	}
	if (flight_key_make(&k, &f, &e)) {
		check(e.code == ERR_VALUE && e.text[0]);
		return 0;
	}
	check(!str_empty(f.carrier) && !str_empty(f.number) &&
	      !str_empty(f.origin) && moment_is_set(f.departs));
	check(strlen(k.text) < sizeof(k.text));
	check(str_starts(str_of(k.text), f.carrier));
	check_padded(&k, f);
	check_next_day(&k, f);
	return 0;
}
