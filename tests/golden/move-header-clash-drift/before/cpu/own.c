#include "r.h"
// Another driver, which has nothing to do with it.
static bool x_is_long(int x)
{
	return x > X_LONG;
}

int other(int x)
{
	return x_is_long(x);
}
