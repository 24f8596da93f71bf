/// demo: Rename a static function
///
/// A golden case: a name that means five more things elsewhere.
//
// Kind: rename
// From: kvm/x86.c

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

@call@
@@
- seg_base
+ kvm_seg_base
  (...)
