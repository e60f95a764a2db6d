#include "tools/replay_print.h"

#include "base/json_write.h"
#include "tools/hits_sheet.h"

static bool shows_values(const struct replay_difference *d, bool personal)
{
	return (d->recorded.ptr || d->replayed.ptr) &&
	       (!d->personal || personal);
}

static void put_value(struct buf *out, const char *name, struct str value)
{
	buf_fmt(out, "%s ", name);
	if (value.ptr)
		hits_text(out, value);
	else
		buf_z(out, "nothing");
}

void replay_print_text(struct buf *out, const struct hit_row *h,
		       const struct replay *r, bool personal)
{
	buf_fmt(out, "%s  ", hit_name_of(h->clock_day, h->hit_id).text);
	hits_text(out, h->source);
	buf_fmt(out, "  %s%s\n", r->nr ? "differs" : "identical",
		r->on_pair ? ", on the recorded entry" : "");
	for (uint32_t i = 0; i < r->nr; i++) {
		const struct replay_difference *d = &r->difference[i];

		buf_z(out, "  ");
		hits_text(out, d->part);
		buf_fmt(out, ": %s", d->what);
		if (shows_values(d, personal)) {
			put_value(out, "; recorded", d->recorded);
			put_value(out, ", replayed", d->replayed);
		}
		buf_byte(out, '\n');
	}
	if (r->nr == REPLAY_DIFFERENCES)
		buf_z(out, "  and perhaps more\n");
}

void replay_print_json(struct buf *out, const struct hit_row *h,
		       const struct replay *r, bool personal)
{
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_z(&j, "hit", hit_name_of(h->clock_day, h->hit_id).text);
	json_z(&j, "kind", h->kind == HIT_LIST ? "list" : "profile");
	json_str(&j, "source", h->source);
	json_bool(&j, "identical", !r->nr);
	json_bool(&j, "on_pair", r->on_pair);
	json_open(&j, "differences", '[');
	for (uint32_t i = 0; i < r->nr; i++) {
		const struct replay_difference *d = &r->difference[i];

		json_open(&j, NULL, '{');
		json_str(&j, "part", d->part);
		json_z(&j, "what", d->what);
		if (shows_values(d, personal)) {
			json_str(&j, "recorded", d->recorded);
			json_str(&j, "replayed", d->replayed);
		}
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_close(&j, '}');
	buf_byte(out, '\n');
}

bool replay_has_personal(const struct replay *r)
{
	for (uint32_t i = 0; i < r->nr; i++)
		if (r->difference[i].personal)
			return true;
	return false;
}
