/// KVM: x86: Rename get_segment_base() to kvm_get_segment_base()
///
/// Add a kvm_ prefix to get_segment_base() now that a header defines it, to
/// make it obvious that it is KVM's, and to tell it apart from the kvm_x86_ops
/// hook of the same name and from perf's get_segment_base().
///
/// No functional change intended.
//
// Kind: transform
// Files: arch/x86/kvm/x86.h, arch/x86/kvm/x86.c
// Items: get_segment_base, kvm_get_segment_base, emulator_get_cached_segment_base, kvm_get_linear_rip
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
