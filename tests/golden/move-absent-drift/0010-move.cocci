/// demo: Move code
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: move
// From: drivers/tank/pump.c
// To: drivers/tank/level.c
// Preamble:
//    // SPDX-License-Identifier: GPL-2.0-only
//    #define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
//
//    #include <linux/export.h>
//
//    #include "pump.h"
// Options: --no-includes

@move@
type T;
identifier fn = {pump_start, pump_prime};
@@
* T fn(...)
* {
  ...
* }
