#include <linux/export.h>

#include "lamp.h"

int lamp_on(struct lamp *l)
{
	return l->on;
}
EXPORT_SYMBOL_FOR_LAMPS_INTERNAL(lamp_on);

int lamp_off(struct lamp *l)
{
	return !l->on;
}
EXPORT_SYMBOL_FOR_MODULES(lamp_off, "lamp,torch");

int lamp_dim(struct lamp *l)
{
	return l->dim;
}
EXPORT_SYMBOL_NS_GPL(lamp_dim, LAMPS);
LAMP_TABLE_ENTRY("dim", lamp_dim);

int lamp_blink(struct lamp *l)
{
	return l->blink;
}
