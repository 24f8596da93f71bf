/// KVM: x86: Rename kvm_cache_regs.h to regs.h
///
/// Rename kvm_cache_regs.h to regs.h, as the header is about to become the
/// home of register code in general.  Caching registers is an implementation
/// detail of reading and writing them, and most of what the header provides
/// already, e.g. kvm_read_cr0_bits() and is_guest_mode(), is used without
/// caring about the cache.
///
/// No functional change intended.
//
// Kind: rename-file
// From: arch/x86/kvm/kvm_cache_regs.h
// To: arch/x86/kvm/regs.h
// Guard: ARCH_X86_KVM_REGS_H

@@
@@
- #include "kvm_cache_regs.h"
+ #include "regs.h"
