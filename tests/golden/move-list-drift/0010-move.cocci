/// demo: Move code
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: move
// From: lamp.c
// To: light.c
// Include: "list.h"
// Kbuild: Makefile
// Preamble:
//    // SPDX-License-Identifier: GPL-2.0-only
//    #define CREATE_TRACE_POINTS
//    #include "trace.h"
//    #include "limits.h"
// Options: --no-includes

@move@
type T;
identifier fn = {lamp_on};
@@
* T fn(...)
* {
  ...
* }
