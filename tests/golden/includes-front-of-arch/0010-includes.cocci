/// tank: Drop includes
//
// Kind: includes
// Files: arch/x86/pump.c

@include@
@@
- #include <linux/valve.h>
