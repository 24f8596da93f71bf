#ifdef CONFIG_STUB
static int seg_base(int seg)
{
	return 0;
}
#else
#include "a.h"
#endif

int either(int seg)
{
	return seg_base(seg);
}
