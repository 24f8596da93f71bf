#include "x86.h"
#define FLAGS (VCPU_MODE << 1)
	mov $VCPU_MODE, %eax
