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
- leak_all
+ leak_is_any
  (...)
  {
  ...
  }

@call@
@@
- leak_all
+ leak_is_any
  (...)
