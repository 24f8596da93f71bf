#include <shape.h>

unsigned long shape_area(const struct shape *shape, unsigned int unit)
{
	pr_debug("area of %p\n", shape);
	return shape->width * shape->height / unit;
}
EXPORT_SYMBOL_GPL(shape_area);
ALLOW_ERROR_INJECTION(shape_area, ERRNO);

static const struct shape_ops ops = {
	.measure = shape_area,
};

void set(struct shape *shape)
{
	shape->measure = shape_area;
	shape->measure = &shape_area;
	register_measure(shape, shape_area);
}

#if 0
static void unused(void)
{
	shape_area(NULL, 1);
}
#endif

#ifdef CONFIG_A
static int unparsed(struct shape *shape) {
#else
static int unparsed(const struct shape *shape) {
#endif
	for_each_side(shape, side) SIDE(shape_area(side, 1)) {
		return shape_area(side, 2);
	}
}
