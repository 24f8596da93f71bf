/// demo: Move code
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: move
// From: cpu/x.h
// To: cpu/r.h
// Items: X_LONG
// After: r_flags
// Options: --no-includes

@move@
type T;
identifier fn = {x_is_long, x_is_short};
@@
* T fn(...)
* {
  ...
* }
