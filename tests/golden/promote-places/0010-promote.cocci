/// demo: Promote functions
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: promote
// From: leak.c
// Header: leak.h
// After: leak_check, leak_limit, leak_check, leak_any
// Options: --no-includes

@promote@
type T;
identifier fn = {leak_find, leak_rate, leak_each, leak_odd};
@@
- static
  T fn(...)
  {
  ...
  }
