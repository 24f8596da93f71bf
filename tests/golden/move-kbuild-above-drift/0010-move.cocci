/// demo: Move code
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: move
// From: lamp/bulb.c
// To: lamp/glow.c
// Options: --no-includes
// Preamble:
//    #include "lamp.h"

@move@
type T;
identifier fn = {bulb_on};
@@
* T fn(...)
* {
  ...
* }
