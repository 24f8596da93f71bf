/// tank: Drop includes
//
// Kind: includes
// Files: drivers/tank/pump.c

@include@
@@
- #include <linux/none.h>
- #include <linux/sub.h>
+ #include <linux/nowhere.h>
+ #include <linux/motor.h>
+ #include <linux/rust.h>
