#ifndef SHAPE_H
#define SHAPE_H

#ifdef CONFIG_SHAPE
/**
 * shape_area - how large a shape is
 * @shape: the shape
 */
extern unsigned long shape_area(const struct shape *shape,
				unsigned int unit);
#else
static inline unsigned long shape_area(const struct shape *shape,
				       unsigned int unit)
{
	return 0;
}
#endif

#define twice_the_area(shape)	\
	(shape_area(shape, 1) +	\
	 shape_area(shape, 1))

#endif
