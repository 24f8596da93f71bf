#include "spring.h"

#ifdef CONFIG_SPRING
static int spring_turn(struct spring *s,
		       int by)
{
	return s->angle += by;
}

/* Half of it. */
static int spring_half(struct spring *s)
{
	return spring_turn(s, s->angle / -2);
}
#endif /* CONFIG_SPRING */

static int spring_len(struct spring *s)
{
	return s->len;
}

int spring_use(struct spring *s)
{
	return spring_half(s) + spring_len(s);
}
