/// port: Make line_is_masked() a static inline in port.h
//
// Kind: promote
// From: dev/irq.c
// Header: dev/port.h
// As: inline

@promote@
type T;
identifier fn = {line_is_masked};
@@
- static
+ static inline
  T fn(...)
  {
  ...
  }
