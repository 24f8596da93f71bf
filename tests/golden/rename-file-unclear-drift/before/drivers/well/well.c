#include "pump_cache.h"
