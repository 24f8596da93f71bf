/// demo: Make functions global
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: promote
// From: lamp.c
// Header: lamp.h
// Options: --no-includes

@promote@
type T;
identifier fn = {reset, glow, dim, fine};
@@
- static
  T fn(...)
  {
  ...
  }
