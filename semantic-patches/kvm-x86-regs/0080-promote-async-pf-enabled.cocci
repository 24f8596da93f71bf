/// KVM: x86: Make kvm_pv_async_pf_enabled() a static inline in x86.h
///
/// Turn kvm_pv_async_pf_enabled() into a static inline in x86.h, as it only
/// looks at one field, and is needed both by the code that injects async
/// page faults and by kvm_post_set_cr0(), which is about to move to regs.c.
///
/// No functional change intended.
//
// Kind: promote
// From: arch/x86/kvm/x86.c
// Header: arch/x86/kvm/x86.h
// As: inline
// After: kvm_check_has_quirk
// Options: --no-includes

@promote@
type T;
identifier fn = {kvm_pv_async_pf_enabled};
@@
- static
+ static inline
  T fn(...)
  {
  ...
  }
