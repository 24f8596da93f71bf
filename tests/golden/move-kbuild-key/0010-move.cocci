/// demo: Move code
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: move
// From: lib/flow/flow.c
// To: lib/flow/read.c
// Kbuild: lib/Makefile
// Preamble:
//    // SPDX-License-Identifier: GPL-2.0-only
//    #include "flow.h"
// Options: --no-includes

@move@
type T;
identifier fn = {flow_read};
@@
* T fn(...)
* {
  ...
* }
