#include <linux/export.h>

#include "lamp.h"
