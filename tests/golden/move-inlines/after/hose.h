/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef HOSE_H
#define HOSE_H

struct hose {
	int len;
};

int hose_roll(struct hose *h);

#endif /* HOSE_H */
