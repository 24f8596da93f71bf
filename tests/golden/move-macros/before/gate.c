#include "gate.h"

int gate_open(struct gate *g)
{
	guard(mutex)(&g->lock);
	for_each_hinge(g, h) {
		if (h->stuck)
			return -EBUSY;
	}
	return 0;
}

int gate_close(struct gate *g)
{
	return 0;
}

EXPORT_SYMBOL_GPL(gate_open);
EXPORT_SYMBOL_GPL(gate_close);
ALLOW_ERROR_INJECTION(gate_open, ERRNO);
