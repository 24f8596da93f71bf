# 1 "a.c"
#pragma pack(push, 1)
_Static_assert(sizeof(int) == 4, "x");
struct __attribute__((packed)) s { int x; char y[3]; struct { int z; }; } __attribute__((aligned(8))), *sp, arr[2] = { [0] = { .x = 1 }, [1].x = 2 };
int (*fp)(int, ...), *(*fq(int a))[3];
typeof(sp) q; __typeof__(int) r; _Alignas(8) char al; _Thread_local int tl;
int f(a, b) int a; char *b; { return a; }
asm("nop"); ;
enum { A, B = sizeof(struct s), C } e;
static int s __attribute__((section(".x"))) = ((void *)0, 1);
int f2(int n, int v[static n]) { int loc(int); struct s s; typedef int T; T t; L: goto *&&L; do asm volatile goto("%l0" : "=r"(n) : [x] "i"(1) : "memory" : L); while (0); return _Generic(n, int: 1, default: 2) + __builtin_offsetof(struct s, x) + (struct s){ .x = 3 }.x; }
SYSCALL_DEFINE2(x, int, a, int, b)
{
#if A
	if (x) {
#else
	while (y) {
#endif
	}
}
module_init(x);
#if 0
int } dead
#elif defined(B) && \
	C
#else
"unterminated
/* also
