/// KVM: x86: Rename __{get,set}_sregs2() to match their ioctls
///
/// Rename __{get,set}_sregs2() to kvm_vcpu_ioctl_x86_{get,set}_sregs2(), i.e.
/// name them after the ioctls that they implement, like their siblings for
/// debug registers and vCPU events.  The functions are about to become
/// visible to all of KVM, for which their current names are too generic.
///
/// No functional change intended.
//
// Kind: rename
// From: arch/x86/kvm/x86.c
// Options: --no-includes

@get@
type T;
@@
  T
- __get_sregs2
+ kvm_vcpu_ioctl_x86_get_sregs2
  (...)
  {
  ...
  }

@set@
type T;
@@
  T
- __set_sregs2
+ kvm_vcpu_ioctl_x86_set_sregs2
  (...)
  {
  ...
  }
