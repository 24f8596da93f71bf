/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LEAK_H
#define LEAK_H

int leak_check(struct pipe *p);

#endif
