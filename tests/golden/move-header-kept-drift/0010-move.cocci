/// demo: Move code
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: move
// From: cpu/x.h
// To: cpu/r.h
// Options: --no-includes

@move@
type T;
identifier fn = {x_idle, x_is_short};
@@
* T fn(...)
* {
  ...
* }
