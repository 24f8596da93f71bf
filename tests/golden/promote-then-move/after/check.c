#include "leak.h"

static void leak_each(struct pipe *p, void (*fn)(struct pipe *p,
						 int at),
		      int from)
{
	fn(p, from);
}

int leak_check(struct pipe *p)
{
	leak_each(p, NULL, 0);
	return leak_any(p);
}
