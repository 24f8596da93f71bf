#include <shape.h>

unsigned long area(const struct shape *shape, unsigned int unit)
{
	pr_debug("area of %p\n", shape);
	return shape->width * shape->height / unit;
}
EXPORT_SYMBOL_GPL(area);
ALLOW_ERROR_INJECTION(area, ERRNO);

static const struct shape_ops ops = {
	.measure = area,
};

void set(struct shape *shape)
{
	shape->measure = area;
	shape->measure = &area;
	register_measure(shape, area);
}

#if 0
static void unused(void)
{
	area(NULL, 1);
}
#endif

#ifdef CONFIG_A
static int unparsed(struct shape *shape) {
#else
static int unparsed(const struct shape *shape) {
#endif
	for_each_side(shape, side) SIDE(area(side, 1)) {
		return area(side, 2);
	}
}
