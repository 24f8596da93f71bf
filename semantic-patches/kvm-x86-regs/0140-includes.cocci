/// KVM: x86: Include linux/kvm.h directly in regs.c
///
/// Include linux/kvm.h in regs.c, as the file implements ioctls and therefore
/// uses structures and flags of KVM's userspace ABI, e.g. struct kvm_sregs2
/// and KVM_SYNC_X86_REGS.  So far the header comes along with kvm_host.h.
///
/// x86.c continues to use everything that it includes.
///
/// No functional change intended.
//
// Kind: includes
// Files: arch/x86/kvm/regs.c

@@
@@
+ #include <linux/kvm.h>
  #include <linux/kvm_host.h>
