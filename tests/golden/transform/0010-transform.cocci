/// demo: Rename a helper
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: transform
// Files: leak.c
// Options: --no-includes

@definition@
type T;
@@
  T
- leak_any
+ leak_is_any
  (...)
  {
  ...
  }

@call@
@@
- leak_any
+ leak_is_any
  (...)
