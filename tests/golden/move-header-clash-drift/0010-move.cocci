/// demo: Move code
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: move
// From: cpu/x.h
// To: cpu/r.h
// Items: X_LONG
// Options: --no-includes

@move@
type T;
identifier fn = {x_is_long, x_is_short};
@@
* T fn(...)
* {
  ...
* }
