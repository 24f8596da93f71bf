#ifndef OP
#define OP_OPTIONAL OP
#define OP(fn) struct op op_##fn;
#endif
OP(walk)
OP_OPTIONAL(walk)
