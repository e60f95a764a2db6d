#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int err_at(struct err *e, enum err_code code, size_t pos, const char *fmt, ...)
{
	va_list ap;

	if (e->code)
		return e->code;
	e->code = code;
	e->pos = pos;
	va_start(ap, fmt);
	vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
	return code;
}

int err_wrap(struct err *e, const char *fmt, ...)
{
	char old[sizeof(e->text)];
	size_t room = sizeof(e->text);
	va_list ap;
	int n;

	memcpy(old, e->text, sizeof(old));
	va_start(ap, fmt);
	n = vsnprintf(e->text, room, fmt, ap);
	va_end(ap);
	room -= n < 0 || (size_t)n > room ? room : (size_t)n;
	if (room > 3)
		snprintf(e->text + n, room, ": %.*s", (int)room - 3, old);
	return e->code;
}

int err_exit_code(const struct err *e)
{
	switch (e->code) {
	case ERR_NONE:
		return 0;
	case ERR_USAGE:
		return 2;
	case ERR_SYNTAX:
	case ERR_VALUE:
	case ERR_LIMIT:
		return 3;
	case ERR_LEGAL:
		return 4;
	case ERR_INTEGRITY:
		return 5;
	case ERR_IO:
	case ERR_DB:
	case ERR_FENCED:
		return 75;
	case ERR_NOMEM:
		break;
	}
	return 70;
}
