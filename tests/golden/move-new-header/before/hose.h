/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef HOSE_H
#define HOSE_H

struct hose {
	int len;
};

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

int hose_roll(struct hose *h);

#endif /* HOSE_H */
