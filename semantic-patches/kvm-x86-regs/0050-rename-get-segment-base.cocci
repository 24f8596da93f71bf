/// KVM: x86: Rename get_segment_base() to kvm_get_segment_base()
///
/// Add a kvm_ prefix to get_segment_base() before a header defines it, to make
/// it obvious that it is KVM's, and to tell it apart from the kvm_x86_ops
/// hook of the same name and from perf's get_segment_base().
///
/// No functional change intended.
//
// Kind: rename
// From: arch/x86/kvm/x86.c
// Options: --no-includes

@definition@
type T;
@@
  T
- get_segment_base
+ kvm_get_segment_base
  (...)
  {
  ...
  }

@call@
@@
- get_segment_base
+ kvm_get_segment_base
  (...)
