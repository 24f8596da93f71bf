/// tank: Drop includes
//
// Kind: includes
// Files: drivers/tank/pump.c

@include@
@@
- #include <linux/motor.h>
