#ifndef V
#define V
#include <asm/valve.h>
#include <linux/deep.h>
struct tank;
int valve_open(int nr);
#endif
