#include "tools/hits_steps.h"

#include "base/json.h"
#include "tools/hits_sheet.h"

/* What people call the bits of enum review_change. */
static const struct {
	enum review_change bit;
	const char *word;
} change_words[] = {
	{ REVIEW_DATA, "data" },	 { REVIEW_SCORE, "score" },
	{ REVIEW_DEPARTS, "departure" }, { REVIEW_PROFILE, "profile" },
	{ REVIEW_QUALITY, "quality" },
};

void hits_steps_changes(struct buf *out, const struct hit_view *v,
			const struct row_number *quality)
{
	unsigned is = review_changes(v, quality);
	const char *between = "";

	for (size_t i = 0; i < ARRAY_SIZE(change_words); i++) {
		if (!(is & change_words[i].bit))
			continue;
		buf_fmt(out, "%s%s", between, change_words[i].word);
		between = ", ";
	}
}

void hits_steps_changes_json(struct json *j, const struct hit_view *v,
			     const struct row_number *quality)
{
	unsigned is = review_changes(v, quality);

	json_open(j, "changed", '[');
	for (size_t i = 0; i < ARRAY_SIZE(change_words); i++)
		if (is & change_words[i].bit)
			json_z(j, NULL, change_words[i].word);
	json_close(j, ']');
}

/* "  suspicion: ...", a line for each of the reviewer's words. */
static int put_words(struct buf *out, const struct review_row *r,
		     const struct hits_keys *keys, struct err *e)
{
	struct buf plain = { 0 };
	struct json_node *doc = NULL;
	const struct json_node *n;
	const char *key;
	void *iter = NULL;

	if (!hits_open_words(&plain, keys, r, e) &&
	    !json_read(&doc, buf_view(&plain), e))
		while ((n = json_node_next(doc, &iter, &key))) {
			buf_fmt(out, "    %s: ", key);
			hits_text(out, json_node_text(n));
			buf_byte(out, '\n');
		}
	json_node_free(doc);
	buf_release(&plain);
	return e->code;
}

static void put_step(struct buf *out, const struct review_row *r)
{
	buf_fmt(out, "  %d  ", r->step);
	moment_write(out, r->at, true);
	buf_fmt(out, "  %-10.*s", STR_ARG(r->state));
	hits_text(out, r->reviewer);
	if (r->reason.ptr) {
		buf_z(out, "  ");
		hits_text(out, r->reason);
	}
	if (r->recipient.ptr) {
		buf_z(out, "  to ");
		hits_text(out, r->recipient);
	}
	if (r->view_seconds.set)
		buf_fmt(out, "  after %lld s", (long long)r->view_seconds.v);
	buf_byte(out, '\n');
	for (uint32_t i = 0; i < r->answers.nr; i++) {
		buf_z(out, i ? ", " : "    ");
		hits_text(out, r->answers.v[i]);
	}
	if (r->answers.nr)
		buf_byte(out, '\n');
}

int hits_steps_print(struct buf *out, const struct hit_view *v,
		     const struct review_row *step, uint32_t nr,
		     const struct row_number *quality,
		     const struct hits_keys *keys, struct err *e)
{
	if (!nr)
		return 0;
	buf_z(out, "\nREVIEW\n");
	for (uint32_t i = 0; i < nr; i++) {
		put_step(out, &step[i]);
		if (step[i].sealed.ptr && put_words(out, &step[i], keys, e))
			return e->code;
	}
	if (review_changes(v, quality)) {
		buf_z(out, "  CHANGED since the last step: ");
		hits_steps_changes(out, v, quality);
		buf_byte(out, '\n');
	}
	return 0;
}

static int put_json(struct json *j, const struct review_row *r,
		    const struct hits_keys *keys, struct err *e)
{
	struct buf plain = { 0 };
	int rc = 0;

	json_open(j, NULL, '{');
	json_int(j, "step", r->step);
	json_str(j, "state", r->state);
	json_str(j, "reviewer", r->reviewer);
	json_moment(j, "at", r->at, true);
	json_str(j, "reason", r->reason);
	json_str(j, "offence", r->offence);
	json_str(j, "air_link", r->air_link);
	json_str(j, "recipient", r->recipient);
	json_open(j, "answers", '[');
	for (uint32_t i = 0; i < r->answers.nr; i++)
		json_str(j, NULL, r->answers.v[i]);
	json_close(j, ']');
	if (r->sealed.ptr) {
		rc = hits_open_words(&plain, keys, r, e);
		json_raw(j, "words", rc ? STR("null") : buf_view(&plain));
	}
	json_close(j, '}');
	buf_release(&plain);
	return rc;
}

int hits_steps_json(struct json *j, const struct hit_view *v,
		    const struct review_row *step, uint32_t nr,
		    const struct row_number *quality,
		    const struct hits_keys *keys, struct err *e)
{
	int rc = 0;

	hits_steps_changes_json(j, v, quality);
	json_open(j, "review", '[');
	for (uint32_t i = 0; i < nr && rc == 0; i++)
		rc = put_json(j, &step[i], keys, e);
	json_close(j, ']');
	return rc;
}
