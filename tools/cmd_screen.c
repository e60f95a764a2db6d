/*
 * cmd_screen.c - paxgate screen: files in, hits with evidence out
 */
#include "base/json_write.h"
#include "engine/screen_files.h"
#include "tools/cmd.h"
#include "tools/opt.h"

#include <inttypes.h>
#include <stdio.h>

static const char *config_file, *profiles, *watchlist, *country;
static bool as_table, exit_code;

static const struct opt opts[] = {
	{ "profiles", 'p', "DIR", OPT_TEXT, &profiles,
	  "profiles to run; '' for none" },
	{ "watchlist", 'w', "SNAP", OPT_TEXT, &watchlist,
	  "snapshot to match against" },
	{ "country", 0, "CODE", OPT_TEXT, &country,
	  "the PIU's State, ISO 3166 alpha-3" },
	{ "config", 'c', "FILE", OPT_TEXT, &config_file,
	  "settings; the options above go before them" },
	{ "table", 't', NULL, OPT_FLAG, &as_table,
	  "a table for people, without evidence" },
	{ "exit-code", 0, NULL, OPT_FLAG, &exit_code,
	  "end with code 1 when there are hits" },
	{ 0 },
};

static const struct opt_usage usage = {
	"screen",
	"[OPTIONS] FILE...",
	"Screen the messages in files: read, redact, link, run profiles and "
	"watchlist,\nand print the hits that stand at the end, one JSON object "
	"a line with its\nevidence. The same functions as the engine's, "
	"without "
	"broker and database.\nProfiles that nobody has approved yet run, "
	"marked as drafts. What cannot be\nread is named on standard error; "
	"the "
	"rest is used (exit code 3).",
	opts,
	"  paxgate screen --profiles etc/profiles day/*.edi\n"
	"  paxgate screen -p '' -w var/lists.snap --table day/*.edi\n"
	"  paxgate screen -c etc/paxgate.yaml X9417.edi | jq .evidence\n",
};

static void print_json(const struct file_hit *h, void *arg)
{
	struct buf line = { 0 };
	struct json j;
	char id[24], hash[2 * CRYPT_HASH_LEN + 1];

	(void)arg;
	json_init(&j, &line);
	json_open(&j, NULL, '{');
	snprintf(id, sizeof(id), "%016" PRIx64, (uint64_t)h->id);
	json_z(&j, "hit", id);
	json_z(&j, "flight", h->flight->key.text);
	json_z(&j, "kind", h->hit->kind == HIT_OF_LIST ? "list" : "profile");
	json_str(&j, "source", h->hit->source);
	json_int(&j, "revision", h->hit->revision);
	json_int(&j, "score", h->hit->score);
	if (h->hit->class)
		json_str(&j, "class", (struct str){ &h->hit->class, 1 });
	json_bool(&j, "draft", h->hit->draft);
	crypt_to_hex(hash, h->hit->evidence_hash, CRYPT_HASH_LEN);
	json_z(&j, "evidence_hash", hash);
	json_raw(&j, "evidence", h->hit->evidence);
	json_close(&j, '}');
	buf_byte(&line, '\n');
	fwrite(line.data, 1, line.len, stdout);
	buf_release(&line);
}

static void print_row(const struct file_hit *h, void *arg)
{
	const struct traveller *t = h->subject->traveller;

	(void)arg;
	printf("%-26s %c %4d  %-7s %-28.*s %.*s/%.*s\n", h->flight->key.text,
	       h->hit->class ? h->hit->class : ' ', h->hit->score,
	       h->hit->draft ? "draft" : "", STR_ARG(h->hit->source),
	       STR_ARG(t->surname), STR_ARG(t->given));
}

struct reader {
	const char *path;
	int failed;
};

static void tell_unreadable(const struct err *e, void *arg)
{
	struct reader *r = arg;

	fprintf(stderr, "%s:%zu: error: unreadable: %s\n", r->path, e->pos,
		e->text);
	r->failed++;
}

static int read_files(struct screen_files *sf, char **path, int nr,
		      struct reader *r, struct err *e)
{
	for (int i = 0; i < nr && !e->code; i++) {
		struct buf bytes = { 0 };
		struct err io = { 0 };

		r->path = path[i];
		if (buf_read_file(&bytes, path[i], sf->limits.message_bytes,
				  &io))
			tell_unreadable(&io, r);
		else if (screen_files_add(sf, buf_view(&bytes), tell_unreadable,
					  r, e))
			err_wrap(e, "%s", path[i]);
		buf_release(&bytes);
	}
	return e->code;
}

static void use_options(struct config *c)
{
	if (profiles)
		c->profiles = profiles;
	if (watchlist)
		c->watchlist = watchlist;
	if (country)
		c->country = country;
}

int cmd_screen(int argc, char **argv)
{
	struct arena a = { 0 };
	struct config c;
	struct err e = { 0 };
	struct screen_set set = { 0 };
	struct scope *scope = NULL;
	struct screen_files sf = { 0 };
	struct reader r = { 0 };
	int64_t hits = 0;
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first == argc)
		return opt_wrong(&usage, "needs at least one file");
	if (config_load(&c, config_file, &a, &e))
		goto done;
	use_options(&c);
	if (config_check(&c, &e) || crypt_init(&e) ||
	    screen_set_load(&set, &c, &e) || scope_load(&scope, c.scope, &e)) {
		config_file_error(&e);
		goto done;
	}
	screen_files_init(&sf, &set, scope,
			  (struct parse_limits){ (size_t)c.message_bytes });
	if (!read_files(&sf, argv + first, argc - first, &r, &e))
		hits = screen_files_finish(
			&sf, as_table ? print_row : print_json, NULL, &e);
	fprintf(stderr,
		"%lld messages, %lld travellers, %lld out of scope, %lld "
		"unreadable, %lld hits\n",
		(long long)sf.messages, (long long)sf.travellers,
		(long long)sf.out_of_scope, (long long)r.failed,
		(long long)(hits < 0 ? 0 : hits));
done:
	screen_files_release(&sf);
	scope_free(scope);
	screen_set_release(&set);
	arena_release(&a);
	if (e.code) {
		fprintf(stderr, "paxgate screen: %s\n", e.text);
		return err_exit_code(&e);
	}
	if (r.failed)
		return EXIT_INPUT;
	return exit_code && hits ? EXIT_FINDINGS : EXIT_OK;
}
