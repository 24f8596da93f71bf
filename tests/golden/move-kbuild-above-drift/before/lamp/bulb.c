#include "lamp.h"

int bulb_on(void)
{
	return 1;
}

int bulb_off(void)
{
	return 0;
}
