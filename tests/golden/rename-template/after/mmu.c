#include "sub/walk.h"
#include "ops.h"

static int mmu_walk(int level)
{
	return level;
}

#define PT 1
#include "sub/template.h"
#include "tables.c"
