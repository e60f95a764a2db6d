#include "parsers/record_json.h"

#include "parsers/field.h"
#include "parsers/message.h"

#include <string.h>

/*
 * Keys that are always there, null when absent: those of design section 3.
 * A macro that is defined as 1 makes IS_SHOWN() of its name true.
 */
/* clang-format off */
#define SHOW_message_type		1
#define SHOW_message_version		1
#define SHOW_message_function		1
#define SHOW_message_sender		1
#define SHOW_message_sent_at		1
#define SHOW_flight_carrier		1
#define SHOW_flight_number		1
#define SHOW_flight_origin		1
#define SHOW_flight_destination		1
#define SHOW_flight_departs		1
#define SHOW_flight_arrives		1
#define SHOW_booking_locator		1
#define SHOW_booking_created_at		1
#define SHOW_booking_legs		1
#define SHOW_booking_payments		1
#define SHOW_booking_contacts		1
#define SHOW_booking_ssr		1
#define SHOW_booking_tickets		1
#define SHOW_booking_split_from		1
#define SHOW_booking_history		1
#define SHOW_booking_travellers		1
#define SHOW_traveller_surname		1
#define SHOW_traveller_given		1
#define SHOW_traveller_title		1
#define SHOW_traveller_type		1
#define SHOW_traveller_birth_date	1
#define SHOW_traveller_sex		1
#define SHOW_traveller_nationality	1
#define SHOW_traveller_documents	1
#define SHOW_traveller_visas		1
#define SHOW_traveller_seats		1
#define SHOW_traveller_bags		1
#define SHOW_document_type		1
#define SHOW_document_number		1
#define SHOW_document_issuer		1
#define SHOW_document_expires		1

#define BEFORE_1		~,
#define SECOND(a, b, ...)	b
#define PICK(...)		SECOND(__VA_ARGS__, 0, 0)
#define IS_ONE(value)		IS_ONE_(value)
#define IS_ONE_(value)		PICK(BEFORE_##value 1)

#define RECORD(s)
#define END(s)
#define PLAIN(decl)
#define FIELD(s, m, ...)	IS_ONE(SHOW_##s##_##m),
#define LIST(s, m, ...)		IS_ONE(SHOW_##s##_##m),
#define ONE(s, m, ...)		1,
#define DERIVED(...)		0,
#define DERIVED_LIST(...)	0,

/* In the order of field_table. */
static const bool shown[] = {
#include "parsers/record.def"
};
/* clang-format on */

static void write_record(struct json *j, const char *key,
			 const struct field *first, const char *r);

static void write_list(struct json *j, const struct field *f, const char *r)
{
	const struct field *child = field_first(f->child);
	const char *items;
	uint32_t nr;

	if (!*(const bool *)(r + f->known_offset)) {
		if (shown[f - field_table])
			json_null(j, f->name);
		return;
	}
	memcpy(&items, r + f->offset, sizeof(items));
	memcpy(&nr, r + f->nr_offset, sizeof(nr));
	json_open(j, f->name, '[');
	for (uint32_t i = 0; i < nr; i++)
		write_record(j, NULL, child, items + i * f->child_size);
	json_close(j, ']');
}

static void write_money(struct json *j, const char *key, const struct money *m)
{
	json_open(j, key, '{');
	json_milli(j, "amount", m->milli);
	json_str(j, "currency", m->currency);
	json_close(j, '}');
}

/* Is the scalar absent? */
static bool is_absent(const struct field *f, const char *m)
{
	switch (f->type) {
	case FIELD_INT:
	case FIELD_DECIMAL:
		return !((const struct number *)m)->set;
	case FIELD_MONEY:
		return !((const struct money *)m)->set;
	case FIELD_BOOL:
		return *(const enum flag *)m == FLAG_UNSET;
	case FIELD_DATE:
		return !date_is_set(*(const struct date *)m);
	case FIELD_UTC:
	case FIELD_LOCAL:
		return !moment_is_set(*(const struct moment *)m);
	default:
		return !((const struct str *)m)->ptr;
	}
}

static void write_scalar(struct json *j, const struct field *f, const char *m)
{
	switch (f->type) {
	case FIELD_INT:
		json_int(j, f->name, ((const struct number *)m)->v);
		break;
	case FIELD_DECIMAL:
		json_milli(j, f->name, ((const struct number *)m)->v);
		break;
	case FIELD_MONEY:
		write_money(j, f->name, (const struct money *)m);
		break;
	case FIELD_BOOL:
		json_bool(j, f->name, *(const enum flag *)m == FLAG_YES);
		break;
	case FIELD_DATE:
		json_date(j, f->name, *(const struct date *)m);
		break;
	case FIELD_UTC:
	case FIELD_LOCAL:
		json_moment(j, f->name, *(const struct moment *)m,
			    f->type == FIELD_UTC);
		break;
	default:
		json_str(j, f->name, *(const struct str *)m);
	}
}

static void write_fields(struct json *j, const struct field *f, const char *r)
{
	const char *record = f->record;
	const struct field *end = field_table + field_table_nr;

	for (; f < end && f->record == record && !f->derived; f++) {
		if (f->type == FIELD_LIST)
			write_list(j, f, r);
		else if (f->type == FIELD_ONE)
			write_record(j, f->name, field_first(f->child),
				     r + f->offset);
		else if (!is_absent(f, r + f->offset))
			write_scalar(j, f, r + f->offset);
		else if (shown[f - field_table])
			json_null(j, f->name);
	}
}

static void write_record(struct json *j, const char *key,
			 const struct field *first, const char *r)
{
	json_open(j, key, '{');
	write_fields(j, first, r);
	json_close(j, '}');
}

void record_write_json(struct json *j, const char *key, const char *record,
		       const void *r)
{
	write_record(j, key, field_first(record), r);
}

void message_write_json(struct buf *out, const struct parsed *p)
{
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	write_fields(&j, field_first("message"), (const char *)&p->message);
	json_open(&j, "diagnostics", '[');
	for (uint32_t i = 0; i < p->nr_diag; i++) {
		const struct diag *d = &p->diag[i];

		json_open(&j, NULL, '{');
		json_z(&j, "severity", severity_name(d->severity));
		json_z(&j, "code", d->code);
		json_int(&j, "byte", d->byte);
		json_str(&j, "text", d->text);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_close(&j, '}');
}
