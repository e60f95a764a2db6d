#include "rules/folder.h"

#include "base/buf.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static int is_yaml(const struct dirent *d)
{
	struct str name = str_of(d->d_name);

	return name.len > 5 && name.ptr[0] != '.' &&
	       str_ends(name, STR(".yaml"));
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int read_one(const struct folder *f, const char *name, folder_fn *each,
		    void *arg, struct err *e)
{
	struct buf b = { 0 };
	char path[4096];
	int rc;

	snprintf(path, sizeof(path), "%s/%s", f->dir, name);
	rc = buf_read_file(&b, path, f->max_bytes, e);
	if (!rc)
		rc = each(arg, path, buf_view(&b), e);
	buf_release(&b);
	return rc;
}

int folder_read(const struct folder *f, folder_fn *each, void *arg,
		struct err *e)
{
	struct dirent **entry;
	int nr = scandir(f->dir, &entry, is_yaml, by_bytes), rc = 0;

	if (nr < 0)
		return err_at(e, ERR_IO, 0, "cannot read directory '%s': %m",
			      f->dir);
	if (nr > f->max_files)
		rc = err_at(e, ERR_LIMIT, 0, "'%s' has more than %d %s", f->dir,
			    f->max_files, f->what);
	for (int i = 0; i < nr; i++) {
		if (!rc)
			rc = read_one(f, entry[i]->d_name, each, arg, e);
		free(entry[i]);
	}
	free(entry);
	return rc;
}
