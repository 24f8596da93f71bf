#include "tap.h"

static int tap_turn(struct tap *t, int by);

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
