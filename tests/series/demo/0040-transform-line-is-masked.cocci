/// port: Give line_is_masked() a name fit for a header
//
// Kind: transform
// Files: dev/port.h, dev/irq.c
// Items: line_is_masked, port_line_is_masked, port_raise

@definition@
type T;
@@
  T
- line_is_masked
+ port_line_is_masked
  (...)
  {
  ...
  }

@call@
@@
- line_is_masked
+ port_line_is_masked
  (...)
