/// port: Make port_update_debug() global
///
/// Let other files of the driver bring the effective debug value up to date.
//
// Kind: promote
// From: dev/core.c
// Header: dev/port.h

@promote@
type T;
identifier fn = {port_update_debug};
@@
- static
  T fn(...)
  {
  ...
  }
