#include <shape.h>

#ifdef CONFIG_NOBODY_SETS
/* shape_area() does not sleep. */
static int odd_measure(struct shape *shape)
{
	return min(shape_area(shape, 1), odd_limit(shape,
						   1));
}
#endif
