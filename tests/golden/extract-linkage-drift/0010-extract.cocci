/// demo: Extract a helper
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: extract
// From: pool.c
// Helper: pool_prepare
// Options: --no-includes

@@
identifier pool;
@@
+ int pool_prepare(struct pool *pool)
+ {
+ 	if (pool->flags & POOL_TRIM) {
+ 		pool_drop(pool, pool->limit);
+ 		pool->flags &= ~POOL_TRIM;
+ 	}
+
+ 	if (pool->flags & POOL_COUNT) {
+ 		int nr = pool_count(pool);
+
+ 		if (nr > pool->limit)
+ 			return -EINVAL;
+
+ 		pool->seen = nr;
+ 	}
+
+ 	return 0;
+ }
+
  int pool_settle(struct pool *pool)
  {
  	...
- 	if (pool->flags & POOL_TRIM) {
- 		pool_drop(pool, pool->limit);
- 		pool->flags &= ~POOL_TRIM;
- 	}
-
- 	if (pool->flags & POOL_COUNT) {
- 		int nr = pool_count(pool);
-
- 		if (nr > pool->limit)
- 			return -EINVAL;
-
- 		pool->seen = nr;
- 	}
+ 	if (pool_prepare(pool))
+ 		return -EINVAL;
  	...
  }
