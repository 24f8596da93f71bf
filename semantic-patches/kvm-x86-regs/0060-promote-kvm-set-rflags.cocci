/// KVM: x86: Expose __kvm_set_rflags() to other KVM files
///
/// Make __kvm_set_rflags() global so that the RFLAGS accessors can move to
/// regs.c.  The emulator and interrupt injection use the variant that doesn't
/// request KVM_REQ_EVENT, and they stay in x86.c.
///
/// No functional change intended.
//
// Kind: promote
// From: arch/x86/kvm/x86.c
// Header: arch/x86/kvm/x86.h
// Options: --no-includes

@promote@
type T;
identifier fn = {__kvm_set_rflags};
@@
- static
  T fn(...)
  {
  ...
  }
