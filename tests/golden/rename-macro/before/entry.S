#include "x86.h"
#define FLAGS (MODE << 1)
	mov $MODE, %eax
