/// demo: Promote functions
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: promote
// From: leak.c
// Header: leak.h
// Options: --no-includes

@promote@
type T;
identifier fn = {leak_any};
@@
- static
  T fn(...)
  {
  ...
  }

@more@
expression e;
@@
- leak_each(e, NULL, 0);
