/// demo: Rename one of two
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: rename
// From: lib/a.c

@flush_definition@
type T;
@@
  T
- flush
+ tlb_flush
  (...)
  {
  ...
  }

@flush_call@
@@
- flush
+ tlb_flush
  (...)

