/// tank: Rename the file
//
// Kind: rename-file
// From: drivers/tank/pump_cache.h
// To: drivers/tank/include/pump_cache.h

@include@
@@
- #include "pump_cache.h"
+ #include "include/pump_cache.h"
