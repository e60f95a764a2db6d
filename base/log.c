#include "base/log.h"

#include "base/date.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char *const level_name[] = { "debug", "info", "warning", "error" };

static int log_fd = STDERR_FILENO;
static enum log_level lowest = LEVEL_INFO;

/* Kept free at the end of a line. */
static const char cut_mark[] = " cut=1\n";
enum { USABLE = LOG_LINE - sizeof(cut_mark) };

int log_open(const char *path, struct err *e)
{
	int fd = STDERR_FILENO;

	if (path) {
		fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
			  0600);
		if (fd < 0)
			return err_at(e, ERR_IO, 0, "log '%s': %s", path,
				      strerror(errno));
	}
	if (log_fd != STDERR_FILENO)
		close(log_fd);
	log_fd = fd;
	return 0;
}

void log_level(enum log_level level)
{
	lowest = level;
}

bool log_level_read(struct str word, enum log_level *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(level_name); i++) {
		if (!str_eq(word, str_of(level_name[i])))
			continue;
		*out = (enum log_level)i;
		return true;
	}
	return false;
}

static void add(struct log_line *l, const char *text, size_t len)
{
	if (!l->on || l->cut)
		return;
	if (len > USABLE - l->len) {
		l->cut = true;
		return;
	}
	memcpy(l->text + l->len, text, len);
	l->len += len;
}

static void PRINTF(2, 3) add_fmt(struct log_line *l, const char *fmt, ...)
{
	char text[80];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n > 0)
		add(l, text,
		    (size_t)n < sizeof(text) ? (size_t)n : sizeof(text) - 1);
}

void log_begin(struct log_line *l, enum log_level level, const char *event)
{
	struct timespec now;
	struct tm tm;

	l->len = 0;
	l->cut = false;
	l->on = level >= lowest;
	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	add_fmt(l, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ %s ", tm.tm_year + 1900,
		tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
		(int)(now.tv_nsec / 1000000), level_name[level]);
	add(l, event, strlen(event));
}

static bool is_plain(struct str v)
{
	for (size_t i = 0; i < v.len; i++)
		if ((unsigned char)v.ptr[i] <= ' ' || v.ptr[i] == '"' ||
		    v.ptr[i] == '=' || v.ptr[i] == '\\' || v.ptr[i] == 0x7f)
			return false;
	return v.len > 0;
}

static void add_quoted(struct log_line *l, struct str v)
{
	add(l, "\"", 1);
	for (size_t i = 0; i < v.len; i++) {
		unsigned char c = (unsigned char)v.ptr[i];

		if (c == '\n')
			add(l, "\\n", 2);
		else if (c == '"' || c == '\\')
			add_fmt(l, "\\%c", c);
		else if (c < ' ' || c == 0x7f)
			add_fmt(l, "\\x%02x", c);
		else
			add(l, (const char *)&v.ptr[i], 1);
	}
	add(l, "\"", 1);
}

void log_str(struct log_line *l, const char *key, struct str v)
{
	if (!v.ptr)
		return;
	add_fmt(l, " %s=", key);
	if (is_plain(v))
		add(l, v.ptr, v.len);
	else
		add_quoted(l, v);
}

void log_z(struct log_line *l, const char *key, const char *v)
{
	log_str(l, key, str_of(v));
}

void log_int(struct log_line *l, const char *key, int64_t v)
{
	add_fmt(l, " %s=%lld", key, (long long)v);
}

void log_id(struct log_line *l, const char *key, int64_t v)
{
	add_fmt(l, " %s=%016llx", key, (unsigned long long)v);
}

void log_end(struct log_line *l)
{
	ssize_t n;

	if (!l->on)
		return;
	if (l->cut) {
		memcpy(l->text + l->len, cut_mark, sizeof(cut_mark) - 1);
		l->len += sizeof(cut_mark) - 1;
	} else {
		l->text[l->len++] = '\n';
	}
	do {
		n = write(log_fd, l->text, l->len);
	} while (n < 0 && errno == EINTR);
	l->on = false;
}

void log_err(const char *event, const struct err *e)
{
	struct log_line l;

	log_begin(&l, LEVEL_ERROR, event);
	log_z(&l, "why", e->text);
	if (e->pos)
		log_int(&l, "byte", (int64_t)e->pos);
	log_end(&l);
}
