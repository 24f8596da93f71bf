#include "sub/walk.h"
#include "ops.h"

static int walk(int level)
{
	return level;
}

#define PT 1
#include "sub/template.h"
#include "tables.c"
