#include "tools/watchlist_delta.h"

#include "tools/cmd.h"
#include "tools/list_file.h"
#include "tools/list_record.h"
#include "tools/opt.h"
#include "tools/registers.h"
#include "tools/whole_file.h"
#include "watchlist/delta_edit.h"
#include "watchlist/list_merge.h"

#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

/* A delta that is being changed; nobody else changes it meanwhile. */
struct change {
	struct arena arena;
	const char *path; /* of the delta */
	int folder;	  /* locked */
	struct watchlist *base;
	struct watch_delta *old;
	struct delta_edit edit;
};

static const char *offences = "etc/offences.yaml";
static const char *authorities = "etc/authorities.yaml";
static const char *snapshot = "var/wanted.snap";
static const char *day;
static struct list_record log_of_changes;

static int lock(struct change *c, const char *snap, struct err *e)
{
	char *copy = (char *)(uintptr_t)arena_str(&c->arena, str_of(snap)).ptr;

	c->folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (c->folder < 0 || flock(c->folder, LOCK_EX))
		return err_at(e, ERR_IO, 0,
			      "cannot lock the folder of '%s': %m", snap);
	return 0;
}

static int begin(struct change *c, const char *snap, struct err *e)
{
	*c = (struct change){ .folder = -1 };
	c->path = watch_delta_path(&c->arena, snap);
	if (lock(c, snap, e) || watchlist_open(&c->base, snap, e) ||
	    watch_delta_open(&c->old, c->path, e))
		return e->code;
	delta_edit_init(&c->edit, c->old);
	return 0;
}

/* On record, then in place. `what` has the state, names and their number. */
static int write_next(struct change *c, struct list_change *what, struct err *e)
{
	struct buf out = { .data = NULL };
	int rc = delta_edit_finish(&out, &c->edit, e);

	what->snapshot = c->base->bytes;
	what->delta = c->edit.sequence + 1;
	if (rc == 0)
		rc = list_record_put(&log_of_changes, what, e);
	if (rc == 0)
		rc = whole_file_write(c->path, buf_view(&out), e);
	buf_release(&out);
	return rc;
}

/* Say what was done, or what went wrong; free all. Returns the exit code. */
static int end(struct change *c, const char *done, uint32_t nr,
	       const struct err *e)
{
	if (e->code)
		fprintf(stderr, "paxgate watchlist: %s\n", e->text);
	else
		printf("%s: sequence %lld, %u %s\n", c->path,
		       (long long)c->edit.sequence + 1, nr, done);
	delta_edit_release(&c->edit);
	watch_delta_free(c->old);
	watchlist_free(c->base);
	if (c->folder >= 0)
		close(c->folder); /* and the lock is gone */
	arena_release(&c->arena);
	return err_exit_code(e);
}

static void print_warning(void *ctx, const char *text)
{
	(void)ctx;
	fprintf(stderr, "paxgate watchlist: warning: %s\n", text);
}

static void add_name(struct list_change *to, struct arena *a, struct str name)
{
	struct str *all = (struct str *)(uintptr_t)to->name;

	*(struct str *)arena_push(a, &all, &to->nr, sizeof(name)) = name;
	to->name = all;
	to->entries++;
}

/* Several files of one list, one after the other: all are in its version. */
static void follow(const struct change *c, struct watch_list *list)
{
	const uint8_t *before = delta_edit_version(&c->edit, list->sheet.id);
	struct str part[2] = {
		{ (const char *)before, LIST_VERSION },
		{ (const char *)list->version, LIST_VERSION },
	};
	uint8_t version[LIST_VERSION];

	if (!before)
		return;
	crypt_hash(version, "watchlist files added", part, ARRAY_SIZE(part));
	memcpy(list->version, version, sizeof(version));
}

static int add_list(struct change *c, const char *sheet,
		    const struct watch_registers *law, struct list_change *what,
		    struct err *e)
{
	struct list_warnings warnings = { .say = print_warning };
	struct watch_list list;

	if (list_file_read(&list, &c->arena, sheet, law, &warnings, e))
		return e->code;
	if (list.left_out_bad)
		return err_at(e, ERR_VALUE, 0,
			      "%s: %u rows cannot be read: an urgent list is "
			      "taken whole or not",
			      sheet, list.left_out_bad);
	if (watch_lists_merge(&list, 1, e) < 0)
		return e->code;
	follow(c, &list);
	delta_edit_add(&c->edit, &list);
	for (uint32_t i = 0; i < list.nr_entries; i++)
		add_name(what, &c->arena,
			 arena_fmt(&c->arena, STR_FMT ":" STR_FMT,
				   STR_ARG(list.sheet.id),
				   STR_ARG(list.entries[i].id)));
	return 0;
}

int watchlist_add_verb(int argc, char **argv)
{
	static const struct opt opts[] = {
		{ "watchlist", 'w', "SNAP", OPT_TEXT, &snapshot,
		  "the snapshot beside which the delta stands "
		  "(var/wanted.snap)" },
		{ "offences", 0, "FILE", OPT_TEXT, &offences,
		  "offence catalogue (etc/offences.yaml)" },
		{ "authorities", 0, "FILE", OPT_TEXT, &authorities,
		  "register of authorities (etc/authorities.yaml)" },
		{ "today", 0, "DATE", OPT_TEXT, &day,
		  "judge validity on this day, not today" },
		LIST_RECORD_OPTS(log_of_changes),
		{ 0 },
	};
	static const struct opt_usage usage = {
		"watchlist add",
		"[OPTIONS] NAME.list.yaml...",
		"Add the entries of lists to those that are live, within a "
		"second and without a new snapshot: they go to SNAP.delta, "
		"whose sequence number rises. The law of lists is that of "
		"'build'; a row that cannot be read refuses the list.",
		opts,
		"  paxgate watchlist add -w var/wanted.snap urgent.list.yaml\n",
	};
	struct watch_registers law = {
		.today = date_from_days((int64_t)time(NULL) / SECONDS_PER_DAY)
	};
	struct list_change what = { .state = "added" };
	struct change c;
	struct err e = { 0 };
	uint32_t nr = 0;
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first == argc)
		return opt_wrong(&usage, "it takes at least one sheet");
	if (day &&
	    (!date_read(str_of(day), &law.today) || !date_is_full(law.today)))
		return opt_wrong(&usage, "--today takes a date YYYY-MM-DD");
	if (!begin(&c, snapshot, &e))
		(void)!registers_read(&law, &c.arena, offences, authorities,
				      &e);
	for (int i = first; i < argc && !e.code; i++)
		(void)!add_list(&c, argv[i], &law, &what, &e);
	nr = (uint32_t)what.entries;
	if (!e.code)
		(void)!write_next(&c, &what, &e);
	return end(&c, "added", nr, &e);
}

static int withdraw(struct change *c, const char *name, struct err *e)
{
	struct watch_id id;

	id.id = str_of(name);
	id.list = str_split(&id.id, ':');
	if (!id.id.ptr)
		return err_at(e, ERR_VALUE, 0,
			      "'%s' is not LIST:ID, as 'paxgate hits' and "
			      "'watchlist match' say it",
			      name);
	if (!delta_edit_withdraw(&c->edit, &id) &&
	    watchlist_find(c->base, &id) == UINT32_MAX)
		return err_at(e, ERR_VALUE, 0,
			      "there is no entry '%s' in the snapshot or its "
			      "delta",
			      name);
	return 0;
}

int watchlist_withdraw_verb(int argc, char **argv)
{
	static const struct opt opts[] = {
		{ "watchlist", 'w', "SNAP", OPT_TEXT, &snapshot,
		  "the snapshot beside which the delta stands "
		  "(var/wanted.snap)" },
		LIST_RECORD_OPTS(log_of_changes),
		{ 0 },
	};
	static const struct opt_usage usage = {
		"watchlist withdraw",
		"[OPTIONS] LIST:ID...",
		"Entries count no more, within a second: SNAP.delta says so, "
		"also beside the next snapshots, until 'settle'. Hits of "
		"flights to come are taken back when an engine has screened "
		"them again.",
		opts,
		"  paxgate watchlist withdraw -w var/wanted.snap "
		"demo-wanted:DW-0001\n",
	};
	struct list_change what = { .state = "withdrawn" };
	struct change c;
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first == argc)
		return opt_wrong(&usage, "it takes at least one LIST:ID");
	(void)!begin(&c, snapshot, &e);
	for (int i = first; i < argc && !e.code; i++)
		if (!withdraw(&c, argv[i], &e))
			add_name(&what, &c.arena, str_of(argv[i]));
	if (!e.code)
		(void)!write_next(&c, &what, &e);
	return end(&c, "withdrawn", (uint32_t)(argc - first), &e);
}

int watchlist_settle_verb(int argc, char **argv)
{
	static const struct opt opts[] = { LIST_RECORD_OPTS(log_of_changes),
					   { 0 } };
	static const struct opt_usage usage = {
		"watchlist settle",
		"SNAP",
		"Take out of SNAP.delta what the snapshot says by itself: "
		"additions that stand in it unchanged, withdrawals of entries "
		"that are not in it any more. What is live stays the same.",
		opts,
		"  paxgate watchlist settle var/wanted.snap\n",
	};
	struct list_change what = { .state = "settled" };
	struct change c;
	struct err e = { 0 };
	uint32_t nr = 0;
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (argc - first != 1)
		return opt_wrong(&usage, "it takes one snapshot");
	if (!begin(&c, argv[first], &e)) {
		nr = delta_edit_settle(&c.edit, c.base);
		what.entries = nr;
		if (nr)
			(void)!write_next(&c, &what, &e);
		else
			c.edit.sequence--; /* nothing to write: as it was */
	}
	return end(&c, "settled", nr, &e);
}
