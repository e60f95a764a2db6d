/*
 * cmd_reply.c - paxgate reply: what airlines are answered to files
 */
#include "tools/cmd.h"

#include "engine/replies.h"
#include "tools/opt.h"

#include <stdio.h>
#include <time.h>

static const char *kind_word, *at_word;

static const struct opt opts[] = {
	{ "kind", 'k', "KIND", OPT_TEXT, &kind_word,
	  "contrl, ackres or cusres alone" },
	{ "at", 0, "TIME", OPT_TEXT, &at_word,
	  "UTC time for UNB, as 2026-11-22T10:00 (now)" },
	{ 0 },
};

static const struct opt_usage usage = {
	"reply",
	"[OPTIONS] FILE...",
	"Print what the engine would answer to the messages in files, one\n"
	"interchange a line, as if every kind had been agreed with the "
	"sender:\n"
	"a CONTRL to each interchange, an ACKRES to PNRGOV, a CUSRES to "
	"PAXLST.\n"
	"A CUSRES says that the list came (BGM 962); whether somebody may "
	"board\n"
	"is never answered here. A file '-' is standard input.\n"
	"\n"
	"Exit code 3 when a file holds nobody to answer: no interchange "
	"(UNB),\n"
	"or one that names no sender. The others are answered nevertheless.",
	opts,
	"  paxgate reply X9417.edi\n"
	"  paxgate reply --kind cusres --at 2026-11-14T09:16 X9417.edi\n",
};

/* What all files have in common. */
struct job {
	bool wanted[REPLY_KINDS];
	struct moment at;
	struct arena arena;
	struct buf bytes, out;
};

static void answer(struct job *j, const struct intake *in, uint32_t head)
{
	uint8_t hash[CRYPT_HASH_LEN];

	replies_hash(hash, in);
	for (int k = 0; k < REPLY_KINDS; k++) {
		buf_clear(&j->out);
		if (!j->wanted[k] ||
		    !replies_write(&j->out, in, head, (enum reply_kind)k, hash,
				   j->at))
			continue;
		buf_byte(&j->out, '\n');
		fwrite(j->out.data, 1, j->out.len, stdout);
	}
}

/* False when there was nobody to answer. */
static bool answer_file(struct job *j, const char *path)
{
	struct parse_limits limits = PARSE_LIMITS_DEFAULT;
	struct intake in;
	struct err e = { 0 };
	bool good = true;

	buf_clear(&j->bytes);
	if (buf_read_file(&j->bytes, path, limits.message_bytes, &e) < 0 ||
	    intake_read(&in, buf_view(&j->bytes), &limits, &j->arena, &e) < 0) {
		fprintf(stderr, "%s:%zu: error: nobody to answer: %s\n", path,
			e.pos, e.text);
		return false;
	}
	for (uint32_t i = 0; i < in.payload.nr_head; i++) {
		if (in.payload.head[i].sender.len) {
			answer(j, &in, i);
			continue;
		}
		fprintf(stderr,
			"%s:%u: error: nobody to answer: UNB names no sender\n",
			path, in.payload.head[i].unb);
		good = false;
	}
	return good;
}

static bool read_kind(struct job *j)
{
	bool known = !kind_word;

	for (int k = 0; k < REPLY_KINDS; k++) {
		j->wanted[k] = !kind_word || str_eq(str_of(kind_word),
						    str_of(reply_kind_name(k)));
		known |= j->wanted[k];
	}
	return known;
}

int cmd_reply(int argc, char **argv)
{
	struct job j = { .at = { time(NULL), MOMENT_SECOND } };
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv);
	bool good = true;

	if (first < 0)
		return opt_exit(first);
	if (!read_kind(&j))
		return opt_wrong(&usage, "--kind is contrl, ackres or cusres");
	if (at_word && !moment_read(str_of(at_word), &j.at))
		return opt_wrong(&usage,
				 "--at is a UTC time, as 2026-11-22T10:00");
	if (first == argc)
		return opt_wrong(&usage,
				 "name a file, or - for standard input");
	if (crypt_init(&e)) {
		fprintf(stderr, "paxgate reply: %s\n", e.text);
		return err_exit_code(&e);
	}
	for (int i = first; i < argc; i++) {
		good = answer_file(&j, argv[i]) && good;
		arena_clear(&j.arena);
	}
	buf_release(&j.bytes);
	buf_release(&j.out);
	arena_release(&j.arena);
	return good ? EXIT_OK : EXIT_INPUT;
}
