/* SPDX-License-Identifier: GPL-2.0-only */
/* in pump.c */
int pump_read(void);
