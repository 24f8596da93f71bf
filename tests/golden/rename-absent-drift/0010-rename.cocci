/// demo: Rename what is not there once
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: rename
// From: x86.c

@gone_definition@
type T;
@@
  T
- gone
+ seg_gone
  (...)
  {
  ...
  }

@gone_call@
@@
- gone
+ seg_gone
  (...)

@both_definition@
type T;
@@
  T
- both
+ seg_both
  (...)
  {
  ...
  }

@both_call@
@@
- both
+ seg_both
  (...)

@split_definition@
type T;
@@
  T
- split
+ seg_split
  (...)
  {
  ...
  }

@split_call@
@@
- split
+ seg_split
  (...)

