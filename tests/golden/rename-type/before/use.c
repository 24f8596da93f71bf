#include "shape.h"

int side(struct side *s, side_t t)
{
	int LEFT_side = LEFT;
	union { int LEFT; } u = { .LEFT = LEFT };

	return s->side + sizeof(struct side) + t->side + u.LEFT;
}
