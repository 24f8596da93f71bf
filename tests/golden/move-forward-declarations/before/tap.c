#include "tap.h"

static int tap_turn(struct tap *t, int by);
static int tap_drip(struct tap *t);
static void tap_log(struct tap *t)
	__attribute__((cold));
static int tap_other(struct tap *t);

int tap_open(struct tap *t)
{
	return tap_turn(t, 1);
}

static int tap_turn(struct tap *t, int by)
{
	return t->angle += by;
}

static int tap_drip(struct tap *t)
{
	return t->drops++;
}

int tap_wash(struct tap *t)
{
	return tap_drip(t) + tap_turn(t, -1);
}

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
