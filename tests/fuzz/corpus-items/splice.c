in\
t x\ 
;
#def\
ine X\
 1
// c\
omment
L"a\"b" u8"x" '\'' .5e+3 0x1p-3 a$b %:define Y <: :>
#define
#


#undef X
#pragma once
#include <x.h> /* y */
#include "z.h"
DEFINE_MUTEX(m);
static DEFINE_PER_CPU(int, x) = 3;
struct s;
union u { int a; } v, *w;
enum e { A = 1, B, };
extern int q(void);
FOO(a)
int h(int (*cb)(int), ...) __must_check;
__init static int k(a)
	int a;
{
}
asm(".x");
_Static_assert(1, "");;
