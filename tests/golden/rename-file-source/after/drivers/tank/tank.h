/* SPDX-License-Identifier: GPL-2.0-only */
/* in motor.c */
int pump_read(void);
