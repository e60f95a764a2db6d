#include "base/buf.h"
#include "base/xml.h"
#include "tests/unit/unit.h"

#include <string.h>

static struct buf seen;

static void write_node(const struct xml_node *n)
{
	buf_fmt(&seen, STR_FMT, STR_ARG(n->name));
	if (n->text.len)
		buf_fmt(&seen, "=" STR_FMT, STR_ARG(n->text));
	if (n->child) {
		buf_z(&seen, "(");
		for (const struct xml_node *c = n->child; c; c = c->next) {
			write_node(c);
			buf_z(&seen, c->next ? " " : ")");
		}
	}
}

static int on_record(void *ctx, const struct xml_node *n, struct err *e)
{
	(void)ctx;
	buf_fmt(&seen, "%zu:", n->line);
	write_node(n);
	buf_z(&seen, ";");
	return str_eq(n->text, STR("bad"))
		       ? err_at(e, ERR_VALUE, 0, "line %zu: bad", n->line)
		       : 0;
}

#define DTD "<!DOCTYPE r [<!ENTITY a 'aaaa'>]>"

/* Bytes, records as text, and words of the error. */
static const struct {
	const char *xml, *records;
	enum err_code code;
	const char *says;
} files[] = {
	{ "<r><P>x</P>\n<Q>y</Q></r>", "1:P=x;2:Q=y;", 0, "" },
	{ "<r><h>1</h><P/><s><P> x\n</P></s></r>", "1:P;1:P=x;", 0, "" },
	{ "<P a='1'><A>1<B>2</B>3</A><A>&lt;&#65;<![CDATA[<]]></A></P>",
	  "1:P(A=13(B=2) A=<A<);", 0, "" },
	{ "<?xml version='1.0' encoding='ISO-8859-1'?><P>\xfc</P>",
	  "1:P=\xc3\xbc;", 0, "" },
	{ "<r/>", "", 0, "" },
	{ "", "", ERR_SYNTAX, "line 1: no element found" },
	{ "<r><P>x</P>\n<P>y</Q></r>", "1:P=x;", ERR_SYNTAX,
	  "line 2: mismatched tag" },
	{ "<r><P>x</P>\n<P>y", "1:P=x;", ERR_SYNTAX, "line 2: " },
	{ "<r><P>\xfc</P></r>", "", ERR_SYNTAX, "line 1: not well-formed" },
	{ DTD "<r><P>&a;</P></r>", "", ERR_SYNTAX, "document type" },
	{ "<r><P>&a;</P></r>", "", ERR_SYNTAX, "undefined entity" },
	{ "<r><P>bad</P><P>x</P></r>", "1:P=bad;", ERR_VALUE, "line 1: bad" },
};

static int read_text(const char *text, struct err *e)
{
	static const char *const records[] = { "P", "Q", NULL };

	buf_clear(&seen);
	return xml_read_records(str_of(text), records, on_record, NULL, e);
}

START_TEST(records_are_read_or_refused_at_their_line)
{
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		struct err e = { 0 };
		int rc = read_text(files[i].xml, &e);

		ck_assert_msg(rc == (int)files[i].code &&
				      strstr(e.text, files[i].says) &&
				      str_eq(buf_view(&seen),
					     str_of(files[i].records)),
			      "%s\n-> %d '%s' '" STR_FMT "'", files[i].xml, rc,
			      e.text, STR_ARG(buf_view(&seen)));
	}
	buf_release(&seen);
}
END_TEST

/* `n` times `text`, with `around` on both sides and a P about it all. */
static int read_many(const char *open, const char *text, const char *close,
		     int n)
{
	struct buf b = { .data = NULL };
	struct err e = { 0 };
	int rc;

	buf_z(&b, "<P>");
	for (int i = 0; i < n; i++)
		buf_z(&b, open);
	buf_z(&b, text);
	for (int i = 0; i < n; i++)
		buf_z(&b, close);
	buf_z(&b, "</P>");
	buf_byte(&b, '\0');
	rc = read_text(b.data, &e);
	buf_release(&b);
	return rc;
}

START_TEST(limits_at_and_above)
{
	ck_assert_int_eq(read_many("<A>", "", "</A>", XML_DEPTH - 1), 0);
	ck_assert_int_eq(read_many("<A>", "", "</A>", XML_DEPTH), ERR_LIMIT);
	ck_assert_int_eq(read_many("<A/>", "", "", XML_NODES - 1), 0);
	ck_assert_int_eq(read_many("<A/>", "", "", XML_NODES), ERR_LIMIT);
	ck_assert_int_eq(read_many("xy", "", "", XML_RECORD / 2), 0);
	ck_assert_int_eq(read_many("xy", "z", "", XML_RECORD / 2), ERR_LIMIT);
	ck_assert_int_eq(read_many("&#65;", "", "", XML_RECORD), 0);
	buf_release(&seen);
}
END_TEST

START_TEST(elements_outside_of_records_have_a_limit_too)
{
	for (int n = XML_NESTING; n <= XML_NESTING + 1; n++) {
		struct buf b = { .data = NULL };
		struct err e = { 0 };

		for (int i = 0; i < n; i++)
			buf_z(&b, "<x>");
		for (int i = 0; i < n; i++)
			buf_z(&b, "</x>");
		buf_byte(&b, '\0');
		ck_assert_int_eq(read_text(b.data, &e),
				 n > XML_NESTING ? ERR_LIMIT : 0);
		buf_release(&b);
	}
}
END_TEST

UNIT_MAIN("xml", records_are_read_or_refused_at_their_line, limits_at_and_above,
	  elements_outside_of_records_have_a_limit_too)
