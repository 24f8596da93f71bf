/// KVM: x86: Move control and general purpose register code to regs.c
///
/// Move the code that gets, sets and validates CR0, CR3, CR4, CR8 and the
/// PDPTRs to regs.c, together with the implementations of KVM_{GET,SET}_REGS,
/// KVM_{GET,SET}_SREGS and KVM_{GET,SET}_SREGS2, and with the helpers that sync
/// registers to and from kvm_run.
///
/// Move all of it in one go, as kvm_is_valid_cr0() and kvm_is_valid_cr4() are
/// used both to emulate writes of control registers and to validate what
/// userspace provides, and as __{get,set}_regs() and __{get,set}_sregs() serve
/// both ioctls and kvm_run.  Moving less at a time would require making these
/// helpers global just for the time in between, whereas now they stay static.
///
/// No functional change intended.
//
// Kind: move
// From: arch/x86/kvm/x86.c
// To: arch/x86/kvm/regs.c
// Include: <linux/srcu.h>, "kvm_emulate.h", "lapic.h", "mmu.h"
// Options: --no-includes

@move@
type T;
identifier fn = {pdptr_rsvd_bits, load_pdptrs,
		 kvm_is_valid_cr0, kvm_post_set_cr0, kvm_set_cr0, kvm_lmsw,
		 kvm_is_valid_cr4, kvm_post_set_cr4, kvm_set_cr4,
		 kvm_set_cr3, kvm_set_cr8, kvm_get_cr8,
		 __get_regs, kvm_arch_vcpu_ioctl_get_regs,
		 __set_regs, kvm_arch_vcpu_ioctl_set_regs,
		 __get_sregs_common, __get_sregs, kvm_arch_vcpu_ioctl_get_sregs,
		 kvm_vcpu_ioctl_x86_get_sregs2, kvm_is_valid_sregs,
		 __set_sregs_common, __set_sregs, kvm_arch_vcpu_ioctl_set_sregs,
		 kvm_vcpu_ioctl_x86_set_sregs2,
		 kvm_run_sync_regs_to_user, kvm_run_sync_regs_from_user};
@@
* T fn(...)
* {
  ...
* }
