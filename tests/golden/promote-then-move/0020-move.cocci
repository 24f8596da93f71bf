/// demo: Move code
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: move
// From: leak.c
// To: check.c
// Options: --no-includes

@move@
type T;
identifier fn = {leak_check, leak_each};
@@
* T fn(...)
* {
  ...
* }
