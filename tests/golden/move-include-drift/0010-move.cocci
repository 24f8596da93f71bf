/// demo: Move code
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: move
// From: flow.c
// To: valve.c
// Include: <linux/bug.h>
// Options: --no-includes

@move@
type T;
identifier fn = {flow_read};
@@
* T fn(...)
* {
  ...
* }
