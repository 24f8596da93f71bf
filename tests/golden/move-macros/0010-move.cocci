/// demo: Move code
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: move
// From: gate.c
// To: lock.c
// Options: --no-includes

@move@
type T;
identifier fn = {gate_open};
@@
* T fn(...)
* {
  ...
* }
