// SPDX-License-Identifier: GPL-2.0-only
/* pump.c: pumps */
int pump;
