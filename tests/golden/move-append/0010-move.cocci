/// demo: Move code
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: move
// From: flow.c
// To: valve.c
// After: valve_open
// Include: <linux/export.h>, "limits.h"
// Options: --no-includes

@move@
type T;
identifier fn = {flow_read, flow_sum};
@@
* T fn(...)
* {
  ...
* }
