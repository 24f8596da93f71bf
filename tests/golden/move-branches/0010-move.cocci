/// demo: Move code
///
/// A golden case: see after/ for what this makes of before/.
//
// Kind: move
// From: pipe.c
// To: heat.c
// Options: --no-includes

@move@
type T;
identifier fn = {pipe_look, pipe_feel};
@@
* T fn(...)
* {
  ...
* }
