/// tank: Rename the file
//
// Kind: rename-file
// From: drivers/tank/pump_cache.h
// To: drivers/tank/regs.h
// Guard: DRIVERS_TANK_REGS_H

@include@
@@
- #include "pump_cache.h"
+ #include "regs.h"
