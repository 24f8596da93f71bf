#include "spring.h"

static int spring_len(struct spring *s)
{
	return s->len;
}

int spring_use(struct spring *s)
{
	return spring_half(s) + spring_len(s);
}
