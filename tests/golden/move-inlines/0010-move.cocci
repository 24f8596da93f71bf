/// demo: Move code
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: move
// From: hose.h
// To: size.h
// Items: HOSE_MAX, HOSE_MIN
// Options: --no-includes

@move@
type T;
identifier fn = {hose_is_long, hose_is_short};
@@
* T fn(...)
* {
  ...
* }
