/// KVM: x86: Move linear RIP and RFLAGS accessors to regs.c
///
/// Move kvm_{get,is}_linear_rip() and the RFLAGS accessors to regs.c.  Keep
/// the two together, as whether or not __kvm_set_rflags() must force RFLAGS.TF
/// for the sake of guest debug depends on where the linear RIP is.
///
/// No functional change intended.
//
// Kind: move
// From: arch/x86/kvm/x86.c
// To: arch/x86/kvm/regs.c
// Include: "kvm_cache_regs.h"
// Options: --no-includes

@move@
type T;
identifier fn = {kvm_get_linear_rip, kvm_is_linear_rip, kvm_get_rflags,
		 __kvm_set_rflags, kvm_set_rflags};
@@
* T fn(...)
* {
  ...
* }
