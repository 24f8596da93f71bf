#include "x86.h"

#ifdef VCPU_MODE
static int mode = VCPU_MODE;
#endif
#undef VCPU_MODE
