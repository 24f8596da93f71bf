/// KVM: x86: Expose debug register helpers to other KVM files
///
/// Make kvm_update_dr0123() and kvm_vcpu_ioctl_x86_{get,set}_debugregs()
/// global, as they are about to move to regs.c while their callers, vCPU
/// run, reset and ioctl handling, stay in x86.c.  Do the same for
/// kvm_handle_exception_payload_quirk(), which stays in x86.c with the rest
/// of exception handling, but is needed to read debug registers, as
/// delivering a pending exception's payload can update DR6.
///
/// No functional change intended.
//
// Kind: promote
// From: arch/x86/kvm/x86.c
// Header: arch/x86/kvm/x86.h
// Options: --no-includes

@promote@
type T;
identifier fn = {kvm_update_dr0123, kvm_handle_exception_payload_quirk,
		 kvm_vcpu_ioctl_x86_get_debugregs,
		 kvm_vcpu_ioctl_x86_set_debugregs};
@@
- static
  T fn(...)
  {
  ...
  }
