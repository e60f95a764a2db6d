#include "rules/reference.h"

#include "base/arena.h"
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	LETTERS = 26,
	NR_CODES = LETTERS * LETTERS * LETTERS,
	FILE_LIMIT = 16 << 20,
	DAY_AND_MORE = 26 * 3600, /* no clock is farther from UTC */
};

struct change {
	int64_t from; /* UTC second */
	int32_t east; /* seconds */
};

struct reference_zone {
	struct str name;
	uint32_t first, nr; /* of changes */
};

struct reference {
	struct buf airports, zones; /* the texts */
	struct arena arena;
	struct change *change;
	struct reference_zone *zone;
	struct reference_place *place;
	uint32_t nr_change, nr_zone, nr_place;
	uint16_t airport[NR_CODES], city[NR_CODES]; /* place + 1; 0: none */
};

/* Three capital letters as a number below NR_CODES, or -1. */
static int code_number(struct str s)
{
	int n = 0;

	if (s.len != 3)
		return -1;
	for (size_t i = 0; i < 3; i++) {
		if (s.ptr[i] < 'A' || s.ptr[i] > 'Z')
			return -1;
		n = n * LETTERS + (s.ptr[i] - 'A');
	}
	return n;
}

struct table {
	const char *name;
	struct str rest;
	size_t line;
	struct err *e;
};

/* The next row's fields, exactly `nr`. Returns 1, 0 at the end, or an error. */
static int next_row(struct table *t, struct str *field, size_t nr)
{
	struct str row;
	size_t i;

	do {
		if (!t->rest.ptr || !t->rest.len)
			return 0;
		row = str_split(&t->rest, '\n');
		t->line++;
	} while (!row.len || row.ptr[0] == '#');
	for (i = 0; i < nr && row.ptr; i++)
		field[i] = str_split(&row, ',');
	if (i < nr || row.ptr)
		return err_at(t->e, ERR_SYNTAX, 0,
			      "%s: line %zu: a row has %zu fields", t->name,
			      t->line, nr);
	return 1;
}

static int bad_row(struct table *t, const char *what)
{
	return err_at(t->e, ERR_SYNTAX, 0, "%s: line %zu: %s", t->name, t->line,
		      what);
}

static int read_zones(struct reference *r, struct err *e)
{
	struct table t = { "zones.csv", buf_view(&r->zones), 0, e };
	struct str f[3];
	int rc;

	while ((rc = next_row(&t, f, 3)) > 0) {
		struct reference_zone *z =
			r->nr_zone ? &r->zone[r->nr_zone - 1] : NULL;
		struct change *c;
		int64_t from, minutes;

		if (!str_to_i64(f[1], &from) || !str_to_i64(f[2], &minutes) ||
		    minutes < -24 * 60 || minutes > 24 * 60)
			return bad_row(&t, "a second and minutes, below 1440, "
					   "belong here");
		if (!z || !str_eq(z->name, f[0])) {
			if (z && str_cmp(z->name, f[0]) > 0)
				return bad_row(&t, "zones must be sorted");
			z = arena_push(&r->arena, &r->zone, &r->nr_zone,
				       sizeof(*z));
			z->name = f[0];
			z->first = r->nr_change;
		} else if (r->change[r->nr_change - 1].from >= from) {
			return bad_row(&t, "seconds must be sorted");
		}
		c = arena_push(&r->arena, &r->change, &r->nr_change,
			       sizeof(*c));
		c->from = from;
		c->east = (int32_t)minutes * 60;
		z->nr++;
	}
	return rc;
}

static const struct reference_zone *find_zone(const struct reference *r,
					      struct str name)
{
	uint32_t low = 0, high = r->nr_zone;

	while (low < high) {
		uint32_t mid = (low + high) / 2;
		int c = str_cmp(r->zone[mid].name, name);

		if (!c)
			return &r->zone[mid];
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static int read_airports(struct reference *r, struct err *e)
{
	struct table t = { "airports.csv", buf_view(&r->airports), 0, e };
	struct str f[4];
	int rc;

	while ((rc = next_row(&t, f, 4)) > 0) {
		int code = code_number(f[0]), city = code_number(f[1]);
		struct reference_place *p;

		if (code < 0 || (f[1].len && city < 0) || f[2].len != 3)
			return bad_row(&t, "codes are three capital letters");
		if (r->airport[code])
			return bad_row(&t, "this airport stands here twice");
		if (r->nr_place == UINT16_MAX - 1)
			return bad_row(&t, "too many airports");
		p = arena_push(&r->arena, &r->place, &r->nr_place, sizeof(*p));
		memcpy(p->code, f[0].ptr, 3);
		memcpy(p->city, f[1].ptr, f[1].len);
		memcpy(p->country, f[2].ptr, 3);
		p->zone = find_zone(r, f[3]);
		if (!p->zone)
			return bad_row(&t, "this zone is not in zones.csv");
		r->airport[code] = (uint16_t)r->nr_place;
		if (city >= 0 && !r->city[city])
			r->city[city] = (uint16_t)r->nr_place;
	}
	return rc;
}

static int parse_both(struct reference **out, struct reference *r, int rc,
		      struct err *e)
{
	if (!rc)
		rc = read_zones(r, e);
	if (!rc)
		rc = read_airports(r, e);
	if (rc) {
		reference_free(r);
		return rc;
	}
	*out = r;
	return 0;
}

static struct reference *reference_new(struct err *e)
{
	struct reference *r = calloc(1, sizeof(*r));

	if (!r)
		err_at(e, ERR_NOMEM, 0, "out of memory");
	return r;
}

static int read_file(struct buf *b, const char *dir, const char *name,
		     struct err *e)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return buf_read_file(b, path, FILE_LIMIT, e);
}

int reference_load(struct reference **out, const char *dir, struct err *e)
{
	struct reference *r = reference_new(e);
	int rc;

	if (!r)
		return e->code;
	rc = read_file(&r->airports, dir, "airports.csv", e);
	if (!rc)
		rc = read_file(&r->zones, dir, "zones.csv", e);
	return parse_both(out, r, rc, e);
}

int reference_read(struct reference **out, struct str airports,
		   struct str zones, struct err *e)
{
	struct reference *r = reference_new(e);

	if (!r)
		return e->code;
	buf_str(&r->airports, airports);
	buf_str(&r->zones, zones);
	if (r->airports.failed || r->zones.failed)
		return parse_both(out, r,
				  err_at(e, ERR_NOMEM, 0, "out of memory"), e);
	return parse_both(out, r, 0, e);
}

void reference_free(struct reference *r)
{
	if (!r)
		return;
	buf_release(&r->airports);
	buf_release(&r->zones);
	arena_release(&r->arena);
	free(r);
}

struct str reference_airports_text(const struct reference *r)
{
	return buf_view(&r->airports);
}

struct str reference_zones_text(const struct reference *r)
{
	return buf_view(&r->zones);
}

const struct reference_place *reference_find(const struct reference *r,
					     struct str code)
{
	int n = code_number(code);

	if (n < 0)
		return NULL;
	if (r->airport[n])
		return &r->place[r->airport[n] - 1];
	return r->city[n] ? &r->place[r->city[n] - 1] : NULL;
}

struct str reference_country(const struct reference *r, struct str code)
{
	const struct reference_place *p = reference_find(r, code);

	return p ? (struct str){ p->country, 3 } : STR_NONE;
}

/* The city's own code, or the airport's where it has none. */
static struct str city_of(const struct reference *r, struct str code)
{
	const struct reference_place *p = reference_find(r, code);

	return p && p->city[0] ? (struct str){ p->city, 3 } : code;
}

bool reference_same_city(const struct reference *r, struct str a, struct str b)
{
	return str_eq(a, b) || str_eq(city_of(r, a), city_of(r, b));
}

/* Number of changes that begin at or before `utc`. */
static uint32_t changes_until(const struct change *c, uint32_t nr, int64_t utc)
{
	uint32_t low = 0, high = nr;

	while (low < high) {
		uint32_t mid = (low + high) / 2;

		if (c[mid].from <= utc)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Seconds east of UTC at local second `local`. */
static int32_t offset_at(const struct reference *r,
			 const struct reference_zone *z, int64_t local)
{
	const struct change *c = r->change + z->first;
	uint32_t i = changes_until(c, z->nr, local - DAY_AND_MORE);

	if (i)
		i--;
	/* c[i] holds a day before; go on while the next has surely begun */
	while (i + 1 < z->nr && local - c[i].east >= c[i + 1].from &&
	       local - c[i + 1].east >= c[i + 1].from)
		i++;
	return c[i].east;
}

bool reference_to_utc(const struct reference *r, struct str airport,
		      struct moment local, struct moment *utc, int64_t *east)
{
	const struct reference_place *p;

	if (!moment_is_set(local) || local.s < INT64_MIN / 2 ||
	    local.s > INT64_MAX / 2)
		return false;
	p = reference_find(r, airport);
	if (!p)
		return false;
	*east = offset_at(r, p->zone, local.s);
	*utc = local;
	utc->s -= *east;
	return true;
}
