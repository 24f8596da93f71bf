// SPDX-License-Identifier: GPL-2.0-only
/* Pumps. */
#define pr_fmt(fmt) "a: " fmt

#include <linux/a.h>

static int f(int x);
static int level;

int first(void)
{
	return level;
}

/* Opens one. */
static int f(int x,
	     int y)
{
#ifdef CONFIG_LOCK
	lock(x);
#endif
	return x + LIMIT;
}
EXPORT_SYMBOL_GPL(f);

#ifdef CONFIG_S
struct s {
	int a; /* of f */
};
#endif

int last(int a)
{
	return f(a) + 1;
}
