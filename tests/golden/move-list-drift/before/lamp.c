#include <linux/export.h>

#include "lamp.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

#define LIST_ENTRY(x) int lamp_##x;
#include "list.h"

#define LAMP_MAX 3
#include "limits.h"

int lamp_on(struct lamp *l)
{
	return l->on;
}
