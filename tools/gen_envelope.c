#include "tools/gen_message.h"

#include <stdio.h>
#include <string.h>

struct gen_ddmmmyy gen_ddmmmyy(struct date d)
{
	static const char *const month[] = { "JAN", "FEB", "MAR", "APR",
					     "MAY", "JUN", "JUL", "AUG",
					     "SEP", "OCT", "NOV", "DEC" };
	struct gen_ddmmmyy out;

	snprintf(out.z, sizeof(out.z), "%02d%s%02d", d.day % 100,
		 month[(d.month + 11) % 12], d.year % 100);
	return out;
}

const char *gen_newline(const struct gen_flight *f)
{
	unsigned habits = gen_airlines[f->airline].habits;

	return habits & HABIT_LF ? "\n" : habits & HABIT_CRLF ? "\r\n" : "";
}

/* YYMMDDHHMM, then four digits of their own: the control reference. */
static void put_control(struct edi_writer *w, const struct gen_envelope *env)
{
	struct gen_clock t = gen_clock(env->sent_at);

	edi_put(w, "%02d%02d%02d%02d%02d%03d%d", t.year, t.month, t.day, t.hour,
		t.minute, (env->flight->index * 10 + env->part) % 1000,
		env->kind);
}

static void put_parties(struct edi_writer *w, const struct gen_envelope *env,
			bool pnr)
{
	const struct gen_airline *line = &gen_airlines[env->flight->airline];
	struct gen_clock t = gen_clock(env->sent_at);

	if (pnr)
		edi_put(w, "+%s+%s", line->code, env->recipient);
	else
		edi_put(w, "+%sAPIS:ZZ+%s:ZZ", line->code, env->recipient);
	edi_put(w, "+%02d%02d%02d:%02d%02d+", t.year, t.month, t.day, t.hour,
		t.minute);
}

/* What ties the parts and pushes of one flight together. */
static void put_reference(struct edi_writer *w, const struct gen_envelope *env,
			  bool pnr)
{
	const struct gen_flight *f = env->flight;
	struct gen_clock t = gen_clock(pnr ? gen_local(f->from, f->departs)
					   : gen_local(f->to, f->arrives));
	const char *code = gen_airlines[f->airline].code;

	if (pnr)
		edi_put(w, "+%s%d/%02d%02d%02d/%02d%02d", code, f->number,
			t.day, t.month, t.year, t.hour, t.minute);
	else
		edi_put(w, "+%s%d/%02d%02d%02d/%02d%02d", code, f->number,
			t.year, t.month, t.day, t.hour, t.minute);
	if (env->parts == 1 || env->part == env->parts)
		edi_put(w, "+%02d:F'", env->part);
	else if (env->part == 1)
		edi_put(w, "+01:C'");
	else
		edi_put(w, "+%02d'", env->part);
}

void gen_open(struct edi_writer *w, const struct gen_envelope *env,
	      const char *type)
{
	const struct gen_airline *line = &gen_airlines[env->flight->airline];
	bool pnr = !strcmp(type, "PNRGOV");

	if (!(line->habits & HABIT_NO_UNA))
		edi_put(w, pnr ? "UNA:+.?*'" : "UNA:+.? '");
	edi_put(w, pnr ? "UNB+IATA:1" : "UNB+UNOA:4");
	put_parties(w, env, pnr);
	put_control(w, env);
	edi_put(w, "++%s'", pnr ? "PNRGOV" : "APIS");
	if (!(line->habits & HABIT_NO_UNG)) {
		edi_put(w, "UNG+%s", type);
		put_parties(w, env, pnr);
		if (pnr)
			edi_put(w, "1+IA+%d:1'", line->pnrgov);
		else
			edi_put(w, "1+UN+D:%s'", line->paxlst);
	}
	w->segments = 0;
	if (pnr)
		edi_put(w, "UNH+1+PNRGOV:%d:1:IA", line->pnrgov);
	else
		edi_put(w, "UNH+PAX%03d+PAXLST:D:%s:UN:IATA", env->part,
			line->paxlst);
	put_reference(w, env, pnr);
}

void gen_close(struct edi_writer *w, const struct gen_envelope *env,
	       const char *type)
{
	const struct gen_airline *line = &gen_airlines[env->flight->airline];

	if (!strcmp(type, "PNRGOV"))
		edi_put(w, "UNT+%d+1'", w->segments + 1);
	else
		edi_put(w, "UNT+%d+PAX%03d'", w->segments + 1, env->part);
	if (!(line->habits & HABIT_NO_UNG))
		edi_put(w, "UNE+1+1'");
	edi_put(w, "UNZ+1+");
	put_control(w, env);
	edi_put(w, "'");
}
