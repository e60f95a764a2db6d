/*
 * subject_cli.h - the verbs of `paxgate subject`, and what they share
 */
#ifndef TOOLS_SUBJECT_CLI_H
#define TOOLS_SUBJECT_CLI_H

#include "base/json.h"
#include "db/subject.h"
#include "engine/config.h"
#include "law/keymask.h"
#include "tools/consult.h"
#include "tools/opt.h"

/* The verbs; as a command. */
int subject_find_verb(int argc, char **argv);
int subject_export_verb(int argc, char **argv);
int subject_correct_verb(int argc, char **argv);
int subject_restrict_verb(int argc, char **argv);
int subject_erase_verb(int argc, char **argv);
int subject_list_verb(int argc, char **argv);

/* What the command line says; NULL: not given. */
struct subject_words {
	const char *config, *database;
	struct consult consult;
	const char *reason, *refuse;
	/* who opens masked records: a custodian, and the other of a pair */
	const char *custodian, *key_file, *passphrase_file, *other_key_file;
	bool as_json;
};

/* Rows of a verb's table of options; `w` is a static struct subject_words. */
#define SUBJECT_OPTS(w)                                                    \
	{ "config", 'c', "FILE", OPT_TEXT, &(w).config, "settings" },      \
		{ "database",                                              \
		  'd',                                                     \
		  "CONNINFO",                                              \
		  OPT_TEXT,                                                \
		  &(w).database,                                           \
		  "libpq keywords or URI, before the settings' one" },     \
		{ "purpose",                                               \
		  0,                                                       \
		  "CODE",                                                  \
		  OPT_TEXT,                                                \
		  &(w).consult.purpose,                                    \
		  "oversight, no other" },                                 \
		{ "case",                                                  \
		  0,                                                       \
		  "NUMBER",                                                \
		  OPT_TEXT,                                                \
		  &(w).consult.case_id,                                    \
		  "of the file with the person's request" },               \
		{ "reason",                                                \
		  'r',                                                     \
		  "SENTENCE",                                              \
		  OPT_TEXT,                                                \
		  &(w).reason,                                             \
		  "why, 10 to 1000 bytes; no name, it goes on record" },   \
	{                                                                  \
		"refuse", 0, "CODE", OPT_TEXT, &(w).refuse,                \
			"do not do it: why, a code of doc/dpo.md; prints " \
			"the answer"                                       \
	}

/* Those of verbs that open masked records, too. */
#define SUBJECT_CUSTODIAN_OPTS(w)                                                 \
	{ "custodian",	  0,                                                      \
	  "NAME",	  OPT_TEXT,                                               \
	  &(w).custodian, "masked records, too: whose key this is" },             \
		{ "key", 0, "FILE", OPT_TEXT, &(w).key_file, "his private key" }, \
		{ "passphrase-file", 0, "FILE", OPT_TEXT, &(w).passphrase_file,   \
		  "its passphrase" },                                             \
	{                                                                         \
		"other-key", 0, "FILE", OPT_TEXT, &(w).other_key_file,            \
			"the other's, where neither opens alone; without a "      \
			"passphrase"                                              \
	}

/* Settings, database and keys of a verb; close in any case. */
struct subject_cli {
	struct arena arena;
	struct config config;
	const struct subject_words *words;
	struct subject_act act;
	struct pg *pg;
	struct key_pair *pair, *his, *others;
	struct custodians *custodians;
	struct key_folder *keys;
};

/*
 * Open it: purpose, file, reason and account are looked at first. Returns 0 or
 * the error.
 */
MUST_CHECK int subject_open(struct subject_cli *c,
			    const struct subject_words *w, struct err *e);
void subject_close(struct subject_cli *c);

/*
 * With --refuse: put the refusal of `what` on record and print the answer for
 * the person. *done: it was, there is nothing else to do.
 */
MUST_CHECK int subject_refuse(bool *done, struct subject_cli *c,
			      const char *what, const struct subject_record *r,
			      uint32_t nr, struct err *e);

/* Read "20261122-9f3c01d2a4b5c6d7". Returns 0 or ERR_USAGE. */
MUST_CHECK int subject_record_read(struct subject_record *r, const char *text,
				   struct err *e);

/*
 * The traveller of a record and what belongs to him: *v NULL: none is stored
 * in an active day. Returns 0 or as subject_find().
 */
MUST_CHECK int subject_view_of(struct subject_view **v, struct subject_cli *c,
			       const struct subject_record *r, struct err *e);

/*
 * Open a blob of an active day, JSON, to be freed by json_node_free(). An
 * absent one gives NULL. Returns 0 or as key_folder_day(), crypt_open_row().
 */
MUST_CHECK int subject_unseal(struct json_node **out, struct subject_cli *c,
			      const char *table, int32_t day, int64_t id,
			      struct str sealed, struct err *e);

/* Seal one. In the arena of `c`. */
MUST_CHECK int subject_seal(struct str *out, struct subject_cli *c,
			    const char *table, int32_t day, int64_t id,
			    struct str plain, struct err *e);

/*
 * Open a masked record with the custodian's key; likewise. *out NULL: it has no
 * key for him.
 */
MUST_CHECK int subject_unseal_masked(struct json_node **out,
				     struct subject_cli *c,
				     const struct masked_record_row *m,
				     struct err *e);

/* Tell who has to be told of a correction, restriction or erasure. */
void subject_print_told(const struct row_texts *told);

#endif
