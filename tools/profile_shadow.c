/*
 * profile_shadow.c - paxgate profile shadow: what it would have hit
 */
#include "base/json.h"
#include "db/shadow.h"
#include "law/keyfile.h"
#include "law/keyfolder.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/opt.h"
#include "tools/profile_cli.h"

#include <stdio.h>
#include <time.h>

enum { DEFAULT_DAYS = 30, MOST_SAMPLES = 100 };

static const char *config_file, *database, *since;
static int64_t samples = 5;

static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database,
	  "libpq keywords or URI, before the settings' one" },
	{ "since", 's', "DATE", OPT_TEXT, &since,
	  "first clock_day (30 days ago)" },
	{ "samples", 'n', "N", OPT_INT, &samples, "so many (5)" },
	{ 0 },
};

static const struct opt_usage usage = {
	"profile shadow",
	"[OPTIONS] NAME",
	"What a profile said in shadow, for its author: how many travellers a "
	"day and which\nshare of them, how many of these live profiles hit as "
	"well, and samples, masked:\nthe flight, the score and each clause's "
	"outcome ('+' true, '-' false, '?' unknown);\nno person and no value. "
	"Samples need the engine's keys.",
	opts,
	"  paxgate profile shadow minor-through-hub\n"
	"  paxgate profile shadow minor-through-hub -n 20 --since 2026-11-01\n",
};

struct view {
	struct config config;
	struct arena arena;
	struct pg *pg;
	struct key_pair *pair;
	struct key_folder *keys;
	struct str profile;
	int32_t first;
};

static int show_days(struct view *v, struct err *e)
{
	struct shadow_day *d;
	uint32_t nr;

	if (shadow_days(&d, &nr, v->pg, v->profile, v->first, &v->arena, e))
		return e->code;
	if (!nr)
		puts("nobody: it did not run in shadow, or hit nobody");
	for (uint32_t i = 0; i < nr; i++) {
		struct buf day = { 0 };

		date_write(&day, date_from_days(d[i].clock_day));
		printf(STR_FMT "  revision %d  %lld of %lld travellers, %lld "
			       "per million\n",
		       STR_ARG(buf_view(&day)), d[i].revision,
		       (long long)d[i].n, (long long)d[i].travellers,
		       (long long)(d[i].travellers
					   ? d[i].n * 1000000 / d[i].travellers
					   : 0));
		buf_release(&day);
	}
	return 0;
}

static int show_overlap(struct view *v, struct err *e)
{
	struct shadow_overlap *o;
	uint32_t nr;

	if (shadow_overlaps(&o, &nr, v->pg, v->profile, v->first, &v->arena, e))
		return e->code;
	for (uint32_t i = 0; i < nr; i++)
		printf("%lld of them are hits of " STR_FMT "\n",
		       (long long)o[i].n, STR_ARG(o[i].source));
	return 0;
}

static void print_clauses(const struct json_node *clauses)
{
	for (size_t i = 0; i < json_node_nr(clauses); i++) {
		const struct json_node *c = json_node_at(clauses, i);
		struct str id = json_node_text(json_node_get(c, "id"));
		struct str is = json_node_text(json_node_get(c, "outcome"));

		printf(" %c" STR_FMT,
		       str_eq(is, STR("true"))	  ? '+'
		       : str_eq(is, STR("false")) ? '-'
						  : '?',
		       STR_ARG(id));
	}
	putchar('\n');
}

static int show_sample(struct view *v, const struct shadow_sample *s,
		       struct err *e)
{
	struct row_ref ref = { STR("shadow"), date_from_days(s->clock_day),
			       s->shadow_id };
	struct json_node *doc = NULL;
	struct buf plain = { 0 };
	const uint8_t *key;

	if (!key_folder_day(v->keys, ref.clock_day, DAY_KEY_OPEN, &key, e) &&
	    !crypt_open_row(&plain, key, &ref, s->sealed, e) &&
	    !json_read(&doc, buf_view(&plain), e)) {
		printf(STR_FMT " " STR_FMT " " STR_FMT "-" STR_FMT
			       "  score %d ",
		       STR_ARG(s->carrier), STR_ARG(s->number),
		       STR_ARG(s->origin), STR_ARG(s->destination), s->score);
		print_clauses(json_node_get(doc, "clauses"));
	}
	json_node_free(doc);
	buf_release(&plain);
	return e->code;
}

static int show_samples(struct view *v, struct err *e)
{
	struct shadow_sample *s;
	uint32_t nr;

	if (!samples)
		return 0;
	if (shadow_samples(&s, &nr, v->pg, v->profile, v->first, samples,
			   &v->arena, e) ||
	    crypt_init(e) || key_pair_load(&v->pair, v->config.engine_key, e) ||
	    key_folder_open(&v->keys, v->config.key_folder, v->pair, e))
		return e->code;
	for (uint32_t i = 0; i < nr && !e->code; i++)
		(void)!show_sample(v, &s[i], e);
	return e->code;
}

int profile_cmd_shadow(int argc, char **argv)
{
	int64_t today = time(NULL) / SECONDS_PER_DAY;
	struct view v = { .first = (int32_t)today - DEFAULT_DAYS };
	struct err e = { 0 };
	struct date d;
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first != argc - 1)
		return opt_wrong(&usage, "name one profile");
	if (samples < 0 || samples > MOST_SAMPLES)
		return opt_wrong(&usage, "--samples is 0 to %d", MOST_SAMPLES);
	if (since && (!date_read(str_of(since), &d) || !date_is_full(d)))
		return opt_wrong(&usage, "'%s' is no date; write 2026-11-22",
				 since);
	if (since)
		v.first = (int32_t)date_to_days(d);
	v.profile = str_of(argv[first]);
	if (!tool_settings(&v.config, config_file, database, &v.arena, &e) &&
	    !database_open_checked(&v.pg, &v.config, &e) &&
	    !show_days(&v, &e) && !show_overlap(&v, &e))
		(void)!show_samples(&v, &e);
	pg_close(v.pg);
	key_folder_free(v.keys);
	key_pair_free(v.pair);
	arena_release(&v.arena);
	return e.code ? tool_fail("profile shadow", &e) : EXIT_OK;
}
