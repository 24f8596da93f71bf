/// demo: Rename more than the entity
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: rename
// From: x86.c

@base_definition@
type T;
@@
  T
- base
+ seg_base
  (...)
  {
  ...
  }

@base_call@
@@
- base
+ seg_base
  (...)

@any@
expression E;
@@
  E(
- base
+ seg_base
  )
