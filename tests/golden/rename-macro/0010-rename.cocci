/// demo: Rename a macro
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: rename
// From: x86.h

@use@
@@
- MODE
+ VCPU_MODE
