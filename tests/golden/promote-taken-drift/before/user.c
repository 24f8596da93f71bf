#include "lamp.h"

static int dim(void)
{
	return 2;
}

int user(void)
{
	int fine = 1;

	return fine;
}
