#include <tank/regs.h>
# regs.h is read here
