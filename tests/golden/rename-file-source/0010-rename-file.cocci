/// tank: Rename the file
//
// Kind: rename-file
// From: drivers/tank/pump.c
// To: drivers/tank/motor.c

@include@
@@
- #include "pump.c"
+ #include "motor.c"
