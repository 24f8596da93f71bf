#pragma once

#include <linux/types.h>

struct spring;
int spring_use(struct spring *s);

#ifdef CONFIG_SPRING
static inline int spring_turn(struct spring *s,
			      int by)
{
	return s->angle += by;
}

/* Half of it. */
static inline int spring_half(struct spring *s)
{
	return spring_turn(s, s->angle / -2);
}
#endif /* CONFIG_SPRING */
