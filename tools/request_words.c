#include "tools/request_words.h"

#include "law/keyfile.h"
#include "tools/register_cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { WORDS_MAX = 1 << 16 };

int request_read_private(struct str *text, const char *path, struct arena *a,
			 struct err *e)
{
	struct buf all = { 0 };
	int fd;

	if (strcmp(path, "-") != 0) {
		fd = key_file_open(path, e);
		if (fd < 0)
			return e->code;
		close(fd);
	}
	if (!buf_read_file(&all, path, WORDS_MAX, e))
		*text = arena_str(a, buf_view(&all));
	if (all.data)
		crypt_wipe(all.data, all.len);
	buf_release(&all);
	return e->code;
}

int request_write_private(const char *path, struct str bytes, struct err *e)
{
	return key_file_create(path, bytes, 0600, e);
}

int request_read_form(struct request_form *out, enum request_kind kind,
		      const char *path, struct arena *a, struct err *e)
{
	struct str text;

	if (request_read_private(&text, path, a, e))
		return e->code;
	if (request_form_read(out, kind, text, a, e))
		return err_wrap(e, "%s", path);
	return 0;
}

static struct row_ref words_ref(int32_t day, int64_t id)
{
	return (struct row_ref){ STR("request"), date_from_days(day), id };
}

int request_seal_words(struct str *sealed, struct request_cli *c, int32_t day,
		       int64_t id, struct str words, struct err *e)
{
	struct row_ref ref = words_ref(day, id);
	struct buf out = { 0 };
	const uint8_t *key;

	if (key_folder_day(c->keys, ref.clock_day, DAY_KEY_CREATE, &key, e))
		return e->code;
	crypt_seal_row(&out, key, &ref, words);
	if (out.failed)
		(void)err_at(e, ERR_NOMEM, 0, "out of memory");
	*sealed = arena_str(&c->arena, buf_view(&out));
	buf_release(&out);
	return e->code;
}

int request_open_words(struct str *words, struct request_cli *c,
		       const struct request *r, struct str sealed,
		       struct err *e)
{
	struct row_ref ref = words_ref(r->opened_on, r->id);
	struct buf out = { 0 };
	const uint8_t *key;

	if (key_folder_day(c->keys, ref.clock_day, DAY_KEY_OPEN, &key, e) ||
	    crypt_open_row(&out, key, &ref, sealed, e))
		return e->code;
	*words = arena_str(&c->arena, buf_view(&out));
	crypt_wipe(out.data, out.len);
	buf_release(&out);
	return 0;
}

int request_make(struct request_new *n, struct request_cli *c,
		 const struct request_form *f, struct err *e)
{
	*n = (struct request_new){
		.case_id = f->case_id,
		.offence = f->offence,
		.requester = f->authority,
		.persons = f->persons,
		.fields = { f->fields.item, f->fields.nr },
		.from = date_is_set(f->from) ? (int32_t)date_to_days(f->from)
					     : 0,
		.until = date_is_set(f->until) ? (int32_t)date_to_days(f->until)
					       : 0,
		.row_cap = f->rows,
		.alike = f->alike,
		.urgent = f->urgent_why.ptr != NULL,
		.records = { f->records.item, f->records.nr },
		.today = register_today(),
	};
	crypt_random(&n->id, sizeof(n->id));
	return request_seal_words(&n->sealed, c, n->today, n->id, f->words, e);
}
