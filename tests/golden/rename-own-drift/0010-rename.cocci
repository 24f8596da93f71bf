/// demo: Rename a function that a macro makes another name of
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: rename
// From: a.c

@definition@
type T;
@@
  T
- seg_base
+ kvm_seg_base
  (...)
  {
  ...
  }
