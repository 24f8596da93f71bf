#include "lamp.h"

static int reset(void)
{
	return 1;
}

static int glow(void)
{
	return 1;
}

static int dim(void)
{
	return 1;
}

static int fine(void)
{
	return 1;
}
