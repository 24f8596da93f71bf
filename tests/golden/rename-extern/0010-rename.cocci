/// demo: Rename an exported function
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: rename
// From: lib/shape.c

@area_definition@
type T;
@@
  T
- area
+ shape_area
  (...)
  {
  ...
  }

@area_call@
@@
- area
+ shape_area
  (...)

@pointer@
expression E;
@@
  E =
- area
+ shape_area
