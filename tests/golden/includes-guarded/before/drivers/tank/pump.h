/* SPDX */
#ifndef PUMP_H
#define PUMP_H

#include <linux/rust.h>

int pump(void);

#endif
