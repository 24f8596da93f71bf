/// demo: Rename into a local
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: rename
// From: x86.c

@set_definition@
type T;
@@
  T
- set
+ apply
  (...)
  {
  ...
  }

@set_call@
@@
- set
+ apply
  (...)

