#include "rules/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

enum {
	MATCH_LIMIT = 20000, /* internal calls; about 0.05 ms */
	HEAP_LIMIT_KIB = 1024,
	JIT_STACK_MIN = 32 * 1024,
	JIT_STACK_MAX = 512 * 1024,
	MAX_PATTERN = 500,
};

struct regex {
	pcre2_code *code;
	struct regex *next;
};

struct regex_scratch {
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
	uint64_t nr_limit;
};

/* What stands behind an opening "(?" may only be flags or a plain group. */
static const char *refuse_group(struct str s)
{
	size_t i = 0;

	if (str_starts(s, STR("=")) || str_starts(s, STR("!")) ||
	    str_starts(s, STR("<=")) || str_starts(s, STR("<!")))
		return "looks around; a profile's pattern may not";
	if (str_starts(s, STR("C")))
		return "calls out; a profile's pattern may not";
	while (i < s.len && (s.ptr[i] == 'i' || s.ptr[i] == '-'))
		i++;
	if (i < s.len && (s.ptr[i] == ':' || s.ptr[i] == ')'))
		return NULL;
	return "is a kind of group that profiles may not use; write (...) or "
	       "(?:...)";
}

static const char *refuse_escape(char c)
{
	if ((c >= '1' && c <= '9') || c == 'g' || c == 'k')
		return "refers back; a profile's pattern may not";
	if (c == 'K' || c == 'G' || c == 'C' || c == 'Q' || c == 'E' ||
	    c == 'X' || c == 'R')
		return "is an escape that profiles may not use";
	return NULL;
}

/* The parts of the syntax that a profile may not use. */
static int refuse(struct str p, struct err *e)
{
	bool in_class = false;

	for (size_t i = 0; i < p.len; i++) {
		struct str behind = str_slice(p, i + 1, p.len);
		const char *why = NULL;

		if ((unsigned char)p.ptr[i] >= 0x7f || p.ptr[i] < 0x20)
			why = "is not plain ASCII; patterns are";
		else if (p.ptr[i] == '\\' && behind.len)
			why = in_class ? NULL : refuse_escape(behind.ptr[0]);
		else if (!in_class && str_starts(behind, STR("*")) &&
			 p.ptr[i] == '(')
			why = "is a verb; a profile's pattern has none";
		else if (!in_class && p.ptr[i] == '(' &&
			 str_starts(behind, STR("?")))
			why = refuse_group(str_slice(behind, 1, behind.len));
		if (why)
			return err_at(e, ERR_VALUE, i,
				      "this part of the pattern %s", why);
		if (p.ptr[i] == '\\')
			i++;
		else if (p.ptr[i] == '[')
			in_class = true;
		else if (p.ptr[i] == ']')
			in_class = false;
	}
	return 0;
}

int regex_compile(struct regex **list, struct str pattern, bool ignore_case,
		  struct err *e)
{
	uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF |
			   PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_AUTO_CAPTURE |
			   (ignore_case ? PCRE2_CASELESS : 0);
	struct regex *re;
	PCRE2_SIZE at;
	int code;

	if (pattern.len > MAX_PATTERN)
		return err_at(e, ERR_LIMIT, 0,
			      "this pattern is longer than %d bytes",
			      MAX_PATTERN);
	if (refuse(pattern, e))
		return e->code;
	re = calloc(1, sizeof(*re));
	if (!re)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	re->code = pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len, options,
				 &code, &at, NULL);
	if (!re->code) {
		char text[120] = "";

		pcre2_get_error_message(code, (PCRE2_UCHAR *)text,
					sizeof(text));
		free(re);
		return err_at(e, ERR_SYNTAX, at, "not a pattern: %s", text);
	}
	/* without JIT the interpreter does the same, slower */
	(void)pcre2_jit_compile(re->code, PCRE2_JIT_COMPLETE);
	re->next = *list;
	*list = re;
	return 0;
}

void regex_free_list(struct regex *list)
{
	while (list) {
		struct regex *next = list->next;

		pcre2_code_free(list->code);
		free(list);
		list = next;
	}
}

int regex_scratch_new(struct regex_scratch **out, struct err *e)
{
	struct regex_scratch *s = calloc(1, sizeof(*s));

	if (s) {
		s->data = pcre2_match_data_create(1, NULL);
		s->context = pcre2_match_context_create(NULL);
		/* NULL where there is no JIT: then it is not used either */
		s->stack = pcre2_jit_stack_create(JIT_STACK_MIN, JIT_STACK_MAX,
						  NULL);
	}
	if (!s || !s->data || !s->context) {
		regex_scratch_free(s);
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	}
	pcre2_set_match_limit(s->context, MATCH_LIMIT);
	pcre2_set_heap_limit(s->context, HEAP_LIMIT_KIB);
	if (s->stack)
		pcre2_jit_stack_assign(s->context, NULL, s->stack);
	*out = s;
	return 0;
}

void regex_scratch_free(struct regex_scratch *s)
{
	if (!s)
		return;
	pcre2_match_data_free(s->data);
	pcre2_match_context_free(s->context);
	pcre2_jit_stack_free(s->stack);
	free(s);
}

enum tri regex_match(const struct regex *re, struct regex_scratch *s,
		     struct str text)
{
	int rc = pcre2_match(re->code, (PCRE2_SPTR)text.ptr, text.len, 0, 0,
			     s->data, s->context);

	if (rc >= 0)
		return TRI_TRUE;
	if (rc == PCRE2_ERROR_NOMATCH)
		return TRI_FALSE;
	s->nr_limit++;
	return TRI_UNKNOWN;
}

uint64_t regex_limits_reached(const struct regex_scratch *s)
{
	return s->nr_limit;
}
