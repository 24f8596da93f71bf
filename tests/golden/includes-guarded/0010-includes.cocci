/// tank: Drop includes
//
// Kind: includes
// Files: drivers/tank/pump.h

@include@
@@
- #include <linux/rust.h>
