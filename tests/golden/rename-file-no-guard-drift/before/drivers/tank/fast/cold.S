#include <tank/pump_cache.h>
# pump_cache.h is read here
