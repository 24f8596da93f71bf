#include "tap.h"

static void tap_log(struct tap *t)
	__attribute__((cold));
static int tap_other(struct tap *t);

static void tap_log(struct tap *t)
{
	pr_debug("%d\n", t->angle);
}

int tap_use(struct tap *t)
{
	tap_log(t);
	return tap_other(t);
}

static int tap_other(struct tap *t)
{
	return t->angle;
}
