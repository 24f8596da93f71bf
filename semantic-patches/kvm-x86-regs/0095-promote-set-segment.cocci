/// KVM: x86: Expose kvm_set_segment() to the rest of KVM
///
/// Make kvm_set_segment() global, as KVM_SET_SREGS, which uses it for each of
/// the segment registers, is about to move to regs.c, while the emulator's
/// hooks, which use it as well, stay in x86.c.
///
/// No functional change intended.
//
// Kind: promote
// From: arch/x86/kvm/x86.c
// Header: arch/x86/kvm/x86.h
// Optional: kvm_set_segment
// Options: --no-includes

@promote@
type T;
identifier fn = {kvm_set_segment};
@@
- static
  T fn(...)
  {
  ...
  }
