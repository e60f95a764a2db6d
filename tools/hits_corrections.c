#include "tools/hits_corrections.h"

#include "base/json.h"
#include "tools/hits_sheet.h"

int hits_corrections_read(struct hits_corrections *out, struct pg *pg,
			  const struct hit_row *h, const struct hits_keys *keys,
			  struct arena *a, struct err *e)
{
	struct addendum_row *row;
	struct buf plain = { 0 };

	*out = (struct hits_corrections){ .nr = 0 };
	if (subject_addenda(&row, &out->nr, pg, h->clock_day, h->flight_id,
			    h->traveller_id, a, e))
		return e->code;
	out->row = row;
	out->said = arena_alloc(a, (out->nr + 1) * sizeof(*out->said));
	for (uint32_t i = 0; i < out->nr && !e->code; i++) {
		buf_clear(&plain);
		if (!hits_open_addendum(&plain, keys, &row[i], e))
			out->said[i] = arena_str(a, buf_view(&plain));
	}
	buf_release(&plain);
	return e->code;
}

static void print_value(struct buf *out, const struct json_node *n)
{
	if (json_node_kind(n) == JSON_KIND_NULL)
		buf_z(out, "nothing");
	else
		hits_value(out, n);
}

void hits_corrections_print(struct buf *out, const struct hits_corrections *c)
{
	if (c->nr)
		buf_z(out, "\ncorrected at the person's request; the evidence "
			   "has what the carrier sent\n");
	for (uint32_t i = 0; i < c->nr; i++) {
		struct json_node *doc = NULL;
		struct err none = { 0 };

		buf_z(out, "  ");
		hits_text(out, c->row[i].field);
		if (!json_read(&doc, c->said[i], &none)) {
			buf_z(out, " is ");
			print_value(out, json_node_get(doc, "is"));
			buf_z(out, ", was ");
			print_value(out, json_node_get(doc, "was"));
		}
		buf_z(out, " (");
		moment_write(out, c->row[i].made_at, true);
		buf_fmt(out, ", " STR_FMT ")\n", STR_ARG(c->row[i].actor));
		json_node_free(doc);
	}
}

void hits_corrections_json(struct json *j, const struct hits_corrections *c)
{
	json_open(j, "corrections", '[');
	for (uint32_t i = 0; i < c->nr; i++)
		json_raw(j, NULL, c->said[i]);
	json_close(j, ']');
}
