/// demo: Rename what an asm statement names
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: rename
// From: x86.c

@trampoline_definition@
type T;
@@
  T
- trampoline
+ kvm_trampoline
  (...)
  {
  ...
  }

@trampoline_call@
@@
- trampoline
+ kvm_trampoline
  (...)

