#include "tools/profile_sarif.h"

static const struct rule {
	enum err_code code; /* ERR_VALUE is the one for all others, too */
	const char *name, *about;
} rules[] = {
	{ ERR_VALUE, "value", "A name, a type or a value is wrong." },
	{ ERR_SYNTAX, "syntax", "This is not YAML, or not an expression." },
	{ ERR_LIMIT, "limit", "Longer, deeper or more than is allowed." },
	{ ERR_LEGAL, "legal",
	  "The law refuses it; the text names the "
	  "article." },
	{ ERR_IO, "io", "The file cannot be read." },
};

const char *fault_code_name(enum err_code c)
{
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++)
		if (rules[i].code == c)
			return rules[i].name;
	return rules[0].name;
}

static void put_rules(struct json *j)
{
	json_open(j, "rules", '[');
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		json_open(j, NULL, '{');
		json_z(j, "id", rules[i].name);
		json_open(j, "shortDescription", '{');
		json_z(j, "text", rules[i].about);
		json_close(j, '}');
		json_close(j, '}');
	}
	json_open(j, NULL, '{');
	json_z(j, "id", "days");
	json_open(j, "shortDescription", '{');
	json_z(j, "text", "A list does not hold on all days of the profile.");
	json_close(j, '}');
	json_close(j, '}');
	json_close(j, ']');
}

void sarif_begin(struct sarif *s, struct buf *out)
{
	struct json *j = &s->json;

	json_init(j, out);
	json_open(j, NULL, '{');
	json_z(j, "$schema",
	       "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/"
	       "sarif-schema-2.1.0.json");
	json_z(j, "version", "2.1.0");
	json_open(j, "runs", '[');
	json_open(j, NULL, '{');
	json_open(j, "tool", '{');
	json_open(j, "driver", '{');
	json_z(j, "name", "paxgate profile check");
	put_rules(j);
	json_close(j, '}');
	json_close(j, '}');
	json_z(j, "columnKind", "unicodeCodePoints");
	json_open(j, "results", '[');
}

static void put_result(struct json *j, const char *rule, const char *level,
		       const char *path, const struct fault *at,
		       struct str text)
{
	json_open(j, NULL, '{');
	json_z(j, "ruleId", rule);
	json_z(j, "level", level);
	json_open(j, "message", '{');
	json_str(j, "text", text);
	json_close(j, '}');
	json_open(j, "locations", '[');
	json_open(j, NULL, '{');
	json_open(j, "physicalLocation", '{');
	json_open(j, "artifactLocation", '{');
	json_z(j, "uri", path);
	json_close(j, '}');
	if (at) {
		json_open(j, "region", '{');
		json_int(j, "startLine", at->line);
		json_int(j, "startColumn", at->column);
		json_close(j, '}');
	}
	json_close(j, '}');
	json_close(j, '}');
	json_close(j, ']');
	json_close(j, '}');
}

void sarif_add(struct sarif *s, const struct profile_file *f)
{
	for (uint32_t i = 0; i < f->faults.nr; i++) {
		const struct fault *x = &f->faults.fault[i];

		put_result(&s->json, fault_code_name(x->code), "error", f->path,
			   x, x->text);
	}
	if (!f->faults.nr && f->err.code)
		put_result(&s->json, fault_code_name(f->err.code), "error",
			   f->path, NULL, str_of(f->err.text));
}

void sarif_warn(struct sarif *s, const char *path, struct str text)
{
	put_result(&s->json, "days", "warning", path, NULL, text);
}

void sarif_end(struct sarif *s)
{
	json_close(&s->json, ']');
	json_close(&s->json, '}');
	json_close(&s->json, ']');
	json_close(&s->json, '}');
	buf_byte(s->json.out, '\n');
}
