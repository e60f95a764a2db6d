/*
 * cmd_bench.c - paxgate bench: figures, each measured here and now
 */
#include "tools/bench.h"
#include "tools/bench_many.h"
#include "tools/cmd.h"
#include "tools/opt.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	MOST_FLIGHTS = 2000,
	MOST_MIB = 2048,
	MOST_PERSONS = 10000000,
	MOST_MANY = 10000,
	OPEN_AT_ONCE = 16,
};

static const char *config_file, *database, *day, *profiles, *watchlist,
	*brokers, *export;
static int64_t ms = 200, flights = 40, runs = 5, mib = 64, rate = 1000, persons,
	       many;

static const struct opt opts[] = {
	{ "day", 0, "DIR", OPT_TEXT, &day,
	  "a day of 'paxgate gen' (default: one made here)" },
	{ "flights", 'f', "N", OPT_INT, &flights,
	  "flights of the day made here (default: 40)" },
	{ "profiles", 'p', "DIR", OPT_TEXT, &profiles, "profiles to run" },
	{ "watchlist", 'w', "SNAP", OPT_TEXT, &watchlist,
	  "snapshot (default: the demonstration lists)" },
	{ "persons", 0, "N", OPT_INT, &persons,
	  "a list of N invented persons instead, up to 10000000" },
	{ "made", 0, "N", OPT_INT, &many,
	  "N profiles made to measure and approved instead, up to 10000" },
	{ "ms", 0, "N", OPT_INT, &ms,
	  "least milliseconds of a repetition (default: 200)" },
	{ "mib", 0, "N", OPT_INT, &mib,
	  "MiB that the reader alone walks, up to 2048 (default: 64)" },
	{ "runs", 0, "N", OPT_INT, &runs,
	  "how often the engine runs the day (default: 5)" },
	{ "config", 'c', "FILE", OPT_TEXT, &config_file,
	  "settings; the options here go before them" },
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database,
	  "server for the pipeline, in libpq's terms" },
	{ "brokers", 'b', "HOST:PORT", OPT_TEXT, &brokers,
	  "a real Kafka for the pipeline (default: the embedded one)" },
	{ "rate", 0, "N", OPT_INT, &rate,
	  "travellers a second for the latency (default: 1000)" },
	{ "export", 0, "DIR", OPT_TEXT, &export,
	  "folder for what other engines are measured on" },
	{ 0 },
};

static const struct opt_usage usage = {
	"bench",
	"[OPTIONS] "
	"[parse|profiles|watchlist|seal|audit|peers|mask|pipeline|replay]"
	"...",
	"Measure, and print one JSON object a line: figure, value (the median "
	"of\n"
	"five repetitions), unit, min, max; limit: what the machine can do at "
	"all;\n"
	"peer: the same work done the plain way; ratio: value to limit, or to "
	"peer.\n"
	"Both are measured in the same run. Times are the processor's, of one "
	"core,\n"
	"the pipeline's are the clock's. Without a name: all that what is "
	"given\n"
	"allows: peers needs --export, the pipeline and replay -c or -d.\n"
	"\n"
	"  parse      tokenise, records of PNRGOV and PAXLST, and intake\n"
	"  profiles   us per traveller, and the load: the set given, and "
	"1,000 and\n"
	"             10,000 made to measure; peer: profile by profile. "
	"_cold: on\n"
	"             records that have left the processor's caches. swap: "
	"another\n"
	"             10,000 loaded and taken over by a worker\n"
	"  watchlist  us per traveller, brute force and search, and the load\n"
	"  seal       us to make a traveller's record unreadable\n"
	"  audit      events of an exported audit log verified a second\n"
	"  peers      us per traveller on profiles that other engines can "
	"express;\n"
	"             they, the travellers' values and the names of --persons "
	"are\n"
	"             written to the folder of --export\n"
	"  mask       s to mask a day of 400,000 travellers, and for how long "
	"it\n"
	"             locks; in such a database as the pipeline's\n"
	"  pipeline   rows/s by COPY and by the store; then the engine over "
	"the day:\n"
	"             travellers, bytes and rows committed a second between "
	"the\n"
	"             first and the last commit, the last quarter of a second "
	"left\n"
	"             out; us a traveller in each stage; with -b, the time "
	"from the\n"
	"             producer's hand to the commit. In a database "
	"paxgate_bench_PID\n"
	"             and topics paxgate.bench.PID.* of its own, removed "
	"afterwards;\n"
	"             no other is touched\n"
	"  replay     hits a second, worked out again on the recorded entry, "
	"and "
	"on\n"
	"             the whole list; in such a database, too",
	opts,
	"  paxgate bench\n"
	"  paxgate bench parse --day var/day\n"
	"  paxgate bench watchlist -w var/wanted.snap --ms 1000\n"
	"  paxgate bench watchlist --persons 1000000\n"
	"  paxgate bench pipeline -d \"$(tools/dev/pg.sh var/pg start)\"\n"
	"  paxgate bench pipeline -c /etc/paxgate.yaml -b kafka1:9092\n",
};

/* What a part cannot do without, and says so. */
enum need { NOTHING, SERVER, FOLDER };

static const struct part {
	const char *name;
	int (*run)(struct bench *b, struct err *e);
	bool linked;
	enum need need;
} parts[] = {
	{ "parse", bench_parse, false, NOTHING },
	{ "profiles", bench_profiles, true, NOTHING },
	{ "watchlist", bench_watchlist, true, NOTHING },
	{ "seal", bench_seal, true, NOTHING },
	{ "audit", bench_audit, false, NOTHING },
	{ "peers", bench_peers, true, FOLDER },
	{ "mask", bench_mask, false, SERVER },
	{ "pipeline", bench_pipeline, true, SERVER },
	{ "replay", bench_replay, false, SERVER },
};

static const char *const needed[] = {
	[SERVER] = "-c or -d",
	[FOLDER] = "--export",
};

static bool is_given(enum need need)
{
	return need == NOTHING ||
	       (need == SERVER && (config_file || database)) ||
	       (need == FOLDER && export);
}

enum { PARTS = ARRAY_SIZE(parts) };

/* Which parts to run; 0, or EXIT_USAGE after a message. */
static int choose(bool wanted[PARTS], int argc, char **argv, int first)
{
	for (size_t k = 0; k < PARTS; k++)
		wanted[k] = first == argc && is_given(parts[k].need);
	for (int i = first; i < argc; i++) {
		size_t k = 0;

		while (k < PARTS && strcmp(parts[k].name, argv[i]))
			k++;
		if (k == PARTS)
			return opt_wrong(&usage,
					 "there is nothing to measure "
					 "by the name of '%s'",
					 argv[i]);
		if (!is_given(parts[k].need))
			return opt_wrong(&usage, "%s needs %s", argv[i],
					 needed[parts[k].need]);
		wanted[k] = true;
	}
	if (mib < 1 || mib > MOST_MIB)
		return opt_wrong(&usage, "--mib is 1 to %d", MOST_MIB);
	if (persons < 0 || persons > MOST_PERSONS)
		return opt_wrong(&usage, "--persons is 0 to %d", MOST_PERSONS);
	if (many < 0 || many > MOST_MANY)
		return opt_wrong(&usage, "--made is 0 to %d", MOST_MANY);
	if (ms < 1 || runs < 1 || rate < 1 || flights < 1 ||
	    flights > MOST_FLIGHTS)
		return opt_wrong(&usage,
				 "--ms, --runs and --rate are 1 or more, "
				 "--flights 1 "
				 "to %d",
				 MOST_FLIGHTS);
	return 0;
}

static int make_folder(struct bench *b, struct err *e)
{
	const char *tmp = getenv("TMPDIR");
	struct str path = arena_fmt(&b->arena, "%s/paxgate-bench.XXXXXX",
				    tmp && *tmp ? tmp : "/tmp");

	b->folder = mkdtemp((char *)path.ptr);
	return b->folder ? 0
			 : err_at(e, ERR_IO, 0, "cannot make folder '%s': %s",
				  path.ptr, strerror(errno));
}

static int remove_one(const char *path, const struct stat *st, int kind,
		      struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

/* Settings, folder, day and list. */
static int prepare(struct bench *b, struct err *e)
{
	int rc = config_load(&b->config, config_file, &b->arena, e);

	if (rc == 0)
		rc = crypt_init(e);
	if (rc == 0)
		rc = make_folder(b, e);
	if (rc < 0)
		return rc;
	if (database)
		b->config.database = database;
	if (profiles)
		b->config.profiles = profiles;
	if (watchlist)
		b->config.watchlist = watchlist;
	b->config.custodians = "";
	b->config.audit_key = ""; /* those logs are not kept */
	b->ms = ms;
	b->mib = mib;
	b->runs = runs;
	b->rate = rate;
	b->brokers = brokers;
	b->export = export;
	b->day_dir = day;
	if (!day) {
		b->day_dir = arena_fmt(&b->arena, "%s/day", b->folder).ptr;
		rc = bench_day_make(b->day_dir, (int)flights, e);
	}
	b->many = many;
	if (rc == 0 && many)
		rc = bench_many_files(b, e);
	b->persons = persons;
	b->own_list = !*b->config.watchlist && !watchlist && !persons;
	if (rc == 0 && persons) {
		b->config.watchlist =
			arena_fmt(&b->arena, "%s/big.snap", b->folder).ptr;
		rc = bench_big_make(b, "big.snap", e);
	}
	if (rc == 0 && b->own_list) {
		b->config.watchlist =
			arena_fmt(&b->arena, "%s/lists.snap", b->folder).ptr;
		rc = bench_list_make(b->folder, "lists.snap",
				     b->config.offences, e);
	}
	return rc < 0 ? rc : bench_day_load(&b->day, b->day_dir, e);
}

static int measure(struct bench *b, const bool wanted[PARTS], struct err *e)
{
	bool linked = false;
	int rc = 0;

	for (size_t k = 0; k < PARTS && rc == 0; k++) {
		if (!wanted[k])
			continue;
		if (parts[k].linked && !linked) {
			rc = screen_set_load(&b->set, &b->config, e);
			if (rc == 0)
				rc = scope_load(&b->scope, b->config.scope, e);
			if (rc == 0)
				rc = bench_day_link(&b->day, &b->set, b->scope,
						    e);
			linked = true;
		}
		if (rc == 0)
			rc = parts[k].run(b, e);
	}
	return rc;
}

int cmd_bench(int argc, char **argv)
{
	struct bench b = { .ms = 0 };
	struct err e = { 0 };
	bool wanted[PARTS];
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (choose(wanted, argc, argv, first))
		return EXIT_USAGE;
	if (!prepare(&b, &e))
		(void)!measure(&b, wanted, &e);
	bench_day_release(&b.day);
	screen_set_release(&b.set);
	scope_free(b.scope);
	if (b.folder)
		nftw(b.folder, remove_one, OPEN_AT_ONCE, FTW_DEPTH | FTW_PHYS);
	arena_release(&b.arena);
	if (e.code)
		fprintf(stderr, "paxgate bench: %s\n", e.text);
	return err_exit_code(&e);
}
