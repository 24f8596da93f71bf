#include <tank/regs.h>
# pump_cache.h is read here
