#ifndef A_H
#define A_H

int last(int a);

#endif
typedef struct { int x; } t;
#define M(a, ...) a##_x(#a, ##__VA_ARGS__) \
	do { } while (0)
TRACE_EVENT(x, TP_PROTO(int a));
DEFINE_EVENT(c, y, int);
