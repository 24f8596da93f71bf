#include <linux/deep.h>
#include <linux/motor.h>

#include "tank.h"

int x = deep_water() + tank_size();
