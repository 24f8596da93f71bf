/// KVM: x86: Rename update_cr8_intercept() to kvm_lapic_update_cr8_intercept()
///
/// Rename update_cr8_intercept() to kvm_lapic_update_cr8_intercept(), as code
/// in other files is about to call it, and as the name of the kvm_x86_ops
/// hook that it wraps is taken.  The vendor hook says how to intercept CR8,
/// whereas this helper works out from the state of the local APIC whether or
/// not to.
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
- update_cr8_intercept
+ kvm_lapic_update_cr8_intercept
  (...)
  {
  ...
  }

@call@
@@
- update_cr8_intercept
+ kvm_lapic_update_cr8_intercept
  (...)
