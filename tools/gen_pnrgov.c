#include "tools/gen_message.h"

static void put_flight(struct edi_writer *w, const struct gen_flight *f)
{
	struct gen_clock d = gen_clock(gen_local(f->from, f->departs));
	struct gen_clock a = gen_clock(gen_local(f->to, f->arrives));

	edi_put(w,
		"TVL+%02d%02d%02d:%02d%02d:%02d%02d%02d:%02d%02d+%s+%s+%s+%d'",
		d.day, d.month, d.year, d.hour, d.minute, a.day, a.month,
		a.year, a.hour, a.minute, gen_airports[f->from].code,
		gen_airports[f->to].code, gen_airlines[f->airline].code,
		f->number);
}

void gen_write_pnrgov(struct buf *out, const struct gen_envelope *env,
		      const struct gen_bookings *b, enum gen_phase phase)
{
	const struct gen_flight *f = env->flight;
	struct edi_writer w = { out, gen_newline(f), 0 };
	int nr = 0;

	for (uint32_t i = 0; i < b->nr; i++)
		nr += gen_in_push(&b->item[i], phase);
	gen_open(&w, env, "PNRGOV");
	edi_put(&w, "MSG+:22'ORG+%s:%s'", gen_airlines[f->airline].code,
		gen_airports[f->from].code);
	put_flight(&w, f);
	edi_put(&w, "EQN+%d'", nr);
	for (uint32_t i = 0; i < b->nr; i++)
		if (gen_in_push(&b->item[i], phase))
			gen_write_booking(&w, f, &b->item[i], phase);
	gen_close(&w, env, "PNRGOV");
}
