/// tank: Include what pump.c uses
//
// Kind: includes
// Files: pump.c

@include@
@@
+ #include <linux/sub.h>
