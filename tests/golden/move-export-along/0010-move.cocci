/// demo: Move code
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: move
// From: lamp.c
// To: light.c
// Along: LAMP_TABLE_ENTRY
// Options: --no-includes

@move@
type T;
identifier fn = {lamp_on, lamp_off, lamp_dim};
@@
* T fn(...)
* {
  ...
* }
