/* SPDX */
#ifndef PUMP_H
#define PUMP_H

int pump(void);

#endif
