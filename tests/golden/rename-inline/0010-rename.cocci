/// demo: Rename an inline of a header
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: rename
// From: include/x86.h

@is_long_definition@
type T;
@@
  T
- is_long
+ vcpu_is_long
  (...)
  {
  ...
  }

@is_long_call@
@@
- is_long
+ vcpu_is_long
  (...)

