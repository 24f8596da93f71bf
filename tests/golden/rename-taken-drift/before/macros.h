#define apply(x) (x)
