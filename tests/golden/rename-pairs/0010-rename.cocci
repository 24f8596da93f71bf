/// demo: Rename two helpers
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: rename
// From: x86.c

@__get_definition@
type T;
@@
  T
- __get
+ vcpu_ioctl_get
  (...)
  {
  ...
  }

@__get_call@
@@
- __get
+ vcpu_ioctl_get
  (...)

@__set_definition@
type T;
@@
  T
- __set
+ vcpu_ioctl_set
  (...)
  {
  ...
  }

@__set_call@
@@
- __set
+ vcpu_ioctl_set
  (...)

