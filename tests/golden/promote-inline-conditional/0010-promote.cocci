/// demo: Promote functions
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: promote
// From: spring.c
// Header: spring.h
// Include: <linux/types.h>
// As: inline
// Options: --no-includes

@promote@
type T;
identifier fn = {spring_turn, spring_half};
@@
- static
+ static inline
  T fn(...)
  {
  ...
  }
