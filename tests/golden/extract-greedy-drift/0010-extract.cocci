/// demo: Extract a helper
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: extract
// From: pool.c
// Helper: pool_trim
// Options: --no-includes

@@
identifier pool;
@@
+ static void pool_trim(struct pool *pool)
+ {
+ 	pool_drop(pool, pool->limit);
+ 	pool->flags &= ~POOL_TRIM;
+ }
+
  int pool_settle(struct pool *pool)
  {
  	...
  }

@@
identifier pool;
@@
- 	pool_drop(pool, pool->limit);
- 	pool->flags &= ~POOL_TRIM;
+ 	pool_trim(pool);
