#ifndef SHAPE_H
#define SHAPE_H

#ifdef CONFIG_SHAPE
/**
 * area - how large a shape is
 * @shape: the shape
 */
extern unsigned long area(const struct shape *shape,
			  unsigned int unit);
#else
static inline unsigned long area(const struct shape *shape,
				 unsigned int unit)
{
	return 0;
}
#endif

#define twice_the_area(shape)	\
	(area(shape, 1) +	\
	 area(shape, 1))

#endif
