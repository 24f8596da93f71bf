#include <linux/export.h>

#include "lamp.h"

int lamp_blink(struct lamp *l)
{
	return l->blink;
}
