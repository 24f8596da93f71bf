/// demo: Promote functions
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: promote
// From: spring.c
// Header: spring.h
// Options: --no-includes

@promote@
type T;
identifier fn = {spring_turn, spring_half, spring_len};
@@
- static
  T fn(...)
  {
  ...
  }
