#include "db/pg_internal.h"

#include <endian.h>
#include <string.h>

void args_clear(struct pg_args *a)
{
	buf_clear(&a->data);
	a->nr = 0;
	a->bad = NULL;
}

void args_release(struct pg_args *a)
{
	buf_release(&a->data);
	a->nr = 0;
}

static void add(struct pg_args *a, size_t at, bool null, uint32_t oid)
{
	if (a->nr == PG_ARGS) {
		a->bad = "too many arguments";
		return;
	}
	a->arg[a->nr].at = at;
	a->arg[a->nr].len = null ? -1 : (int)(a->data.len - at);
	a->arg[a->nr++].oid = oid;
}

void args_put(struct pg_args *a, enum row_type type, const void *value)
{
	size_t at = a->data.len + 4; /* behind the length, which is not sent */

	if (!row_write_field(&a->data, type, value))
		a->bad = "a number";
	if (a->data.failed)
		return;
	add(a, at,
	    a->data.len == at &&
		    !memcmp(a->data.data + at - 4, "\xff\xff\xff\xff", 4),
	    row_type_oid(type));
}

/* One composite value: length, number of columns, then each with its type. */
static void write_row(struct pg_args *a, const struct row_table *t,
		      const void *row)
{
	size_t at = a->data.len;
	uint32_t len;

	buf_be32(&a->data, 0);
	buf_be32(&a->data, t->nr);
	if (!row_write(&a->data, t, row, true, &a->bad))
		return;
	len = htobe32((uint32_t)(a->data.len - at - 4));
	if (!a->data.failed)
		memcpy(a->data.data + at, &len, sizeof(len));
}

uint32_t args_put_rows(struct pg_args *a, const struct pg *pg, enum row_id id,
		       const void *rows, uint32_t nr, int32_t day)
{
	const struct row_table *t = &row_tables[id];
	uint32_t put = 0;
	size_t at = a->data.len;

	buf_be32(&a->data, 1); /* dimensions */
	buf_be32(&a->data, 0); /* no nulls */
	buf_be32(&a->data, pg->row_oid[id]);
	buf_be32(&a->data, 0); /* elements, see below */
	buf_be32(&a->data, 1); /* first index */
	for (uint32_t i = 0; i < nr && !a->bad; i++) {
		const char *row = (const char *)rows + (size_t)i * t->size;

		if (day && *(const int32_t *)(row + t->column[0].offset) != day)
			continue;
		write_row(a, t, row);
		put++;
	}
	if (a->data.failed)
		return 0;
	if (!put) {
		memset(a->data.data + at, 0,
		       4); /* an array without dimension */
		a->data.len = at + 12;
	} else {
		memcpy(a->data.data + at + 12, &(uint32_t){ htobe32(put) }, 4);
	}
	add(a, at, false, 0);
	return put;
}
