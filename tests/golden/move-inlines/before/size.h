/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SIZE_H
#define SIZE_H

#include "hose.h"

int size_of(void *p);

#endif
