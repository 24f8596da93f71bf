/// KVM: x86: Expose register helpers that x86.c continues to use
///
/// Make register helpers that x86.c calls global, and declare them in regs.h,
/// so that they can move to regs.c while their callers stay:
///
///  - __kvm_set_rflags(), as the emulator and interrupt injection must not
///    request KVM_REQ_EVENT;
///  - kvm_update_dr0123(), which vCPU run and reset need;
///  - the implementations of KVM_{GET,SET}_DEBUGREGS and
///    KVM_{GET,SET}_SREGS2, as ioctl dispatch is common to all vCPU state;
///  - kvm_run_sync_regs_{to,from}_user(), which vCPU run calls.
///
/// No functional change intended.
//
// Kind: promote
// From: arch/x86/kvm/x86.c
// Header: arch/x86/kvm/regs.h
// Options: --no-includes

@promote@
type T;
identifier fn = {__kvm_set_rflags, kvm_update_dr0123,
		 kvm_vcpu_ioctl_x86_get_debugregs,
		 kvm_vcpu_ioctl_x86_set_debugregs,
		 kvm_vcpu_ioctl_x86_get_sregs2, kvm_vcpu_ioctl_x86_set_sregs2,
		 kvm_run_sync_regs_to_user, kvm_run_sync_regs_from_user};
@@
- static
  T fn(...)
  {
  ...
  }
