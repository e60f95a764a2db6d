#include "tools/watchlist_build.h"

#include "tools/cmd.h"
#include "tools/list_file.h"
#include "tools/list_record.h"
#include "tools/opt.h"
#include "tools/progress_bar.h"
#include "tools/registers.h"
#include "tools/watchlist_print.h"
#include "tools/whole_file.h"
#include "watchlist/build.h"
#include "watchlist/list_merge.h"

#include <stdio.h>
#include <time.h>

enum { BUILD_LISTS = 64 };

static const char *offences = "etc/offences.yaml";
static const char *authorities = "etc/authorities.yaml";
static const char *output;
static const char *day;
static bool dry_run, strict;
static struct list_record log_of_changes;

static const struct opt opts[] = {
	{ "offences", 0, "FILE", OPT_TEXT, &offences,
	  "offence catalogue (etc/offences.yaml)" },
	{ "authorities", 0, "FILE", OPT_TEXT, &authorities,
	  "register of authorities (etc/authorities.yaml)" },
	{ "output", 'o', "SNAP", OPT_TEXT, &output,
	  "write the snapshot there" },
	{ "today", 0, "DATE", OPT_TEXT, &day,
	  "judge validity on this day, not today" },
	{ "dry-run", 'n', NULL, OPT_FLAG, &dry_run,
	  "check and count only, write nothing" },
	{ "strict", 0, NULL, OPT_FLAG, &strict,
	  "refuse lists with rows that cannot be read (exit code 3)" },
	LIST_RECORD_OPTS(log_of_changes),
	{ 0 },
};

static const struct opt_usage usage = {
	"watchlist build",
	"[OPTIONS] -o SNAP|--dry-run NAME.list.yaml...",
	"Compile registered lists into one snapshot. A list without owner, "
	"legal basis, alert type or offences, or out of date, is refused (exit "
	"code 4); doc/watchlists.md shows a sheet. Formats: paxgate-csv, "
	"paxgate-jsonl, ofac-sdn, un-consolidated, opensanctions-ftm. A row "
	"that cannot be read is warned of with file and line, left out and "
	"counted. Alerts that stand twice are one.",
	opts,
	"  paxgate watchlist build -o wanted.snap "
	"etc/watchlists/demo-wanted.list.yaml\n"
	"  paxgate watchlist build --dry-run --strict sdn.list.yaml\n",
};

static void print_warning(void *ctx, const char *text)
{
	(void)ctx;
	progress_bar_wipe();
	fprintf(stderr, "paxgate watchlist: warning: %s\n", text);
}

static void on_build(void *ctx, uint64_t done, uint64_t all)
{
	(void)ctx;
	progress_bar("building", done, all);
}

static int read_lists(struct watch_list *list, struct arena *a, int argc,
		      char **argv, const struct watch_registers *law,
		      struct err *e)
{
	struct list_warnings warnings = { .say = print_warning };
	uint32_t bad = 0;

	for (int i = 0; i < argc; i++) {
		progress_bar("reading lists", (uint64_t)i, (uint64_t)argc);
		if (list_file_read(&list[i], a, argv[i], law, &warnings, e))
			return e->code;
		bad += list[i].left_out_bad;
	}
	if (strict && bad)
		return err_at(e, ERR_VALUE, 0,
			      "%u rows cannot be read, see the warnings; "
			      "without --strict they are left out",
			      bad);
	return 0;
}

static int on_record(struct str snapshot, const struct watch_list *list,
		     uint32_t nr, struct err *e)
{
	struct list_change change = { .state = "built",
				      .snapshot = snapshot,
				      .nr = nr };
	struct str name[BUILD_LISTS];

	for (uint32_t i = 0; i < nr; i++) {
		name[i] = list[i].sheet.id;
		change.entries += list[i].nr_entries;
	}
	change.name = name;
	return list_record_put(&log_of_changes, &change, e);
}

/* All but reading: what stands twice, the snapshot, and where it goes. */
static int compile(struct buf *out, struct watch_list *list, uint32_t nr,
		   struct err *e)
{
	static const struct build_progress progress = { on_build, NULL };

	if (watch_lists_merge(list, nr, e) < 0 ||
	    watchlist_build_told(out, list, nr, &progress, e))
		return e->code;
	if (dry_run)
		return 0;
	if (on_record(buf_view(out), list, nr, e))
		return e->code;
	return whole_file_write(output, buf_view(out), e);
}

static void report(const struct watch_list *list, uint32_t nr, size_t bytes)
{
	for (uint32_t i = 0; i < nr; i++)
		watchlist_print_list(&list[i]);
	if (dry_run)
		printf("%zu bytes, not written\n", bytes);
	else
		printf("%s: %zu bytes\n", output, bytes);
}

int watchlist_build_verb(int argc, char **argv)
{
	static struct watch_list list[BUILD_LISTS];
	struct watch_registers law = {
		.today = date_from_days((int64_t)time(NULL) / SECONDS_PER_DAY)
	};
	struct arena a = { 0 };
	struct buf out = { .data = NULL };
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv), nr = argc - first;

	if (first < 0)
		return opt_exit(first);
	if (!output == !dry_run || nr == 0)
		return opt_wrong(&usage, "it takes either -o SNAP or "
					 "--dry-run, and at least one sheet");
	if (nr > BUILD_LISTS)
		return opt_wrong(&usage, "more than %d lists", BUILD_LISTS);
	if (day &&
	    (!date_read(str_of(day), &law.today) || !date_is_full(law.today)))
		return opt_wrong(&usage, "--today takes a date YYYY-MM-DD");
	if (!registers_read(&law, &a, offences, authorities, &e) &&
	    !read_lists(list, &a, nr, argv + first, &law, &e))
		(void)!compile(&out, list, (uint32_t)nr, &e);
	progress_bar_wipe();
	if (e.code)
		fprintf(stderr, "paxgate watchlist: %s\n", e.text);
	else
		report(list, (uint32_t)nr, out.len);
	buf_release(&out);
	arena_release(&a);
	return err_exit_code(&e);
}
