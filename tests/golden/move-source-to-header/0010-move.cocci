/// demo: Move code
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: move
// From: cpu/y.c
// To: cpu/r.h
// Items: Y_MASK
// Options: --no-includes

@move@
type T;
identifier fn = {y_is_set};
@@
* T fn(...)
* {
  ...
* }
