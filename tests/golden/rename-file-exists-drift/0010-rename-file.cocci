/// tank: Rename the file
//
// Kind: rename-file
// From: drivers/tank/pump_cache.h
// To: drivers/tank/regs.h

@include@
@@
- #include "pump_cache.h"
+ #include "regs.h"
