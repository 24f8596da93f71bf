#include "x86.h"

#ifdef MODE
static int mode = MODE;
#endif
#undef MODE
