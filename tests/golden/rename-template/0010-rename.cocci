/// demo: Rename a function that a template calls
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: rename
// From: mmu.c

@walk_definition@
type T;
@@
  T
- walk
+ mmu_walk
  (...)
  {
  ...
  }

@walk_call@
@@
- walk
+ mmu_walk
  (...)

