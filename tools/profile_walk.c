/*
 * profile_walk.c - profile files and directories of them, one after another
 */
#include "base/buf.h"
#include "engine/approve.h"
#include "rules/folder.h"
#include "tools/cmd.h"
#include "tools/profile_cli.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

void profile_print_faults(const struct profile_file *f)
{
	struct buf b = { 0 };

	for (uint32_t i = 0; i < f->faults.nr; i++)
		fault_write(&b, f->path, &f->faults, &f->faults.fault[i]);
	if (!f->faults.nr && f->err.code)
		buf_fmt(&b, "%s\n", f->err.text);
	fwrite(buf_view(&b).ptr, 1, b.len, stderr);
	buf_release(&b);
}

static int worse(int a, int b)
{
	return a > b ? a : b;
}

/* What all profiles are read with. */
struct registers {
	const struct profile_walk *walk;
	struct offences *offences;
	struct named_lists *lists;
	struct approvers *approvers;
};

/* Is there a signature that counts beside it? */
static void look_for_approval(struct profile_file *f, const struct registers *r)
{
	struct approval a;

	if (approve_read(&a, f->profile, r->approvers, &f->arena,
			 &f->unapproved) > 0)
		f->profile->state =
			f->profile->traits ? PROFILE_SHADOW : PROFILE_LIVE;
}

static int walk_file(const char *path, void *arg)
{
	const struct registers *r = arg;
	const struct profile_walk *w = r->walk;
	struct profile_file f = { .path = path };
	struct profile_source source = { path,	   STR_NONE, r->offences,
					 r->lists, &f.arena, &f.regexes };
	struct buf b = { 0 };
	int rc = buf_read_file(&b, path, PROFILE_MAX_BYTES, &f.err);

	source.text = buf_view(&b);
	if (!rc)
		rc = profile_read(&f.profile, &source, &f.faults, &f.err);
	if (!rc && r->approvers)
		look_for_approval(&f, r);
	rc = worse(rc ? err_exit_code(&f.err) : EXIT_OK, w->each(&f, w->arg));
	buf_release(&b);
	regex_free_list(f.regexes);
	arena_release(&f.arena);
	return rc;
}

static int is_yaml(const struct dirent *d)
{
	return d->d_name[0] != '.' && str_ends(str_of(d->d_name), STR(".yaml"));
}

static int each_of_dir(const char *dir,
		       int (*each)(const char *path, void *arg), void *arg)
{
	struct dirent **entry;
	int nr = scandir(dir, &entry, is_yaml, alphasort), rc = EXIT_OK;

	if (nr < 0) {
		fprintf(stderr, "cannot read directory '%s': %m\n", dir);
		return EXIT_USAGE;
	}
	for (int i = 0; i < nr; i++) {
		char path[4096];

		snprintf(path, sizeof(path), "%s/%s", dir, entry[i]->d_name);
		rc = worse(rc, each(path, arg));
		free(entry[i]);
	}
	free(entry);
	return rc;
}

int profile_paths(int nr, char **argv, int (*each)(const char *path, void *arg),
		  void *arg)
{
	int rc = EXIT_OK;

	for (int i = 0; i < nr; i++) {
		struct stat st;
		bool is_dir = !stat(argv[i], &st) && S_ISDIR(st.st_mode);

		rc = worse(rc, is_dir ? each_of_dir(argv[i], each, arg)
				      : each(argv[i], arg));
	}
	return rc;
}

/* One list of the folder: all that is wrong in it, as of a profile. */
static int show_list(void *arg, const char *path, struct str text,
		     struct err *e)
{
	int *rc = arg;
	struct profile_file f = { .path = path };
	struct named_list *l;

	(void)e;
	if (named_list_read(&l, path, text, &f.arena, &f.faults, &f.err)) {
		profile_print_faults(&f);
		*rc = worse(*rc, err_exit_code(&f.err));
	}
	arena_release(&f.arena);
	return 0;
}

/* The lists; when one is bad, every fault of every list is shown. */
static int load_lists(struct named_lists **out, const char *dir)
{
	struct folder folder = { dir, "lists", LIST_MAX_FILES, LIST_MAX_BYTES };
	struct err e = { 0 }, ignored = { 0 };
	int rc = EXIT_OK;

	if (!named_lists_load(out, dir, &e))
		return EXIT_OK;
	if (e.code == ERR_IO) { /* as with a folder of profiles */
		fprintf(stderr, "%s\n", e.text);
		return EXIT_USAGE;
	}
	if (folder_read(&folder, show_list, &rc, &ignored) || rc == EXIT_OK)
		fprintf(stderr, "%s\n", e.text);
	return worse(rc, err_exit_code(&e));
}

int profile_walk(const struct profile_walk *w, int nr, char **argv)
{
	struct registers r = { .walk = w };
	struct err e = { 0 };
	int rc = EXIT_OK;

	if (offences_load(&r.offences, w->offences, &e)) {
		fprintf(stderr, "%s\n", e.text);
		rc = err_exit_code(&e);
	} else {
		rc = load_lists(&r.lists, w->lists);
	}
	if (w->approvers && (crypt_init(&e) ||
			     approvers_load(&r.approvers, w->approvers, &e))) {
		fprintf(stderr, "%s\n", e.text);
		rc = worse(rc, err_exit_code(&e));
	}
	if (r.lists)
		rc = worse(rc, profile_paths(nr, argv, walk_file, &r));
	approvers_free(r.approvers);
	named_lists_free(r.lists);
	offences_free(r.offences);
	return rc;
}
