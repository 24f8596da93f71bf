#include <linux/motor.h>

#include <linux/rust.h>

int x = deep_water() + tank_size();
