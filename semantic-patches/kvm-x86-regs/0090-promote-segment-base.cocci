/// KVM: x86: Make kvm_get_segment_base() a static inline in regs.h
///
/// Turn kvm_get_segment_base() into a static inline in regs.h, as it does
/// nothing but call into vendor code, and is needed both by the emulator's
/// callbacks in x86.c and by kvm_get_linear_rip(), which is about to move to
/// regs.c.
///
/// No functional change intended.
//
// Kind: promote
// From: arch/x86/kvm/x86.c
// Header: arch/x86/kvm/regs.h
// As: inline
// Options: --no-includes

@promote@
type T;
identifier fn = {kvm_get_segment_base};
@@
- static
+ static inline
  T fn(...)
  {
  ...
  }
