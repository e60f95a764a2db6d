#include "tools/hits_print.h"

#include "tools/hits_view.h"

/* "X9 417  CMN-VIE", then the local times. */
void hits_view_flight(struct hits_sheet *s, const struct json_node *evidence)
{
	const struct json_node *f = json_node_get(evidence, "flight");

	hits_heading(s, "FLIGHT");
	hits_label(s, "flight");
	hits_put(s, s->out, f, "carrier");
	buf_byte(s->out, ' ');
	hits_put(s, s->out, f, "number");
	buf_z(s->out, "  ");
	hits_put(s, s->out, f, "origin");
	buf_byte(s->out, '-');
	hits_put(s, s->out, f, "destination");
	buf_byte(s->out, '\n');
	hits_row(s, "departs", f, "departs", "  local time");
	hits_row(s, "arrives", f, "arrives", "  local time");
}

/* A kind that says no more than the title of its page. */
static void take_kind(struct hits_sheet *s, const struct json_node *evidence,
		      struct str kind)
{
	if (str_eq(json_node_text(json_node_get(evidence, "kind")), kind))
		hits_take(s, evidence, "kind");
}

void hits_print_evidence(struct buf *out, const struct json_node *evidence)
{
	static const struct {
		const char *member;
		struct str kind;
		void (*view)(struct hits_sheet *, const struct json_node *);
	} views[] = {
		{ "verdict", STR("profile"), hits_view_profile },
		{ "match", STR("list"), hits_view_match },
	};
	struct hits_sheet s = { .out = out };

	for (size_t i = 0; i < ARRAY_SIZE(views); i++) {
		if (json_node_kind(json_node_get(evidence, views[i].member)) !=
		    JSON_KIND_OBJECT)
			continue;
		take_kind(&s, evidence, views[i].kind);
		views[i].view(&s, evidence);
	}
	hits_rest(&s, evidence);
	hits_sheet_release(&s);
}
