/// demo: Move code
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: move
// From: cpu/x.h
// To: cpu/r.h
// Include: "x.h"
// Options: --no-includes

@move@
type T;
identifier fn = {x_idle};
@@
* T fn(...)
* {
  ...
* }
