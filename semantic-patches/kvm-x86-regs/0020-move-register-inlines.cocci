/// KVM: x86: Move inlines that query and access registers to regs.h
///
/// Move the helpers that query a vCPU's mode, i.e. that look at CR0, CR4 and
/// EFER, kvm_register_{read,write}(), and the checks of DR6 and DR7 values
/// from x86.h to regs.h, next to the accessors that they build on.
///
/// x86.h includes regs.h, so nothing changes for users of these helpers.
/// What regs.h needs is in kvm_host.h, i.e. regs.h continues to be usable
/// without x86.h.
///
/// No functional change intended.
//
// Kind: move
// From: arch/x86/kvm/x86.h
// To: arch/x86/kvm/regs.h
// After: kvm_read_edx_eax
// Items: is_long_mode
// Options: --no-includes

@move@
type T;
identifier fn = {is_protmode, is_64_bit_mode, is_64_bit_hypercall,
		 is_pae, is_pse, is_paging, is_pae_paging,
		 kvm_register_read, kvm_register_write,
		 kvm_dr7_valid, kvm_dr6_valid};
@@
* T fn(...)
* {
  ...
* }
