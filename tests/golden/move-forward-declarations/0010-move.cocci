/// demo: Move code
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: move
// From: tap.c
// To: wash.c
// Options: --no-includes

@move@
type T;
identifier fn = {tap_open, tap_turn, tap_drip, tap_wash};
@@
* T fn(...)
* {
  ...
* }
