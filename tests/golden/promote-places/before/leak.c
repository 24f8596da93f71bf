#include "leak.h"

static int leak_find(struct pipe *p, int from, int to);
static int leak_rate(struct pipe *p,
		     unsigned int hours);

static int leak_count;

/* How many leaks there are. */
static int leak_find(struct pipe *p,
		     int from, int to)
{
	int i, nr = 0;

	for (i = from; i < to; i++)
		nr += p->hole[i];
	leak_count += nr;
	return nr;
}

static
int leak_rate(struct pipe *p,
	      unsigned int hours)
{
	return leak_find(p, 0, 10) * hours;
}

static void leak_each(struct pipe *p, void (*fn)(struct pipe *p,
						 int at),
		      int from)
{
	fn(p, from);
}

static int leak_odd(struct pipe *p,
	int at)
{
	return p->hole[at] & 1;
}

static bool leak_any(struct pipe *p)
{
	return leak_rate(p, 1) || leak_odd(p, 1);
}

int leak_check(struct pipe *p)
{
	leak_each(p, NULL, 0);
	return leak_any(p);
}
