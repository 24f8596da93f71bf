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
EXPORT_SYMBOL_GPL(gate_open);
ALLOW_ERROR_INJECTION(gate_open, ERRNO);
