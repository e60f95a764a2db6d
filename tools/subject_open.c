/*
 * subject_open.c - what the verbs of `paxgate subject` begin with
 */
#include "db/query.h"
#include "law/keyfile.h"
#include "tools/database.h"
#include "tools/passphrase.h"
#include "tools/subject_cli.h"

#include <stdio.h>

enum { CASE_MAX = 64, KEPT_MAX = 1 << 30 };

static bool is_case(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!str_is_alnum(str_slice(s, i, i + 1)) && s.ptr[i] != '/' &&
		    s.ptr[i] != '.' && s.ptr[i] != '_' && s.ptr[i] != '-')
			return false;
	return s.len && s.len <= CASE_MAX;
}

static int read_act(struct subject_cli *c, struct err *e)
{
	const struct subject_words *w = c->words;
	struct str none = STR("");

	c->act = (struct subject_act){
		.purpose = STR("oversight"),
		.case_id =
			w->consult.case_id ? str_of(w->consult.case_id) : none,
		.reason = w->reason ? str_trim(str_of(w->reason)) : none,
	};
	if (!is_case(c->act.case_id))
		return err_at(e, ERR_LEGAL, 0,
			      "--case takes the number of the file with the "
			      "person's request, at most %d letters, digits "
			      "and -/._",
			      CASE_MAX);
	if (c->act.reason.len < SUBJECT_REASON_LEAST ||
	    c->act.reason.len > SUBJECT_REASON_MAX)
		return err_at(e, ERR_LEGAL, 0,
			      "--reason takes a sentence of %d to %d bytes: "
			      "why you do it. No name in it, it goes on record",
			      SUBJECT_REASON_LEAST, SUBJECT_REASON_MAX);
	return 0;
}

static int open_custodian(struct subject_cli *c, struct err *e)
{
	const struct subject_words *w = c->words;
	struct buf words = { 0 };

	if (!w->custodian)
		return 0;
	if (!w->key_file)
		return err_at(e, ERR_USAGE, 0,
			      "--custodian goes with --key FILE, his private "
			      "key");
	if (!passphrase_read(&words, w->passphrase_file, e))
		(void)!custodian_key_load(&c->his, w->key_file,
					  buf_view(&words), e);
	passphrase_forget(&words);
	if (!e->code && w->other_key_file)
		(void)!custodian_key_load(&c->others, w->other_key_file,
					  STR(""), e);
	return e->code;
}

int subject_open(struct subject_cli *c, const struct subject_words *w,
		 struct err *e)
{
	const struct config *s = &c->config;

	*c = (struct subject_cli){ .words = w };
	if (tool_settings(&c->config, w->config, w->database, &c->arena, e) ||
	    consult_oversight(&w->consult, s, e) || read_act(c, e) ||
	    crypt_init(e) || database_open_checked(&c->pg, s, e) ||
	    consult_account(&w->consult, c->pg, s, NULL, e) ||
	    subject_may(c->pg, &c->act, e))
		return e->code;
	if (w->refuse)
		return 0; /* nothing is opened */
	if (key_pair_load(&c->pair, s->engine_key, e) ||
	    key_folder_open(&c->keys, s->key_folder, c->pair, e) ||
	    custodians_load(&c->custodians, s->custodians, e))
		return e->code;
	key_folder_custodians(c->keys, c->custodians);
	return open_custodian(c, e);
}

void subject_close(struct subject_cli *c)
{
	pg_close(c->pg);
	key_folder_free(c->keys);
	custodians_free(c->custodians);
	key_pair_free(c->pair);
	key_pair_free(c->his);
	key_pair_free(c->others);
	arena_release(&c->arena);
}

int subject_record_read(struct subject_record *r, const char *text,
			struct err *e)
{
	if (hit_name_read(str_of(text), &r->day, &r->id))
		return 0;
	return err_at(e, ERR_USAGE, 0,
		      "'%.40s' is no record; copy it from 'paxgate subject "
		      "find'",
		      text);
}

int subject_view_of(struct subject_view **v, struct subject_cli *c,
		    const struct subject_record *r, struct err *e)
{
	struct row_number id = { r->id, true };
	uint32_t nr;

	if (!subject_find(v, &nr, c->pg, r->day, NULL, id, &c->arena, e) && !nr)
		*v = NULL;
	return e->code;
}

static int read_plain(struct json_node **out, struct buf *plain, struct err *e)
{
	if (!e->code)
		(void)!json_read(out, buf_view(plain), e);
	crypt_wipe(plain->data, plain->len);
	buf_release(plain);
	return e->code;
}

int subject_unseal(struct json_node **out, struct subject_cli *c,
		   const char *table, int32_t day, int64_t id,
		   struct str sealed, struct err *e)
{
	struct row_ref ref = { str_of(table), date_from_days(day), id };
	struct buf plain = { 0 };
	const uint8_t *key;

	*out = NULL;
	if (!sealed.ptr)
		return 0;
	if (!key_folder_day(c->keys, ref.clock_day, DAY_KEY_OPEN, &key, e))
		(void)!crypt_open_row(&plain, key, &ref, sealed, e);
	return read_plain(out, &plain, e);
}

int subject_seal(struct str *out, struct subject_cli *c, const char *table,
		 int32_t day, int64_t id, struct str plain, struct err *e)
{
	struct row_ref ref = { str_of(table), date_from_days(day), id };
	struct buf sealed = { 0 };
	const uint8_t *key;

	if (!key_folder_day(c->keys, ref.clock_day, DAY_KEY_OPEN, &key, e)) {
		crypt_seal_row(&sealed, key, &ref, plain);
		if (sealed.failed)
			(void)err_at(e, ERR_NOMEM, 0, "out of memory");
		*out = arena_str(&c->arena, buf_view(&sealed));
	}
	buf_release(&sealed);
	return e->code;
}

int subject_unseal_masked(struct json_node **out, struct subject_cli *c,
			  const struct masked_record_row *m, struct err *e)
{
	struct date d = date_from_days(m->clock_day);
	struct row_ref ref = { STR("masked_record"), d, m->record_id };
	struct buf file = { 0 }, plain = { 0 };
	struct str path =
		arena_fmt(&c->arena, "%s/%04d-%02d-%02d.kept",
			  c->config.key_folder, d.year, d.month, d.day);
	uint8_t *key = crypt_secret_new(CRYPT_KEY_LEN);

	*out = NULL;
	if (!key)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (!buf_read_file(&file, path.ptr, KEPT_MAX, e) &&
	    key_kept_unwrap(key, buf_view(&file), d, m->record_id,
			    str_of(c->words->custodian), c->his, c->others) &&
	    !crypt_open_row(&plain, key, &ref, m->sealed, e))
		(void)!read_plain(out, &plain, e);
	crypt_secret_free(key);
	buf_release(&file);
	buf_release(&plain);
	return e->code;
}

int subject_refuse(bool *done, struct subject_cli *c, const char *what,
		   const struct subject_record *r, uint32_t nr, struct err *e)
{
	struct str article, meaning;

	*done = c->words->refuse != NULL;
	if (!*done)
		return 0;
	if (subject_refusal(&article, &meaning, c->pg, str_of(c->words->refuse),
			    &c->arena, e) ||
	    subject_note(c->pg, &c->act, what, str_of(c->words->refuse), r, nr,
			 e))
		return e->code;
	printf("File %s: the request (%s) is refused.\n"
	       "Ground: " STR_FMT ": " STR_FMT ".\n"
	       "You may complain to the supervisory authority, have your "
	       "rights exercised\n"
	       "through it, and seek a judicial remedy (Directive (EU) "
	       "2016/680 Art. 15(3),\n"
	       "16(4), 17, 52, 54). Authorities: 'paxgate authority list', "
	       "kind independent.\n",
	       c->words->consult.case_id, what, STR_ARG(article),
	       STR_ARG(meaning));
	return 0;
}

void subject_print_told(const struct row_texts *told)
{
	for (uint32_t i = 0; i < told->nr; i++)
		printf("to be told: " STR_FMT
		       ", which was referred to because of it (Directive (EU) "
		       "2016/680 Art. 16(6))\n",
		       STR_ARG(told->v[i]));
}
