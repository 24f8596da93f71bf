/// demo: Move code
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: move
// From: hose.h
// To: size.h
// Preamble:
//    /* SPDX-License-Identifier: GPL-2.0-only */
//    #ifndef SIZE_H
//    #define SIZE_H
//
//    #include "hose.h"
//
//    #endif /* SIZE_H */
// Options: --no-includes

@move@
type T;
identifier fn = {hose_is_long, hose_is_short};
@@
* T fn(...)
* {
  ...
* }
