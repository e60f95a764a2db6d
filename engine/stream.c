#include "engine/stream.h"

#include "engine/control.h"

void streams_make(struct engine *en)
{
	const struct config *c = &en->config;
	struct stream *raw = arena_alloc(&en->arena, sizeof(*raw));
	struct stream *control = arena_alloc(&en->arena, sizeof(*control));

	*raw = (struct stream){ .name = "worker",
				.topic = c->topic,
				.group = c->group,
				.of_airlines = true,
				.add = batch_add };
	en->raw = raw;
	if (!*c->control_topic)
		return;
	*control = (struct stream){
		.name = "control",
		.topic = c->control_topic,
		.group = arena_fmt(&en->arena, "%s.control", c->group).ptr,
		.add = control_add
	};
	en->control = control;
}
