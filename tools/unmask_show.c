/*
 * unmask_show.c - paxgate unmask show: the records, for a while
 */
#include "base/json.h"
#include "db/query.h"
#include "db/unmask.h"
#include "engine/retention_seal.h"
#include "law/keyfile.h"
#include "law/unmask.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/register_cli.h"
#include "tools/request_result.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static struct request_cli cli;
static const char *key_file;
static bool as_json;

/* clang-format off */
static const struct opt opts[] = {
	REQUEST_OPTS(cli),
	CONSULT_OPTS(cli.consult),
	{ "key", 'k', "FILE", OPT_TEXT, &key_file, "your key for this once, of 'unmask request'" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON, one record a line" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage usage = {
	"unmask show",
	"[OPTIONS] --key FILE RELEASED",
	"Look at records that were unmasked: RELEASED is what the custodians "
	"made. The fields\nthat were asked for are shown, under a watermark. "
	"From the first look on there are\nsome minutes (ref.request_limit, "
	"view_minutes), by the server's clock; a terminal is\ncleared then, "
	"or when you press return. The data protection officer is told.",
	opts,
	"  paxgate unmask show --purpose investigation --offence 04 --case "
	"26-114 \\\n    --key case-26-114.unmask.key released\n",
};

/* The released keys, and the request they are for. */
static int read_release(struct unmask_release *r, int64_t *id, const char *path,
			struct err *e)
{
	struct buf all = { 0 };

	if (!buf_read_file(&all, path, UNMASK_FILE_MAX, e) &&
	    unmask_release_read(r, arena_str(&cli.arena, buf_view(&all)),
				&cli.arena, e))
		err_wrap(e, "%s", path);
	buf_release(&all);
	if (!e->code && !request_name_read(r->request, id))
		(void)err_at(e, ERR_SYNTAX, 0, "%s: it names no request", path);
	return e->code;
}

/* Members of the sealed record that are granted. */
static int put_parts(struct json *j, struct str plain,
		     const struct text_list *fields, struct err *e)
{
	static const char *const record[] = { "traveller", "booking" };

	for (size_t i = 0; i < ARRAY_SIZE(record); i++) {
		struct str part = json_skim(plain, record[i]);

		if (part.ptr && !str_eq(part, STR("null")) &&
		    request_put_record(j, record[i], part, fields, e))
			return e->code;
	}
	if (request_field_is_in(fields, "hits", "evidence"))
		json_raw(j, "hits", json_skim(plain, "hits"));
	return 0;
}

static void put_flight(struct json *j, const struct masked_record_row *m)
{
	json_open(j, "flight", '{');
	json_str(j, "carrier", m->carrier);
	json_str(j, "number", m->number);
	json_str(j, "origin", m->origin);
	json_str(j, "destination", m->destination);
	json_moment(j, "departs", m->departs, false);
	json_close(j, '}');
}

static int put_record(struct json *j, const struct masked_record_row *m,
		      const struct unmask_release *r,
		      const struct key_pair *once,
		      const struct text_list *fields, struct err *e)
{
	struct row_ref ref = retention_ref(m->clock_day, m->record_id);
	uint8_t *key = crypt_secret_new(CRYPT_KEY_LEN);
	struct buf plain = { 0 };

	if (!key)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (!unmask_open(key, r, ref.clock_day, m->record_id, once))
		(void)err_at(e, ERR_LEGAL, 0,
			     "Directive (EU) 2016/681 Art. 12(3): the key of "
			     "record '%s' was not released to yours",
			     hit_name_of(m->clock_day, m->record_id).text);
	else if (!crypt_open_row(&plain, key, &ref, m->sealed, e)) {
		json_open(j, NULL, '{');
		json_z(j, "record",
		       hit_name_of(m->clock_day, m->record_id).text);
		put_flight(j, m);
		(void)!put_parts(j, buf_view(&plain), fields, e);
		json_close(j, '}');
	}
	crypt_secret_free(key);
	if (plain.data)
		crypt_wipe(plain.data, plain.len);
	buf_release(&plain);
	return e->code;
}

static int put_all(struct buf *out, const struct request *req,
		   const struct unmask_release *r, const struct key_pair *once,
		   struct err *e)
{
	struct text_list fields = { (struct str *)req->fields.v,
				    req->fields.nr };
	struct moment now = { (int64_t)time(NULL), MOMENT_SECOND };
	struct masked_record_row *m;
	struct buf one = { 0 };
	struct json j;
	uint32_t nr;

	if (unmask_rows(&m, &nr, cli.pg, req->id, &cli.arena, e))
		return e->code;
	for (uint32_t i = 0; i < nr && !e->code; i++) {
		buf_clear(&one);
		json_init(&j, &one);
		if (put_record(&j, &m[i], r, once, &fields, e))
			break;
		if (as_json) {
			buf_str(out, buf_view(&one));
			buf_byte(out, '\n');
			continue;
		}
		request_put_mark_line(out, req, pg_role(cli.pg), now);
		(void)!request_put_lines(out, buf_view(&one), e);
	}
	if (one.data)
		crypt_wipe(one.data, one.len);
	buf_release(&one);
	return e->code;
}

/* When this look ends. */
static int view_end(struct moment *until, int64_t id, struct err *e)
{
	struct request_step *s;
	uint32_t nr;

	if (request_steps(&s, &nr, cli.pg, id, &cli.arena, e))
		return e->code;
	for (uint32_t i = 0; i < nr; i++)
		if (str_eq(s[i].step, STR("view")))
			*until = s[i].until;
	return 0;
}

/* On a terminal: a screen of its own, gone when the time is over. */
static void print_for_a_while(struct str text, struct moment until)
{
	int64_t left = (until.s - (int64_t)time(NULL)) * 1000;
	struct pollfd p = { STDIN_FILENO, POLLIN, 0 };
	bool screen = isatty(STDOUT_FILENO) && isatty(STDIN_FILENO);

	if (screen)
		fputs("\033[?1049h\033[H", stdout);
	fwrite(text.ptr, 1, text.len, stdout);
	if (!screen)
		return;
	fputs("-- return ends the view --\n", stdout);
	fflush(stdout);
	(void)poll(&p, 1, left > INT32_MAX ? INT32_MAX : (int)left);
	fputs("\033[2J\033[?1049l", stdout);
	fflush(stdout);
}

static struct audit_event event_of(const struct request *req,
				   const struct unmask_release *r)
{
	struct audit_event ev = request_said(&cli);

	ev.fields = (struct audit_codes){ req->fields.v, req->fields.nr };
	ev.review_authority = req->court;
	ev.review_decision = req->decision;
	ev.second_person = r->by; /* who released */
	ev.subjects = (struct audit_count){ req->row_cap, true };
	ev.dpo_notice = STR("dpo-task");
	return ev;
}

static int show(const char *path, struct err *e)
{
	struct unmask_release r;
	struct key_pair *once = NULL;
	struct moment until = NO_MOMENT;
	struct audit_event ev;
	struct request req;
	struct buf out = { 0 };
	struct str hash = { (const char *)r.file_hash, CRYPT_HASH_LEN };
	int64_t id;

	if (request_cli_consult(&cli, e) || read_release(&r, &id, path, e) ||
	    request_same(&req, &cli, id, e) ||
	    unmask_key_load(&once, key_file, e))
		return e->code;
	ev = event_of(&req, &r);
	if (!unmask_view(cli.pg, id, hash, &ev, e) &&
	    !put_all(&out, &req, &r, once, e) && !view_end(&until, id, e))
		print_for_a_while(buf_view(&out), until);
	key_pair_free(once);
	if (out.data)
		crypt_wipe(out.data, out.len);
	buf_release(&out);
	return e->code;
}

int unmask_show_verb(int argc, char **argv)
{
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first != argc - 1)
		return opt_wrong(&usage, "name what was released");
	if (!key_file)
		return opt_wrong(&usage, "say --key");
	(void)!show(argv[first], &e);
	request_cli_close(&cli);
	return e.code ? tool_fail("unmask show", &e) : EXIT_OK;
}
