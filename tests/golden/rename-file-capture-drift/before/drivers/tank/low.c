#include "regs.h"
#include <linux/regs.h>
