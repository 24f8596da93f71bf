#include "../x.h"

int deep(struct regs *r)
{
	return x_is_long(r) ? X_LONG : 0;
}
