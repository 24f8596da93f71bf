// SPDX-License-Identifier: GPL-2.0-only
#include "pool.h"

/* Tells how full the pool is, and trims it. */
int pool_settle(struct pool *pool)
{
	int kept = 0;

	if (pool->flags & POOL_TRIM) {
		pool_drop(pool, pool->limit);
		pool->flags &= ~POOL_TRIM;
	}

	if (pool->flags & POOL_COUNT) {
		int nr = pool_count(pool);

		if (nr > pool->limit)
			return -EINVAL;

		pool->seen = nr;
	}

#ifdef CONFIG_POOL_STATS
	kept = pool->seen;
#endif
	return kept;
}

int pool_other(struct pool *pool)
{
	if (pool->flags & POOL_TRIM) {
		pool_drop(pool, pool->limit);
		pool->flags &= ~POOL_TRIM;
	}

	return 0;
}
