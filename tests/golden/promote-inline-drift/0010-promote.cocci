/// demo: Promote functions
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: promote
// From: leak.c
// Header: leak.h
// As: inline
// Options: --no-includes

@promote@
type T;
identifier fn = {leak_find};
@@
- static
+ static inline
  T fn(...)
  {
  ...
  }
