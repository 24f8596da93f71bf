/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SIZE_H
#define SIZE_H

#include "hose.h"

int size_of(void *p);

#define HOSE_MAX	10
#define HOSE_MIN	1

static inline bool hose_is_long(struct hose *h)
{
	return h->len == HOSE_MAX;
}
static inline bool hose_is_short(struct hose *h)
{
	return h->len == HOSE_MIN;
}

#endif
