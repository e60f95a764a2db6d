/*
 * gateway_clean.c - clean test runs, on record in the folder gateway.state
 *
 * CARRIER.clean has a line of JSON for each: when, and hashes of what was
 * sent. Nothing of a message.
 */
#include "base/date.h"
#include "web/gateway_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PATH = 4096 };

static void path_of(char path[PATH], const struct gateway *g,
		    struct str carrier)
{
	snprintf(path, PATH, "%s/" STR_FMT ".clean", g->config->gateway_state,
		 STR_ARG(carrier));
}

bool gateway_was_clean(const struct gateway *g, struct str carrier)
{
	char path[PATH];

	path_of(path, g, carrier);
	return access(path, R_OK) == 0;
}

bool gateway_has_real(const struct receipt *list, uint32_t nr)
{
	for (uint32_t i = 0; i < nr; i++)
		if (!list[i].test)
			return true;
	return false;
}

bool gateway_is_clean(const struct receipt *list, uint32_t nr, bool all)
{
	uint32_t tests = 0;

	for (uint32_t i = 0; i < nr; i++) {
		if (!all && !list[i].test)
			continue;
		if (!receipt_is_clean(&list[i]))
			return false;
		tests++;
	}
	return tests > 0;
}

static void write_line(struct buf *out, const struct receipt *list, uint32_t nr)
{
	struct moment at = { time(NULL), MOMENT_SECOND };
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_moment(&j, "at", at, true);
	json_open(&j, "hashes", '[');
	for (uint32_t i = 0; i < nr; i++)
		json_z(&j, NULL, list[i].hash);
	json_close(&j, ']');
	json_close(&j, '}');
	buf_byte(out, '\n');
}

int gateway_note_clean(const struct gateway *g, struct str carrier,
		       const struct receipt *list, uint32_t nr, bool all,
		       struct err *e)
{
	struct buf line = { 0 };
	char path[PATH];
	int fd, rc = 0;

	if (!gateway_is_clean(list, nr, all))
		return 0;
	path_of(path, g, carrier);
	write_line(&line, list, nr);
	fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, line.data, line.len) != (ssize_t)line.len ||
	    fsync(fd))
		rc = err_at(e, ERR_IO, 0, "a clean run can not be recorded: %s",
			    strerror(errno));
	if (fd >= 0)
		close(fd);
	buf_release(&line);
	return rc;
}
