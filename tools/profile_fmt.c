#include "base/buf.h"
#include "rules/format.h"
#include "rules/profile.h"
#include "tools/cmd.h"
#include "tools/opt.h"
#include "tools/profile_cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static bool in_place, only_names;

static const struct opt opts[] = {
	{ "write", 'w', NULL, OPT_FLAG, &in_place,
	  "write the files; name those that changed" },
	{ "exit-code", 0, NULL, OPT_FLAG, &only_names,
	  "name files that are not in their form; exit 1 if there are any" },
	{ 0 },
};

static const struct opt_usage usage = {
	"profile fmt",
	"[OPTIONS] FILE|DIR...",
	"Print profiles in their one form: order of keys, indents, quotes, and "
	"how\nconditions are written. What they say stays, and so do comments. "
	"A signature\nbeside a file is over its bytes: format before it is "
	"signed.",
	opts,
	"  paxgate profile fmt etc/profiles/late-cash-one-way.yaml\n"
	"  paxgate profile fmt --write etc/profiles\n"
	"  paxgate profile fmt --exit-code etc/profiles\n",
};

/* Under another name first, so that nobody ever sees half a file. */
static int replace(const char *path, struct str text)
{
	char temp[4096];
	struct stat st;
	ssize_t n = -1;
	int fd;

	snprintf(temp, sizeof(temp), "%s.new", path);
	fd = stat(path, &st) ? -1
			     : open(temp, O_WRONLY | O_CREAT | O_EXCL,
				    st.st_mode & 0777);
	if (fd >= 0)
		n = write(fd, text.ptr, text.len);
	if (fd >= 0 &&
	    (close(fd) || n != (ssize_t)text.len || rename(temp, path))) {
		unlink(temp);
		fd = -1;
	}
	if (fd < 0)
		fprintf(stderr, "cannot write '%s': %m\n", path);
	return fd < 0 ? EXIT_INPUT : EXIT_OK;
}

static int show(const char *path, struct str old, struct str new)
{
	if (!in_place && !only_names) {
		fwrite(new.ptr, 1, new.len, stdout);
		return EXIT_OK;
	}
	if (str_eq(old, new))
		return EXIT_OK;
	puts(path);
	if (only_names)
		return EXIT_FINDINGS;
	return replace(path, new);
}

static int format(const char *path, void *arg)
{
	struct profile_file f = { .path = path, .faults.arena = &f.arena };
	struct buf old = { 0 }, new = { 0 };
	int rc;

	(void)arg;
	rc = buf_read_file(&old, path, PROFILE_MAX_BYTES, &f.err);
	if (!rc)
		rc = profile_format(&new, buf_view(&old), &f.faults);
	if (rc) {
		profile_print_faults(&f);
		rc = EXIT_INPUT;
	} else {
		rc = show(path, buf_view(&old), buf_view(&new));
	}
	buf_release(&old);
	buf_release(&new);
	arena_release(&f.arena);
	return rc;
}

int profile_cmd_fmt(int argc, char **argv)
{
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first == argc)
		return opt_wrong(&usage, "no profile named");
	if (in_place && only_names)
		return opt_wrong(&usage, "--write or --exit-code, not both");
	return profile_paths(argc - first, argv + first, format, NULL);
}
