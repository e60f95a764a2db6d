#include "rules/lex.h"

#include "base/date.h"

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_word_byte(char c)
{
	return is_letter(c) || is_digit(c) || c == '.';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct str rest(const struct lexer *l)
{
	return str_slice(l->in, l->pos, l->in.len);
}

static void take(struct lexer *l, struct token *t, enum token_kind kind,
		 size_t len)
{
	t->kind = kind;
	t->pos = l->pos;
	t->text = str_slice(l->in, l->pos, l->pos + len);
	l->pos += len;
}

static size_t word_length(struct str s)
{
	size_t n = 0;

	while (n < s.len && is_word_byte(s.ptr[n]))
		n++;
	while (n && s.ptr[n - 1] == '.') /* a full stop is no part of it */
		n--;
	return n;
}

/* Length of 2026-01-01 or 2026-01-01T10:00[:00][Z] at the front, or 0. */
static size_t date_length(struct str s, bool *is_time)
{
	static const size_t len[] = { 20, 19, 17, 16, 10 };
	struct moment m;

	for (size_t i = 0; i < ARRAY_SIZE(len); i++) {
		struct str part = str_slice(s, 0, len[i]);

		if (part.len == len[i] && moment_read(part, &m)) {
			*is_time = len[i] > 10;
			return len[i];
		}
	}
	return 0;
}

static bool looks_like_date(struct str s)
{
	return s.len >= 8 && str_is_digits(str_slice(s, 0, 4)) &&
	       s.ptr[4] == '-' && is_digit(s.ptr[5]);
}

/* Digits, perhaps a point and decimals: is the word a number? */
static bool is_number(struct str word)
{
	ptrdiff_t dot = str_find_byte(word, '.');

	if (dot < 0)
		return str_is_digits(word);
	return str_is_digits(str_slice(word, 0, (size_t)dot)) &&
	       str_is_digits(str_slice(word, (size_t)dot + 1, word.len));
}

static bool is_duration(struct str word)
{
	char unit = word.len ? word.ptr[word.len - 1] : 0;

	return (unit == 's' || unit == 'm' || unit == 'h' || unit == 'd' ||
		unit == 'w') &&
	       str_is_digits(str_slice(word, 0, word.len - 1));
}

static int lex_word(struct lexer *l, struct token *t, struct err *e)
{
	struct str s = rest(l), word;
	bool is_time = false;
	size_t n;

	n = date_length(s, &is_time);
	if (n) {
		take(l, t, is_time ? TOKEN_TIME : TOKEN_DATE, n);
		return 0;
	}
	if (looks_like_date(s))
		return err_at(e, ERR_SYNTAX, l->pos,
			      "the calendar has no such date; write "
			      "2026-01-31 or 2026-01-31T10:00");
	word = str_slice(s, 0, word_length(s));
	if (is_number(word))
		take(l, t, TOKEN_NUMBER, word.len);
	else if (is_duration(word))
		take(l, t, TOKEN_DURATION, word.len);
	else
		take(l, t, TOKEN_WORD, word.len);
	return 0;
}

/* Length with both quotes, 0 when it does not end. */
static size_t quoted_length(struct str s)
{
	for (size_t i = 1; i < s.len; i++) {
		if (s.ptr[i] == '\\')
			i++;
		else if (s.ptr[i] == s.ptr[0])
			return i + 1;
	}
	return 0;
}

static int lex_symbol(struct lexer *l, struct token *t, struct err *e)
{
	static const struct str symbol[] = {
		STR_INIT("=="), STR_INIT("!="), STR_INIT("<="), STR_INIT(">="),
		STR_INIT("<"),	STR_INIT(">"),	STR_INIT("("),	STR_INIT(")"),
		STR_INIT("["),	STR_INIT("]"),	STR_INIT(","),	STR_INIT("+"),
		STR_INIT("-"),	STR_INIT("*"),	STR_INIT("/"),
	};
	unsigned char c = (unsigned char)l->in.ptr[l->pos];

	for (size_t i = 0; i < ARRAY_SIZE(symbol); i++) {
		if (str_starts(rest(l), symbol[i])) {
			take(l, t, TOKEN_SYMBOL, symbol[i].len);
			return 0;
		}
	}
	if (c == '=')
		return err_at(e, ERR_SYNTAX, l->pos,
			      "'=' is not an operator; equality is '=='");
	if (c == '&' || c == '|' || c == '!')
		return err_at(e, ERR_SYNTAX, l->pos,
			      "'%c' is not an operator; write and, or, not", c);
	if (c < 0x20 || c >= 0x7f)
		return err_at(e, ERR_SYNTAX, l->pos,
			      "byte 0x%02x has no meaning outside quotes", c);
	return err_at(e, ERR_SYNTAX, l->pos, "'%c' has no meaning here", c);
}

static void skip_blanks(struct lexer *l)
{
	while (l->pos < l->in.len && is_blank(l->in.ptr[l->pos]))
		l->pos++;
}

int lex_next(struct lexer *l, struct token *t, struct err *e)
{
	size_t n;
	char c;

	skip_blanks(l);
	if (l->pos >= l->in.len) {
		take(l, t, TOKEN_END, 0);
		return 0;
	}
	c = l->in.ptr[l->pos];
	if (is_letter(c) || is_digit(c))
		return lex_word(l, t, e);
	if (c != '"' && c != '\'')
		return lex_symbol(l, t, e);
	n = quoted_length(rest(l));
	if (!n)
		return err_at(e, ERR_SYNTAX, l->pos,
			      "this quote is not closed");
	take(l, t, TOKEN_STRING, n);
	return 0;
}

int lex_regex(struct lexer *l, struct token *t, struct err *e)
{
	struct str s;
	size_t n;

	skip_blanks(l);
	s = rest(l);
	if (!s.len || s.ptr[0] != '/')
		return err_at(e, ERR_SYNTAX, l->pos,
			      "'matches' needs a pattern between slashes, as "
			      "in matches /^AB[0-9]+$/");
	n = quoted_length(s);
	if (!n)
		return err_at(e, ERR_SYNTAX, l->pos,
			      "this pattern does not end; it needs a '/'");
	while (n < s.len && is_word_byte(s.ptr[n])) {
		if (s.ptr[n] != 'i')
			return err_at(e, ERR_SYNTAX, l->pos + n,
				      "the only letter behind a pattern is "
				      "'i', for upper and lower case alike");
		n++;
	}
	take(l, t, TOKEN_REGEX, n);
	return 0;
}
