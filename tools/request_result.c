#include "tools/request_result.h"

#include "base/json.h"
#include "tools/register_cli.h"

/* "DOE" as it is, all else as JSON; control characters of a text are JSON's. */
static void put_value(struct buf *out, const struct json_node *n)
{
	json_node_write(out, n);
	buf_byte(out, '\n');
}

int request_put_record(struct json *j, const char *record, struct str plain,
		       const struct text_list *fields, struct err *e)
{
	struct json_node *doc = NULL;
	const struct json_node *n;
	struct buf value = { 0 };
	const char *key;
	void *iter = NULL;

	if (json_read(&doc, plain, e))
		return e->code;
	json_open(j, record, '{');
	while ((n = json_node_next(doc, &iter, &key))) {
		if (!request_field_is_in(fields, record, key))
			continue;
		buf_clear(&value);
		json_node_write(&value, n);
		json_raw(j, key, buf_view(&value));
	}
	json_close(j, '}');
	json_node_free(doc);
	if (value.data)
		crypt_wipe(value.data, value.len);
	buf_release(&value);
	return 0;
}

static void put_flight(struct json *j, const struct flight_row *f,
		       const struct text_list *fields)
{
	const struct {
		const char *member;
		struct str text;
	} texts[] = { { "carrier", f->carrier },
		      { "number", f->number },
		      { "origin", f->origin },
		      { "destination", f->destination } };

	json_open(j, "flight", '{');
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		if (request_field_is_in(fields, "flight", texts[i].member))
			json_str(j, texts[i].member, texts[i].text);
	if (request_field_is_in(fields, "flight", "departs"))
		json_moment(j, "departs", f->departs, false);
	if (request_field_is_in(fields, "flight", "arrives"))
		json_moment(j, "arrives", f->arrives, false);
	json_close(j, '}');
}

/* Open a blob and write what of it is granted; a row that is not there: nothing. */
static int put_sealed(struct json *j, const char *record, int64_t id,
		      int32_t day, struct str sealed, const uint8_t *key,
		      const struct text_list *fields, struct err *e)
{
	struct row_ref ref = { str_of(record), date_from_days(day), id };
	struct buf plain = { 0 };

	if (!sealed.ptr)
		return 0;
	if (!crypt_open_row(&plain, key, &ref, sealed, e))
		(void)!request_put_record(j, record, buf_view(&plain), fields,
					  e);
	if (plain.data)
		crypt_wipe(plain.data, plain.len);
	buf_release(&plain);
	return e->code;
}

int request_put_found(struct json *j, const struct request_found *f,
		      const struct text_list *fields,
		      const struct request_cli *c, struct err *e)
{
	const struct traveller_row *t = &f->traveller;
	const uint8_t *key;

	if (key_folder_day(c->keys, date_from_days(t->clock_day), DAY_KEY_OPEN,
			   &key, e))
		return e->code;
	json_open(j, NULL, '{');
	json_int(j, "row", f->row_nr);
	json_z(j, "clock_day", register_day_text(t->clock_day).text);
	put_flight(j, &f->flight, fields);
	if (!put_sealed(j, "traveller", t->traveller_id, t->clock_day,
			t->sealed, key, fields, e))
		(void)!put_sealed(j, "booking", f->booking.booking_id,
				  t->clock_day, f->booking.sealed, key, fields,
				  e);
	json_close(j, '}');
	return e->code;
}

void request_put_mark(struct json *j, const struct request *r, const char *who,
		      struct moment now)
{
	json_z(j, "request", request_name_of(r->id).text);
	json_str(j, "case", r->case_id);
	json_str(j, "offence", r->offence);
	json_str(j, "authority", r->requester);
	json_z(j, "by", who);
	json_moment(j, "at", now, true);
}

void request_put_mark_line(struct buf *out, const struct request *r,
			   const char *who, struct moment now)
{
	buf_fmt(out,
		"-- request %s, case " STR_FMT ", for " STR_FMT ", shown to "
		"%s at ",
		request_name_of(r->id).text, STR_ARG(r->case_id),
		STR_ARG(r->requester), who);
	moment_write(out, now, true);
	buf_z(out, " --\n");
}

int request_put_lines(struct buf *out, struct str object, struct err *e)
{
	struct json_node *doc = NULL;
	const struct json_node *n, *member;
	const char *record, *key;
	void *iter = NULL, *inner;

	if (json_read(&doc, object, e))
		return e->code;
	while ((n = json_node_next(doc, &iter, &record))) {
		if (json_node_kind(n) != JSON_KIND_OBJECT) {
			buf_fmt(out, "%s: ", record);
			put_value(out, n);
			continue;
		}
		inner = NULL;
		while ((member = json_node_next(n, &inner, &key))) {
			buf_fmt(out, "  %s.%s: ", record, key);
			put_value(out, member);
		}
	}
	json_node_free(doc);
	return 0;
}
