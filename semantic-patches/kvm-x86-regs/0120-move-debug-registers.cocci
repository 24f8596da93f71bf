/// KVM: x86: Move debug register emulation to regs.c
///
/// Move the code that reads, writes and validates debug registers to regs.c,
/// including KVM_{GET,SET}_DEBUGREGS, so that everything that depends on the
/// layout of the registers is in one place.  Leave handling of guest debug,
/// i.e. KVM_SET_GUEST_DEBUG and single-step, in x86.c, as it only happens to
/// use debug registers.
///
/// No functional change intended.
//
// Kind: move
// From: arch/x86/kvm/x86.c
// To: arch/x86/kvm/regs.c
// Include: <linux/nospec.h>, <asm/debugreg.h>, "cpuid.h", "x86.h"
// Options: --no-includes

@move@
type T;
identifier fn = {kvm_update_dr0123, kvm_update_dr7, kvm_dr6_fixed,
		 kvm_set_dr, kvm_get_dr,
		 kvm_vcpu_ioctl_x86_get_debugregs,
		 kvm_vcpu_ioctl_x86_set_debugregs};
@@
* T fn(...)
* {
  ...
* }
