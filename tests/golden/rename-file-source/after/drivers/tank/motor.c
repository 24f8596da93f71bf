// SPDX-License-Identifier: GPL-2.0-only
/* motor.c: pumps */
int pump;
