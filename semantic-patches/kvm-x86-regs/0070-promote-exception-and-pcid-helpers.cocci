/// KVM: x86: Expose helpers that register emulation needs from x86.c
///
/// Expose kvm_handle_exception_payload_quirk(), kvm_invalidate_pcid() and
/// kvm_lapic_update_cr8_intercept() to the rest of KVM.  Code that emulates
/// registers is about to move to a file of its own and calls all three:
/// reading DR6 or CR2 has to deliver the payload of a pending exception,
/// loading CR3 can flush a PCID, and writing CR8 through KVM_SET_SREGS has
/// to update interception of CR8.
///
/// Leave the functions themselves in x86.c, as they belong to exceptions, to
/// the MMU and to the local APIC.
///
/// No functional change intended.
//
// Kind: promote
// From: arch/x86/kvm/x86.c
// Header: arch/x86/kvm/x86.h
// After: kvm_deliver_exception_payload, kvm_handle_memory_failure,
//    kvm_inject_realmode_interrupt
// Optional: kvm_handle_exception_payload_quirk
// Options: --no-includes

@promote@
type T;
identifier fn = {kvm_handle_exception_payload_quirk, kvm_invalidate_pcid,
		 kvm_lapic_update_cr8_intercept};
@@
- static
  T fn(...)
  {
  ...
  }
