#include "shape.h"

int side(struct shape_side *s, side_t t)
{
	int LEFT_side = SHAPE_LEFT;
	union { int LEFT; } u = { .LEFT = SHAPE_LEFT };

	return s->side + sizeof(struct shape_side) + t->side + u.LEFT;
}
