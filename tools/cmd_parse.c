/*
 * cmd_parse.c - paxgate parse: messages in files as JSON lines
 */
#include "tools/cmd.h"

#include "base/buf.h"
#include "engine/intake.h"
#include "tools/opt.h"

#include <stdio.h>

static const struct opt opts[] = { { 0 } };

static const struct opt_usage usage = {
	"parse",
	"[OPTIONS] FILE...",
	"Print the messages in files, one JSON object a line: what the engine\n"
	"would keep of them. Diagnostics go to standard error, too, as\n"
	"file:byte: severity: code: text. A file '-' is standard input.\n"
	"\n"
	"Exit code 0 when every message could be read, 3 when a file or a\n"
	"message in it could not; the others are printed nevertheless.",
	opts,
	"  paxgate parse day/*.edi\n"
	"  paxgate parse X9417.edi | jq .flight\n",
};

static void print_message(struct buf *out, const char *path,
			  const struct parsed *p)
{
	buf_clear(out);
	message_write_json(out, p);
	buf_byte(out, '\n');
	fwrite(out->data, 1, out->len, stdout);
	for (uint32_t i = 0; i < p->nr_diag; i++)
		fprintf(stderr, "%s:%u: %s: %s: " STR_FMT "\n", path,
			p->diag[i].byte, severity_name(p->diag[i].severity),
			p->diag[i].code, STR_ARG(p->diag[i].text));
}

/* Print the messages of one file; false when something was not readable. */
static bool parse_file(const char *path, struct buf *bytes, struct buf *out,
		       struct arena *a)
{
	struct parse_limits limits = PARSE_LIMITS_DEFAULT;
	struct intake intake;
	struct err e = { 0 };
	bool good = true;

	buf_clear(bytes);
	if (buf_read_file(bytes, path, limits.message_bytes, &e) < 0 ||
	    intake_read(&intake, buf_view(bytes), &limits, a, &e) < 0) {
		fprintf(stderr, "%s:%zu: error: %s\n", path, e.pos, e.text);
		return false;
	}
	for (uint32_t i = 0; i < intake.payload.nr_parsed; i++) {
		const struct parsed *p = &intake.payload.parsed[i];

		if (!p->error.code) {
			print_message(out, path, p);
			continue;
		}
		fprintf(stderr, "%s:%zu: error: quarantined: %s\n", path,
			p->error.pos, p->error.text);
		good = false;
	}
	return good;
}

int cmd_parse(int argc, char **argv)
{
	struct buf bytes = { 0 }, out = { 0 };
	struct arena a = { 0 };
	int first = opt_parse(&usage, argc, argv);
	bool good = true;

	if (first < 0)
		return opt_exit(first);
	if (first == argc)
		return opt_wrong(&usage, "name a file, or - for standard input");
	for (int i = first; i < argc; i++) {
		good = parse_file(argv[i], &bytes, &out, &a) && good;
		arena_clear(&a);
	}
	buf_release(&bytes);
	buf_release(&out);
	arena_release(&a);
	return good ? EXIT_OK : EXIT_INPUT;
}
