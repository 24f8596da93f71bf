#include "x.h"

int mode(struct regs *r)
{
	return x_is_long(r) ? X_LONG : 0;
}
