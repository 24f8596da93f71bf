/// demo: Rename the calls alone
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: rename
// From: x86.c

@call@
@@
- base
+ seg_base
  (1)
