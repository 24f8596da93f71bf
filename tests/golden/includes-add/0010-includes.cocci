/// tank: Include what is used
//
// Kind: includes
// Files: drivers/tank/pump.c, drivers/tank/drain.c

@include@
@@
+ #include <linux/deep.h>
- #include <linux/rust.h>
+ #include "tank.h"
