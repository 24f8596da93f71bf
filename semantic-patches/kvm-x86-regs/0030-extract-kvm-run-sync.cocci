/// KVM: x86: Add helpers to sync registers to and from kvm_run
///
/// Add kvm_run_sync_regs_to_user() and kvm_run_sync_regs_from_user(), and
/// use them for the registers and special registers that userspace asks for
/// in kvm_run, so that everything that reads or writes guest registers on
/// behalf of userspace can move to a file of its own, without having to
/// expose __{get,set}_regs() and __{get,set}_sregs() to the rest of KVM.
///
/// Put the direction into the names, as "sync" alone doesn't say whether KVM
/// or userspace provides the values.
///
/// Leave vCPU events where they are.  A helper for events would have exactly
/// one caller and hide nothing from it, i.e. the extra jump would be a cost
/// for people who read the code without buying anything in return.
///
/// No functional change intended.
//
// Kind: extract
// From: arch/x86/kvm/x86.c
// Helper: kvm_run_sync_regs_to_user, kvm_run_sync_regs_from_user
// Options: --no-includes

@to_user@
identifier vcpu;
@@
+ static void kvm_run_sync_regs_to_user(struct kvm_vcpu *vcpu)
+ {
+ 	if (vcpu->run->kvm_valid_regs & KVM_SYNC_X86_REGS)
+ 		__get_regs(vcpu, &vcpu->run->s.regs.regs);
+
+ 	if (vcpu->run->kvm_valid_regs & KVM_SYNC_X86_SREGS)
+ 		__get_sregs(vcpu, &vcpu->run->s.regs.sregs);
+ }
+
  static void store_regs(struct kvm_vcpu *vcpu)
  {
  	...
- 	if (vcpu->run->kvm_valid_regs & KVM_SYNC_X86_REGS)
- 		__get_regs(vcpu, &vcpu->run->s.regs.regs);
-
- 	if (vcpu->run->kvm_valid_regs & KVM_SYNC_X86_SREGS)
- 		__get_sregs(vcpu, &vcpu->run->s.regs.sregs);
+ 	kvm_run_sync_regs_to_user(vcpu);
  	...
  }

@from_user@
identifier vcpu;
@@
+ static int kvm_run_sync_regs_from_user(struct kvm_vcpu *vcpu)
+ {
+ 	if (vcpu->run->kvm_dirty_regs & KVM_SYNC_X86_REGS) {
+ 		__set_regs(vcpu, &vcpu->run->s.regs.regs);
+ 		vcpu->run->kvm_dirty_regs &= ~KVM_SYNC_X86_REGS;
+ 	}
+
+ 	if (vcpu->run->kvm_dirty_regs & KVM_SYNC_X86_SREGS) {
+ 		struct kvm_sregs sregs = vcpu->run->s.regs.sregs;
+
+ 		if (__set_sregs(vcpu, &sregs))
+ 			return -EINVAL;
+
+ 		vcpu->run->kvm_dirty_regs &= ~KVM_SYNC_X86_SREGS;
+ 	}
+
+ 	return 0;
+ }
+
  static int sync_regs(struct kvm_vcpu *vcpu)
  {
- 	if (vcpu->run->kvm_dirty_regs & KVM_SYNC_X86_REGS) {
- 		__set_regs(vcpu, &vcpu->run->s.regs.regs);
- 		vcpu->run->kvm_dirty_regs &= ~KVM_SYNC_X86_REGS;
- 	}
-
- 	if (vcpu->run->kvm_dirty_regs & KVM_SYNC_X86_SREGS) {
- 		struct kvm_sregs sregs = vcpu->run->s.regs.sregs;
-
- 		if (__set_sregs(vcpu, &sregs))
- 			return -EINVAL;
-
- 		vcpu->run->kvm_dirty_regs &= ~KVM_SYNC_X86_SREGS;
- 	}
+ 	if (kvm_run_sync_regs_from_user(vcpu))
+ 		return -EINVAL;
  	...
  }

// Older kernels (6.1) check the registers where userspace can still change them.
@from_user_in_place depends on !from_user@
identifier vcpu;
@@
+ static int kvm_run_sync_regs_from_user(struct kvm_vcpu *vcpu)
+ {
+ 	if (vcpu->run->kvm_dirty_regs & KVM_SYNC_X86_REGS) {
+ 		__set_regs(vcpu, &vcpu->run->s.regs.regs);
+ 		vcpu->run->kvm_dirty_regs &= ~KVM_SYNC_X86_REGS;
+ 	}
+
+ 	if (vcpu->run->kvm_dirty_regs & KVM_SYNC_X86_SREGS) {
+ 		if (__set_sregs(vcpu, &vcpu->run->s.regs.sregs))
+ 			return -EINVAL;
+
+ 		vcpu->run->kvm_dirty_regs &= ~KVM_SYNC_X86_SREGS;
+ 	}
+
+ 	return 0;
+ }
+
  static int sync_regs(struct kvm_vcpu *vcpu)
  {
- 	if (vcpu->run->kvm_dirty_regs & KVM_SYNC_X86_REGS) {
- 		__set_regs(vcpu, &vcpu->run->s.regs.regs);
- 		vcpu->run->kvm_dirty_regs &= ~KVM_SYNC_X86_REGS;
- 	}
- 	if (vcpu->run->kvm_dirty_regs & KVM_SYNC_X86_SREGS) {
- 		if (__set_sregs(vcpu, &vcpu->run->s.regs.sregs))
- 			return -EINVAL;
- 		vcpu->run->kvm_dirty_regs &= ~KVM_SYNC_X86_SREGS;
- 	}
+ 	if (kvm_run_sync_regs_from_user(vcpu))
+ 		return -EINVAL;
+
  	...
  }
