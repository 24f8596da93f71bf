/// port: Move the debug registers to a file of their own
///
/// core.c is for opening and resetting ports.
//
// Kind: move
// From: dev/core.c
// To: dev/debug.c
// Preamble:
//    // SPDX-License-Identifier: GPL-2.0-only
//    /* Debug registers of a port. */
//    #define pr_fmt(text) "port: " text
//
//    #include <linux/export.h>
//    #include <linux/types.h>
//
//    #include "port.h"

@move@
type T;
identifier fn = {port_update_debug, port_set_debug, port_get_debug};
@@
* T fn(...)
* {
  ...
* }
